"""Watching a film: the faces in its pictures, and how well each would do as a portrait."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from persona.face.atlas import head_turn
from persona.face.footage import pictures_of
from persona.face.landmarks import LEFT_EYE, RIGHT_EYE, Box, Landmarker, Picture, Points
from persona.face.survey import eye_opening, lips

_SIDE = 128
_THOROUGH = 10
"""Pictures after which a very small face is looked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceSeen:
    """A face in a picture."""

    box: Box
    turn: float
    """How far it looks to a side, 0 straight on."""
    tilt: float
    """How far it leans to a shoulder, in radians."""
    eyes: float
    """Height over width of the eyes."""
    mouth: float
    """Gap between the lips over the length of the face."""
    sharpness: float
    """How fine its detail is: 0 blurred, 12 and more sharp."""
    light: float
    """How bright it is, 0 to 255."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One picture of a film and the faces in it."""

    at: float
    """Seconds from the start."""
    picture: Picture
    faces: tuple[FaceSeen, ...]


class Watcher:
    """Finds faces in films."""

    def __init__(self, landmarker: Landmarker) -> None:
        self._landmarker = landmarker

    def watch(self, video: Path, *, per_second: float, seconds: float) -> Iterator[Moment]:
        """Yield pictures of a film, so many a second, with the faces in them.

        Raises:
            FaceProblem: it can't be read as a video.
        """
        pictures = pictures_of(video, seconds=seconds, rate=per_second)
        faces: tuple[FaceSeen, ...] = ()
        for number, picture in enumerate(pictures):
            faces = self._faces(picture, faces[:1], thorough=number % _THOROUGH == 0)
            yield Moment(at=number / per_second, picture=picture, faces=faces)

    def _faces(
        self, picture: Picture, before: tuple[FaceSeen, ...], *, thorough: bool
    ) -> tuple[FaceSeen, ...]:
        """Return every face in a picture; one that was there before is looked for there too."""
        boxes = self._landmarker.find_all(picture, thorough=thorough and not before)
        if not boxes and before:
            beside = self._landmarker.find_beside(picture, before[0].box)
            boxes = [beside] if beside else []
        return tuple(_seen(picture, box, self._landmarker.points(picture, box)) for box in boxes)


def _seen(picture: Picture, box: Box, points: Points) -> FaceSeen:
    gap, _ = lips(points[None])
    across = points[RIGHT_EYE].mean(axis=0) - points[LEFT_EYE].mean(axis=0)
    face = _cut(picture, box)
    return FaceSeen(
        box=box,
        turn=float(head_turn(points)[0]),
        tilt=float(np.arctan2(across[1], across[0])),
        eyes=float(eye_opening(points[None])[0]),
        mouth=float(gap[0]),
        sharpness=float(np.sqrt(cv2.Laplacian(face, cv2.CV_32F).var())),
        light=float(face.mean()),
    )


def _cut(picture: Picture, box: Box) -> Picture:
    """Return a face in grey, at a size of its own so that sharpness can be compared."""
    height, width = picture.shape[:2]
    top, bottom = max(0, box.top), max(min(height, box.bottom), max(0, box.top) + 1)
    left, right = max(0, box.left), max(min(width, box.right), max(0, box.left) + 1)
    grey = cv2.cvtColor(picture[top:bottom, left:right], cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False)
