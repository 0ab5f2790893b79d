"""An eye in a picture whose lid can come down over it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.landmarks import Picture, Points

_REACH, _LASHES = 0.42, 0.14
"""How far above the eye skin comes along with the lid, and the lashes that keep their shape, in
widths of the eye."""
_EDGE = 0.045
"""How far below its points the edge of the lid is, in widths of the eye."""
_LINE = 0.35
"""How dark the line is where the lids meet."""
_BROWS = {36: slice(17, 22), 42: slice(22, 27)}

_Map = NDArray[np.float32]


class PhotoEye:
    """One eye of a portrait; the skin above it is drawn down over it, lashes and all."""

    def __init__(self, portrait: Picture, points: Points, first: int) -> None:
        """Take the eye whose outline begins at point `first`: 36 or 42."""
        eye = points[first : first + 6]
        wide = float(eye[3, 0] - eye[0, 0])
        to_brow = float(eye[1:3, 1].mean() - points[_BROWS[first], 1].mean())
        reach = min(_REACH * wide, max(0.7 * to_brow, 0.2 * wide))
        self._left, self._right = int(eye[0, 0] - 0.1 * wide), int(eye[3, 0] + 0.1 * wide) + 1
        self._top = int(max(0, eye[:, 1].min() - reach - 0.1 * wide))
        self._bottom = int(eye[:, 1].max() + 0.15 * wide)
        patch = portrait[self._top : self._bottom, self._left : self._right]
        height, width = patch.shape[:2]
        columns = np.arange(width, dtype=np.float32) + self._left
        along = (columns - eye[0, 0]) / wide
        self._ends = (np.minimum(along, 1 - along) / 0.06).clip(0, 1)
        self._lid = _arch(columns, eye[[0, 1, 2, 3]]) - self._top + _EDGE * wide * self._ends
        under = _arch(columns, eye[[0, 5, 4, 3]]) - self._top + 0.03 * wide
        self._opening = (under - self._lid).clip(0) * self._ends
        self._y, self._x = np.mgrid[0:height, 0:width].astype(np.float32)
        self._rest = self._lid - reach
        self._lashes = _LASHES * wide
        self._line = max(1.0, 0.05 * wide)
        self._dark = np.percentile(patch.reshape(-1, 3), 4, axis=0).astype(np.float32)

    def draw(self, picture: Picture, lids: float) -> None:
        """Bring the lid down by the share `lids`, drawing into `picture`."""
        place = picture[self._top : self._bottom, self._left : self._right]
        drop = self._opening * lids
        edge = self._lid + drop
        stretched = np.maximum(edge - self._lashes - self._rest, 1)
        share = ((self._y - self._rest) / stretched).clip(0, 1)
        source = self._y - drop * share * share * (3 - 2 * share)
        skin = cv2.remap(place.copy(), self._x, source, cv2.INTER_LINEAR)
        cover = (edge - self._y + 0.5).clip(0, 1) * (drop > 0)
        drawn = place + (skin - place.astype(np.float32)) * cover[:, :, None]
        line = (1 - np.abs(self._y - edge) / self._line).clip(0, 1) * self._ends
        line = (line * _LINE * min(1.0, 2 * lids))[:, :, None]
        place[:] = (drawn + (self._dark - drawn) * line).astype(np.uint8)


def _arch(columns: _Map, points: Points) -> _Map:
    """Return a smooth line along a lid."""
    return np.polyval(np.polyfit(points[:, 0], points[:, 1], 2), columns).astype(np.float32)
