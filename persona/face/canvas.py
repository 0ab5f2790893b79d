"""The square that a face is drawn on, and what part of it the mouth takes."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.alignment import Affine, face_length
from persona.face.landmarks import CHIN, NOSE_BASE, Picture, Points

_CROP = 4.4
"""Side of the square over the length of the face: head and shoulders."""
_EYES_AT = 0.40
"""How far down the square the eyes lie."""
_BORDER = 0.01
"""Share of a picture that is left out all round: many recordings have a dark edge."""

_UNDER_CHIN = 0.25
"""How far below the chin a patch reaches, in lengths of the face: farther than the chin of any
head it is set into, else two chins show."""


class Area(NamedTuple):
    """A part of the canvas in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top


def canvas_map(points: Points, shape: tuple[int, ...], size: int) -> Affine:
    """Return the map from a picture to the canvas: head and shoulders, inside the picture."""
    height, width = shape[:2]
    border = round(_BORDER * min(height, width))
    side = min(_CROP * face_length(points), height - 2 * border, width - 2 * border)
    eyes = points[36:48].mean(axis=0)
    left = np.clip(eyes[0] - side / 2, border, width - border - side)
    top = np.clip(eyes[1] - side * _EYES_AT, border, height - border - side)
    scale = size / side
    return np.array([[scale, 0, -left * scale], [0, scale, -top * scale]], np.float32)


def mouth_area(points: Points, size: int) -> Area:
    """Return the part of the canvas that a mouth patch covers: nose to under the chin."""
    length = face_length(points)
    jaw = points[2:15]
    left = int(max(0, jaw[:, 0].min() - 0.06 * length))
    right = int(min(size, jaw[:, 0].max() + 0.06 * length))
    top = int(max(0, points[NOSE_BASE, 1] - 0.16 * length))
    bottom = int(min(size, points[CHIN, 1] + 0.38 * length))
    return Area(left, top, right, bottom)


def mouth_mask(points: Points, area: Area) -> NDArray[np.float32]:
    """Return the soft mask of a patch: jaw and upper lip whole, fading over cheeks and neck.

    Beside the mouth it stays within the face, whose sides don't move with speech; below it goes
    beyond the chin, which does.
    """
    length = face_length(points)
    shift = np.array([area.left, area.top], np.float32)
    middle = points[[CHIN, NOSE_BASE]].mean(axis=0)
    sides = points[[3, 4, 5, 11, 12, 13]]
    inset = sides + (middle - sides) * np.array([[0.24], [0.14], [0.06], [0.06], [0.14], [0.24]])
    under = points[6:11] + np.array([0.0, _UNDER_CHIN * length])
    outline = np.vstack([inset[:3], under, inset[3:], points[[35, 31]]]) - shift
    mask = np.zeros((area.height, area.width), np.uint8)
    cv2.fillPoly(mask, [outline.astype(np.int32)], 255)
    narrow = max(1, round(0.10 * length))
    mask = cv2.erode(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (narrow, narrow)))
    soft = cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), 0.055 * length)
    return _faded_to_edges(soft.astype(np.float32))


def _faded_to_edges(mask: NDArray[np.float32]) -> NDArray[np.float32]:
    rows = _from_edge(len(mask)) / 8
    columns = _from_edge(mask.shape[1]) / 8
    return (mask * rows.clip(0, 1)[:, None] * columns.clip(0, 1)).astype(np.float32)


def _from_edge(n: int) -> NDArray[np.int64]:
    forwards = np.arange(n, dtype=np.int64)
    return np.minimum(forwards, n - 1 - forwards)


def onto_canvas(picture: Picture, affine: Affine, size: int) -> Picture:
    """Return the canvas with `picture` on it."""
    return warped(picture, affine, (size, size))


def warped(picture: Picture, affine: Affine, size: tuple[int, int]) -> Picture:
    """Return `picture` carried by `affine` onto a picture of `size` (width, height)."""
    drawn = cv2.warpAffine(
        picture, affine, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return drawn.astype(np.uint8, copy=False)
