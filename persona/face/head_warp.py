"""Moving a head in its surroundings by warping the picture: turning, nodding, breathing."""

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.alignment import face_length
from persona.face.expression_warp import Shift
from persona.face.landmarks import CHIN, Picture, Points
from persona.face.motion import HeadPose

GRID = 128
"""Points along a side at which the head's motion is worked out."""
_SHIFT, _NOD, _TILT, _BREATH = 0.030, 0.028, 0.018, 0.008
"""Usual ranges: of the face's length, and for the tilt in radians."""

_Map = NDArray[np.float32]


class HeadWarp:
    """The field that moves the head in its surroundings: whole on the face, nothing far away."""

    def __init__(self, points: Points, size: int) -> None:
        self._size, self._length = size, face_length(points)
        step = size / GRID
        y, x = (np.mgrid[0:GRID, 0:GRID].astype(np.float32) + 0.5) * step - 0.5
        middle = (points[0] + points[16]) / 2
        half = float(np.linalg.norm(points[16] - points[0])) / 2
        across, up = (x - middle[0]) / half, (y - middle[1]) / half
        away = np.sqrt((across / 1.45) ** 2 + ((up + 0.05) / 1.75) ** 2)
        edges = np.minimum(np.minimum(x, size - x), np.minimum(y, size - y)) / (0.06 * size)
        self._inside = _soft(1.75 - away) * _soft(edges)
        dome = np.sqrt((1 - (across / 1.25) ** 2 - ((up - 0.15) / 1.7) ** 2).clip(0, 1))
        self._dome = dome * self._inside
        pivot = points[CHIN] + (0, 0.3 * self._length)
        self._around = (x - pivot[0]) * self._inside, (y - pivot[1]) * self._inside
        below = (y - points[CHIN, 1] - 0.25 * self._length) / (0.5 * self._length)
        self._chest = _soft(below) * _soft((size - y) / (0.05 * size) + 0.5)
        pixel = np.arange(size, dtype=np.float32)
        self._map_x, self._map_y = np.meshgrid(pixel, pixel)

    def moved(self, picture: Picture, pose: HeadPose, expression: Shift) -> Picture:
        """Return `picture` with the head where `pose` has it, and its parts moved on top."""
        length, tilt = self._length, _TILT * pose.roll
        shift_x = _SHIFT * length * pose.yaw * (0.5 * self._inside + self._dome)
        shift_y = _NOD * length * pose.pitch * (0.5 * self._inside + self._dome)
        shift_x = shift_x - tilt * self._around[1]
        shift_y = shift_y + tilt * self._around[0]
        shift_y = shift_y - _BREATH * length * pose.breath * self._chest
        map_x = cv2.subtract(self._map_x, self._full(shift_x + expression.x))
        map_y = cv2.subtract(self._map_y, self._full(shift_y + expression.y))
        drawn = cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return drawn.astype(np.uint8, copy=False)

    def _full(self, grid: _Map) -> NDArray[np.float32]:
        """Return the values of the grid at every pixel."""
        values = grid.astype(np.float32, copy=False)
        full = cv2.resize(values, (self._size, self._size), interpolation=cv2.INTER_LINEAR)
        return full.astype(np.float32, copy=False)


def _soft(value: _Map) -> _Map:
    near = value.clip(0, 1)
    return near * near * (3 - 2 * near)
