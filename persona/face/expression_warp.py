"""Smile, concern, brows and gaze of a real face, by gently warping it where it is."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.alignment import face_length
from persona.face.landmarks import Points
from persona.face.motion import HeadPose

Grid = NDArray[np.float32]

_OUT, _UP, _CHEEK, _LID = 0.030, 0.044, 0.022, 0.010
"""How far a full smile moves the corners of the mouth, the cheeks and the lower lids."""
_DOWN = 0.4
"""A grave mouth goes down by this share of what a smile goes up."""
_KNIT_IN, _KNIT_UP = 0.016, 0.022
_RAISE = 0.035
_LOOK_ASIDE, _LOOK_UP = 0.16, 0.20
"""Shares of the eye's width and height by which the eyes can look away."""
_LEFT_EYE, _RIGHT_EYE = range(36, 42), range(42, 48)


class Shift(NamedTuple):
    """How far each point of a grid is moved, in pixels."""

    x: Grid
    y: Grid


class ExpressionWarp:
    """What the parts of one face do, as fields on a grid over the picture."""

    def __init__(self, points: Points, size: int, grid: int) -> None:
        self._step = size / grid
        y, x = (np.mgrid[0:grid, 0:grid].astype(np.float32) + 0.5) * self._step - 0.5
        length = face_length(points)
        self._fields = np.stack(
            [
                *_smile(x, y, points, length),
                *_knit(x, y, points, length),
                _brows(x, y, points, length),
                _eyes(points, size, grid, across=True),
                _eyes(points, size, grid, across=False),
            ],
            axis=2,
        ).astype(np.float32)

    def shift(self, place: NDArray[np.float32], pose: HeadPose, eyes_open: float) -> Shift:
        """Return how far the face's parts are moved.

        Args:
            place: [2, 3], from the reference head to where the head is.
            pose: what the face does.
            eyes_open: 1 open to 0 shut: shut eyes look nowhere.
        """
        into = place.copy()
        into[:, 2] /= self._step
        side = len(self._fields)
        fields = cv2.warpAffine(self._fields[:, :, :4], into, (side, side))
        more = cv2.warpAffine(self._fields[:, :, 4:], into, (side, side))
        smile = pose.smile if pose.smile > 0 else _DOWN * pose.smile
        knit = max(0.0, -pose.smile)
        x = smile * fields[:, :, 0] + knit * fields[:, :, 2]
        y = smile * fields[:, :, 1] + knit * fields[:, :, 3] - pose.brows * more[:, :, 0]
        x = x + eyes_open * pose.gaze_x * more[:, :, 1]
        y = y - eyes_open * pose.gaze_y * more[:, :, 2]
        return Shift(x.astype(np.float32), y.astype(np.float32))


def _smile(x: Grid, y: Grid, points: Points, length: float) -> tuple[Grid, Grid]:
    """Return the fields of a smile: corners out and up, cheeks up, lower lids up a little."""
    middle = points[[48, 54]].mean(axis=0)
    out, up = np.zeros_like(x), np.zeros_like(y)
    for corner, side, eye in ((48, -1.0, 41), (54, 1.0, 46)):
        at = _blob(x, y, points[corner], 0.17 * length, 0.13 * length)
        out += side * _OUT * length * at
        up -= _UP * length * at
        cheek = 0.5 * (points[corner] + points[eye]) + (side * 0.10 * length, 0.0)
        up -= _CHEEK * length * _blob(x, y, cheek, 0.17 * length, 0.17 * length)
        lid = points[[eye, 40 if eye == 41 else 47]].mean(axis=0)
        lid[1] += 0.03 * length
        up -= _LID * length * _blob(x, y, lid, 0.13 * length, 0.05 * length)
    hold = _blob(x, y, middle, 0.10 * length, 0.30 * length)
    return (out * (1 - 0.6 * hold)).astype(np.float32), up


def _knit(x: Grid, y: Grid, points: Points, length: float) -> tuple[Grid, Grid]:
    """Return the fields of concern: the inner ends of the brows together and up."""
    inward, up = np.zeros_like(x), np.zeros_like(y)
    for end, side in ((21, 1.0), (22, -1.0)):
        at = _blob(x, y, points[end], 0.14 * length, 0.10 * length)
        inward += side * _KNIT_IN * length * at
        up -= _KNIT_UP * length * at
    return inward, up


def _brows(x: Grid, y: Grid, points: Points, length: float) -> Grid:
    """Return how far raised brows go up."""
    weight = np.zeros_like(x)
    for brow in (points[17:22], points[22:27]):
        middle = brow.mean(axis=0)
        above = _blob(x, y, middle, 0.30 * length, 0.16 * length)
        below = _blob(x, y, middle, 0.26 * length, 0.09 * length)  # eyes and nose stay
        weight = np.maximum(weight, np.where(y < middle[1], above, below))
    return (_RAISE * length * weight).astype(np.float32)


def _eyes(points: Points, size: int, grid: int, *, across: bool) -> Grid:
    """Return how far the eyes go when they look away: whole inside the lids, nothing outside."""
    field = np.zeros((size, size), np.float32)
    for eye in (_LEFT_EYE, _RIGHT_EYE):
        outline = points[list(eye)]
        extent = np.ptp(outline, axis=0)
        mask = np.zeros((size, size), np.uint8)
        cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], 255)
        soft = cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), 0.10 * float(extent[0]))
        amount = _LOOK_ASIDE * extent[0] if across else _LOOK_UP * extent[1]
        field += float(amount) * soft
    return cv2.resize(field, (grid, grid), interpolation=cv2.INTER_AREA).astype(np.float32)


def _blob(
    x: Grid, y: Grid, at: NDArray[np.float32], wide: float, tall: float
) -> NDArray[np.float32]:
    """Return 1 at a point, falling off around it."""
    return np.exp(-(((x - at[0]) / wide) ** 2) - ((y - at[1]) / tall) ** 2).astype(np.float32)
