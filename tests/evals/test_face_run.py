"""Faces measured on footage made from a portrait: what is printed, and what it takes to pass."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from evals.face_measure import closures, correlations
from evals.face_run import measure_faces
from persona.errors import FaceProblem
from persona.face.film import write_film
from persona.face.local import LocalFace
from persona.face.photo import PhotoRenderer
from persona.voice.speech import Speech, TimedPhone
from tests.faces import HELLO, drawn_face, speech_of
from tests.persona.face.footage import write_footage

WORD = speech_of("SIL M AA P AA SIL")


class InTwoPieces:
    """A voice that says everything alike, in two clauses."""

    name = "test:pieces"

    def say(self, clauses: Iterable[str]) -> Iterator[Speech]:
        yield WORD
        yield WORD


def test_a_clip_gives_figures_with_the_real_ones_beside_them(tmp_path: Path) -> None:
    clip = write_footage(tmp_path / "clip.mp4", speech_of("SIL M AA IY P OW SIL"))
    figures = measure_faces([clip], InTwoPieces(), lambda *_: None, each=1, minutes=0.05)
    assert figures["sentences"] == 1
    (one,) = figures["clips"]
    assert one["made"].keys() > one["real"].keys() - {"file"}
    assert one["made"]["n_closures"] == 4
    assert one["made"]["identity_distance"] < 0.35
    assert figures["long"]["drift_frames"] < 1
    assert figures["busy"]["paced_frames"] == 75
    assert figures["busy"]["spoken_seconds"] > 0


def test_footage_without_a_face_is_told(tmp_path: Path) -> None:
    clip = tmp_path / "blank.mp4"
    face = drawn_face()
    blank = type(face)(portrait=np.full_like(face.portrait, 90), points=face.points)
    write_film(LocalFace(PhotoRenderer(blank)), [HELLO], clip, label=None)
    with pytest.raises(FaceProblem, match="shows a face for less"):
        measure_faces([clip], InTwoPieces(), lambda *_: None, each=1, minutes=0)


@pytest.mark.parametrize("late", [-2, 0, 3])
def test_the_lag_of_a_late_mouth_is_found(late: int) -> None:
    sound = np.sin(np.arange(80) / 3).astype(np.float32)
    mouth = np.sin((np.arange(80) - late) / 3).astype(np.float32)
    found = correlations(mouth, sound)
    assert max(found, key=lambda lag: found[lag]) == late
    assert found[late] == pytest.approx(1)


def test_a_closure_counts_when_the_lips_meet_within_its_sound() -> None:
    gap = np.full(50, 0.1, np.float32)
    gap[11] = 0.0
    phones = [TimedPhone("P", 0.42, 0.5), TimedPhone("AA", 0.5, 0.9), TimedPhone("M", 0.9, 1.0)]
    assert closures(gap, phones, closed=0.0, opened=0.12) == [True, False]
