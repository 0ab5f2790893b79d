"""Footage of a face that speaks, made from the astronaut's portrait: a real face, and free."""

import tempfile
from functools import cache
from pathlib import Path

import cv2
import pytest

from persona.face.build import build_from_footage
from persona.face.film import write_film
from persona.face.landmarks import Landmarker
from persona.face.local import LocalFace
from persona.face.own_face import OwnFace
from persona.face.photo import PhotoRenderer
from persona.face.photo_face import build_from_photo
from persona.voice.speech import Speech
from tests.faces import speech_of

SAID = speech_of("SIL M AA IY UW SIL P AE OW B EH SIL")


def write_portrait(path: Path) -> Path:
    """Write the astronaut's portrait to `path`."""
    data = pytest.importorskip("skimage.data")
    cv2.imwrite(str(path), cv2.cvtColor(data.astronaut()[:400], cv2.COLOR_RGB2BGR))
    return path


def write_footage(path: Path, said: Speech = SAID) -> Path:
    """Write a film of the astronaut's portrait speaking to `path`."""
    with tempfile.TemporaryDirectory() as folder:
        portrait = write_portrait(Path(folder) / "astronaut.png")
        face = LocalFace(PhotoRenderer(build_from_photo(portrait, Landmarker(), size=320)))
    write_film(face, [said], path, label=None)
    return path


@cache
def face_from_footage() -> OwnFace:
    """Return a face built from that footage."""
    with tempfile.TemporaryDirectory() as folder:
        film = write_footage(Path(folder) / "film.mp4")
        return build_from_footage(film, Landmarker(), phones=SAID.phones, size=256)
