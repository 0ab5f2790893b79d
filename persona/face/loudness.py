"""How loud speech is, frame by frame."""

import numpy as np
from numpy.typing import NDArray

_RANGE_DB = 30.0
"""How far below the loudest frame speech still counts."""
_SOFTEST_TOP_DB = -40.0
"""Sound whose loudest frame is below this is silence, whatever its range."""
_FLOOR = 1e-7


def levels(samples: NDArray[np.float32], frames: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the level in dB of each stretch between the sample numbers `frames`, [n + 1]."""
    sums = np.concatenate([[0.0], np.cumsum(samples.astype(np.float64) ** 2)])
    power = np.diff(sums[frames]) / np.maximum(np.diff(frames), 1)
    return (10 * np.log10(power + _FLOOR)).astype(np.float32)


def relative(levels_db: NDArray[np.float32], top_db: float) -> NDArray[np.float32]:
    """Return levels as 0 for the softest to 1 for `top_db`, softened over three frames."""
    top = max(top_db, _SOFTEST_TOP_DB)
    share = ((levels_db - top + _RANGE_DB) / _RANGE_DB).clip(0, 1)
    padded = np.pad(share, 1, mode="edge")
    return (0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:]).astype(np.float32)
