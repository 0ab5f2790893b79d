"""Pictures of high dynamic range brought to what a screen shows.

Transfer functions after ITU-R BT.2100, primaries after BT.2087.
"""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.landmarks import Picture

PQ, HLG = 16, 18
"""Their numbers in ITU-T H.273."""
_WHITE = 203.0
"""Candelas a square metre at which BT.2408 puts white."""
_TO_709 = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
    np.float32,
)


def to_screen(picture: Picture, transfer: int) -> Picture:
    """Return a picture of transfer function `transfer` in BT.709; others are left as they are."""
    if transfer not in (PQ, HLG):
        return picture
    light = _light(transfer)[picture]
    flat = cv2.transform(light, np.ascontiguousarray(_TO_709[::-1, ::-1])).clip(0, None)
    shown = (flat / (1 + np.maximum(flat - 0.8, 0))).clip(0, 1)  # highlights roll off
    return _GAMMA[(shown * 4095).astype(np.uint16)]


@cache
def _light(transfer: int) -> NDArray[np.float32]:
    """Return the light of each code value, 1 being white."""
    code = np.linspace(0, 1, 256)
    if transfer == PQ:
        root = code ** (1 / 78.84375)
        bright = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
        return (10_000 * bright ** (1 / 0.1593017578125) / _WHITE).astype(np.float32)
    scene = np.where(code <= 0.5, code**2 / 3, (np.exp((code - 0.55991073) / 0.17883277)) / 12)
    scene = np.where(code <= 0.5, scene, scene + 0.28466892 / 12)
    return (1000 * scene**1.2 / _WHITE).astype(np.float32)


_GAMMA = (255 * np.linspace(0, 1, 4096) ** (1 / 2.2) + 0.5).astype(np.uint8)
