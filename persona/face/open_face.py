"""Building a face from whatever there is, and drawing with it."""

from collections.abc import Sequence
from pathlib import Path

from persona.errors import FaceProblem
from persona.face.build import SIZE, Progress, build_from_footage
from persona.face.landmarks import Landmarker
from persona.face.local import LocalFace
from persona.face.own_face import OwnFace
from persona.face.photo import PhotoRenderer
from persona.face.photo_face import build_from_photo
from persona.face.render import FootageRenderer
from persona.face.store import BuiltFace
from persona.voice.speech import TimedPhone


def build_face(
    *,
    video: Path | None = None,
    photo: Path | None = None,
    points_file: Path | None = None,
    phones: Sequence[TimedPhone] = (),
    size: int = SIZE,
    progress: Progress = lambda _what, _done, _all: None,
) -> BuiltFace:
    """Return a face from a video, or from a picture where there is no video.

    Args:
        video: the face from the front; a minute or more of speech is best.
        photo: one face from the front, photographed or drawn.
        points_file: the points of the face in `photo`, for drawings.
        phones: what is said in the video, if known.
        size: side of the square picture in pixels.
        progress: told how far it is: what, done, in all.

    Raises:
        FaceProblem: neither shows a face.
    """
    if video is not None:
        return build_from_footage(video, Landmarker(), phones=phones, size=size, progress=progress)
    if photo is not None:
        return build_from_photo(photo, None, points_file=points_file, size=size)
    raise FaceProblem("there is no footage to build a face from", "give a video or a photo")


def open_face(built: BuiltFace) -> LocalFace:
    """Return a face that speaks."""
    renderer = FootageRenderer(built) if isinstance(built, OwnFace) else PhotoRenderer(built)
    return LocalFace(renderer)
