"""Opening and closing lips in a picture: each column is stretched along its lip line."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.landmarks import Picture

UPPER_INNER, LOWER_INNER = [12, 13, 14, 15, 16], [12, 19, 18, 17, 16]
"""Of the 20 points of the lips: the edges of the opening, from the left corner to the right."""


class LipLines(NamedTuple):
    """The edges of the opening between the lips, one value a column of the picture."""

    upper: NDArray[np.float32]
    lower: NDArray[np.float32]
    hold: NDArray[np.float32]
    """1 in the middle of the mouth, 0 from its corners outwards: the lips part only between."""


def lip_lines(lips: NDArray[np.float32], width: int) -> LipLines:
    """Return the lines of 20 lip points, [20, 2], over a picture of `width` columns."""
    columns = np.arange(width, dtype=np.float32)
    upper = np.interp(columns, lips[UPPER_INNER, 0], lips[UPPER_INNER, 1])
    lower = np.interp(columns, lips[LOWER_INNER, 0], lips[LOWER_INNER, 1])
    left, right = lips[0, 0], lips[6, 0]
    along = ((columns - left) / max(float(right - left), 1.0)).clip(0, 1)
    hold = np.sin(np.pi * along).clip(0, 1) ** 0.75
    return LipLines(
        upper.astype(np.float32),
        np.maximum(lower, upper).astype(np.float32),
        hold.astype(np.float32),
    )


def part_lips(
    patch: Picture, lips: NDArray[np.float32], change: float, *, jaw_share: float = 0.75
) -> Picture:
    """Return `patch` with the lips further apart by `change` pixels; negative brings them nearer.

    The lower lip takes `jaw_share` of it. What shows between the lips is stretched or pressed
    together; chin and nose stay.
    """
    height, width = patch.shape[:2]
    lines = lip_lines(lips, width)
    gap = lines.lower - lines.upper
    move = np.maximum(change * lines.hold, -gap)
    upper = lines.upper - move * (1 - jaw_share)
    lower = lines.lower + move * jaw_share
    rows = np.arange(height, dtype=np.float32)[:, None]
    above = _fall((upper - rows) / max(0.22 * height, 1.0))
    below = _fall((rows - lower) / max(0.42 * height, 1.0))
    between = lines.upper + (rows - upper) * (gap / np.maximum(lower - upper, 0.25))
    source = np.where(
        rows < upper,
        rows + move * (1 - jaw_share) * above,
        np.where(rows > lower, rows - move * jaw_share * below, between),
    )
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), source.shape)
    drawn = cv2.remap(
        patch,
        np.ascontiguousarray(columns),
        source.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return drawn.astype(np.uint8, copy=False)


def _fall(share: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return 1 at the lip and 0 from a share of 1 on, without a kink at either end."""
    near = 1 - share.clip(0, 1)
    return near * near * (3 - 2 * near)
