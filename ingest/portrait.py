"""Choosing a portrait: the face is followed, and the best picture of each stretch is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.findings import Seen

Picture = NDArray[np.uint8]
"""[height, width, 3], blue, green, red."""

_STRETCHES = 12
"""Pictures that are held at once, one for each stretch of the film."""
_SHOWN = 5
_STRAIGHT, _UPRIGHT = 0.10, 0.20
"""Turn and tilt of a head that looks a little away."""
_SHUT, _OPEN = 0.13, 0.25
"""Height over width of eyes that are shut and open."""
_PARTED, _GAPING = 0.02, 0.10
"""Gap between the lips over the length of the face."""
_SHARP = 12.0
_BESIDE = 0.25
"""Share of the largest face's area from which another face counts."""
_NEAR = 0.7
_MARGIN = 1.1


class Face(Protocol):
    """A face in a picture."""

    @property
    def box(self) -> Any:
        """Where it is: `left`, `top`, `right`, `bottom` in pixels."""
        ...

    @property
    def turn(self) -> float:
        """How far it looks to a side, 0 straight on."""
        ...

    @property
    def tilt(self) -> float:
        """How far it leans to a shoulder, in radians."""
        ...

    @property
    def eyes(self) -> float:
        """Height over width of the eyes."""
        ...

    @property
    def mouth(self) -> float:
        """Gap between the lips over the length of the face."""
        ...

    @property
    def sharpness(self) -> float:
        """How fine its detail is: 0 blurred, 12 and more sharp."""
        ...

    @property
    def light(self) -> float:
        """How bright it is, 0 to 255."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A picture that may stand for the owner."""

    at: float
    """Seconds from the start of the film."""
    score: float
    """How good it is, from 0 to 1."""
    size: int
    """Width of the face in pixels."""
    picture: Picture
    """The head with what is around it."""


class Chooser:
    """Follows the face through a film and keeps its best pictures."""

    def __init__(self, seconds: float) -> None:
        """Take a film that is so long."""
        self._stretch = max(seconds / _STRETCHES, 0.2)
        self._best: dict[int, Portrait] = {}
        self._last: Any = None
        self._looks = self._found = self._several = 0
        self._sizes: list[int] = []
        self._lights: list[float] = []
        self._end = 0.0

    def look(self, at: float, picture: Picture, faces: Sequence[Face]) -> None:
        """Take the next picture."""
        self._looks += 1
        self._end = at
        if not faces:
            return
        face = self._followed(faces)
        self._last = face.box
        self._found += 1
        self._several += _stand_out(faces) > 1
        self._sizes.append(_width(face))
        self._lights.append(face.light)
        score = score_of(face)
        place = int(at / self._stretch)
        if place not in self._best or score > self._best[place].score:
            self._best[place] = Portrait(
                at=at, score=score, size=_width(face), picture=_around(picture, face.box)
            )

    @property
    def seen(self) -> Seen:
        """What was seen of faces."""
        return Seen(
            looks=self._looks,
            share=self._found / self._looks if self._looks else 0.0,
            several=self._several / self._looks if self._looks else 0.0,
            size=int(np.median(self._sizes)) if self._sizes else 0,
            light=float(np.median(self._lights)) if self._lights else 0.0,
            until=self._end,
        )

    def portraits(self) -> tuple[Portrait, ...]:
        """Return the best pictures, best first."""
        return tuple(sorted(self._best.values(), key=lambda one: -one.score)[:_SHOWN])

    def _followed(self, faces: Sequence[Face]) -> Face:
        """Return the face that was looked at before; the largest where it is gone."""
        if self._last is not None:
            near = min(faces, key=lambda face: _away(face.box, self._last))
            if _away(near.box, self._last) < _NEAR:
                return near
        return max(faces, key=_width)


def score_of(face: Face) -> float:
    """Return how good a portrait a face would be, from 0 to 1."""
    parts = (
        float(np.exp(-((face.turn / _STRAIGHT) ** 2) - (face.tilt / _UPRIGHT) ** 2)),
        _between(face.eyes, _SHUT, _OPEN),
        1 - _between(face.mouth, _PARTED, _GAPING),
        min(1.0, face.sharpness / _SHARP),
    )
    return round(float(np.prod([0.15 + 0.85 * part for part in parts])), 4)


def _between(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _width(face: Face) -> int:
    return int(face.box.right - face.box.left)


def _away(box: Any, last: Any) -> float:
    """Return how far apart the middles of two boxes are, in widths of the last."""
    across = (box.left + box.right - last.left - last.right) / 2
    down = (box.top + box.bottom - last.top - last.bottom) / 2
    return float(np.hypot(across, down)) / max(1, last.right - last.left)


def _stand_out(faces: Sequence[Face]) -> int:
    largest = max(map(_width, faces))
    return sum(_width(face) ** 2 >= _BESIDE * largest**2 for face in faces)


def _around(picture: Picture, box: Any) -> Picture:
    """Return a copy of the head with some room around it."""
    room = round((box.right - box.left) * _MARGIN)
    top, left = max(0, box.top - room), max(0, box.left - room)
    return picture[top : box.bottom + room, left : box.right + room].copy()
