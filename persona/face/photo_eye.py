"""An eye in a picture whose lid can come down over it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.landmarks import Picture, Points

_Map = NDArray[np.float32]


class PhotoEye:
    """One eye of a portrait; the lid is painted in the colours of the skin around it."""

    def __init__(self, portrait: Picture, points: Points, first: int) -> None:
        """Take the eye whose outline begins at point `first`: 36 or 42."""
        eye = points[first : first + 6]
        wide = float(eye[3, 0] - eye[0, 0])
        self._left, self._right = int(eye[0, 0] - 0.1 * wide), int(eye[3, 0] + 0.1 * wide) + 1
        self._top = int(eye[:, 1].min() - 0.45 * wide)
        self._bottom = int(eye[:, 1].max() + 0.35 * wide)
        patch = portrait[self._top : self._bottom, self._left : self._right]
        height, width = patch.shape[:2]
        columns = np.arange(width, dtype=np.float32) + self._left
        self._lid = _arch(columns, eye[[0, 1, 2, 3]], rise=0.07 * wide) - self._top
        self._under = _arch(columns, eye[[0, 5, 4, 3]], rise=-0.03 * wide) - self._top
        self._y, self._x = np.mgrid[0:height, 0:width].astype(np.float32)
        self._line = max(1.0, 0.045 * wide)
        above = _sampled(patch, self._x[0], self._lid - 0.20 * wide)
        below = _sampled(patch, self._x[0], self._under + 0.22 * wide)
        above = 0.5 * (above + below)
        way = (self._y - self._lid) / np.maximum(self._under - self._lid, 1)
        share = way.clip(0, 1)[:, :, None]
        self._skin = above * (1 - share) + below * share
        self._lash = np.percentile(patch.reshape(-1, 3), 4, axis=0).astype(np.float32)
        ends = (columns - eye[0, 0]) / wide
        self._ends = (np.minimum(ends, 1 - ends) / 0.10 + 0.6).clip(0, 1)

    def draw(self, picture: Picture, lids: float) -> None:
        """Bring the lid down by the share `lids`, drawing into `picture`."""
        place = picture[self._top : self._bottom, self._left : self._right]
        edge = self._lid + (self._under - self._lid) * lids
        fold = min(1.0, 3 * lids)
        cover = ((self._y - self._lid) / self._line + 3.5).clip(0, 1) * fold
        cover = cover * (edge - self._y + 0.5).clip(0, 1)
        cover = (cover * self._ends)[:, :, None]
        lash = (1 - np.abs(self._y - edge) / self._line).clip(0, 1) * self._ends
        lash = (lash * 0.6 * min(1.0, 2 * lids))[:, :, None]
        drawn = place + (self._skin - place) * cover
        place[:] = (drawn + (self._lash - drawn) * lash).astype(np.uint8)


def _arch(columns: _Map, points: Points, *, rise: float) -> _Map:
    """Return a smooth line along a lid, lifted in its middle by `rise` pixels."""
    line = np.polyval(np.polyfit(points[:, 0], points[:, 1], 2), columns)
    along = ((columns - points[0, 0]) / (points[3, 0] - points[0, 0])).clip(0, 1)
    return (line - rise * np.sin(np.pi * along)).astype(np.float32)


def _sampled(patch: Picture, x: _Map, y: _Map) -> NDArray[np.float32]:
    """Return [width, 3]: the colours along a line, softened along it."""
    soft = cv2.GaussianBlur(patch, (0, 0), 1.5)
    line = cv2.remap(soft, x[None], y[None].astype(np.float32), cv2.INTER_LINEAR)
    return cv2.GaussianBlur(line.astype(np.float32), (0, 0), 3.0, sigmaY=0.1)[0].astype(np.float32)
