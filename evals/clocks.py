"""How sound and picture go together in a page: their distance, and whether it grows."""

# pyright: reportUnknownVariableType=false
# What this library gives is only half typed.

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import theilslopes

_OPENING_MS = 5000.0
"""Of a connection, while clocks settle: left out."""
_BLOCK_MS = 10_000.0
"""What lies closer together is not taken for evidence of its own."""
_LEAST_BLOCKS = 6
_WRAPS = float(1 << 32)
_SOUND_TICKS, _PICTURE_TICKS = 48.0, 90.0
"""A millisecond, in each track's own ticks."""

Rows = NDArray[np.float64]


def together(figures: Mapping[str, Any], clocks: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Return how far sound is before the picture, and by how much that grows.

    The distance is what the browser itself makes of both clocks; its growth comes from the ticks
    of what is heard and seen, where there are any.

    Args:
        figures: what the page kept: `offsets` as [when, ms].
        clocks: of each look [when, when heard, its ticks, when shown, its ticks], in ms.
    """
    offsets = _settled(np.array(figures["offsets"], np.float64).reshape(-1, 2))
    ticked = _settled(_by_ticks(clocks))
    result: dict[str, Any] = {}
    if len(offsets) > 1:
        low, p50, p95, high = np.percentile(offsets[:, 1], [2.5, 50, 95, 97.5]).round(1).tolist()
        result["av_offset_ms"] = {"n": len(offsets), "p50": p50, "p95": p95}
        result["av_offset_ms"] |= {"low": low, "high": high}
    if len(ticked) > 1:
        spread = np.percentile(ticked[:, 1] - np.median(ticked[:, 1]), [2.5, 97.5])
        low, high = spread.round(1).tolist()
        result["av_wander_ms"] = {"n": len(ticked), "low": low, "high": high}
    return result | growth(ticked if len(ticked) > 1 else offsets)


def growth(rows: Rows) -> dict[str, Any]:
    """Return the slope of distances in ms a minute (Theil and Sen's), with its 95 % interval.

    Args:
        rows: [when, distance] in ms; the medians of ten seconds each count.
    """
    if not len(rows):
        return {"av_drift_ms_a_minute": None}
    blocks = ((rows[:, 0] - rows[0, 0]) // _BLOCK_MS).astype(int)
    found = np.array([np.median(rows[blocks == b], axis=0) for b in np.unique(blocks)])
    if len(found) < _LEAST_BLOCKS:
        return {"av_drift_ms_a_minute": None}
    fitted: Any = theilslopes(found[:, 1], found[:, 0] / 60_000)
    slope, _, low, high = (round(float(value), 2) for value in fitted)
    return {
        "av_drift_ms_a_minute": slope,
        "av_drift_95": [low, high],
        "minutes": round(float(rows[-1, 0] - rows[0, 0]) / 60_000, 1),
    }


def _settled(rows: Rows) -> Rows:
    return rows[rows[:, 0] > rows[:1, 0].sum() + _OPENING_MS]


def _by_ticks(clocks: Sequence[Sequence[float]]) -> Rows:
    """Return [when, how far sound is before the picture, up to a constant] of each look."""
    seen = np.array(clocks, np.float64).reshape(-1, 5)
    sound = seen[:, 1] - np.unwrap(seen[:, 2], period=_WRAPS) / _SOUND_TICKS
    picture = seen[:, 3] - np.unwrap(seen[:, 4], period=_WRAPS) / _PICTURE_TICKS
    return np.stack([seen[:, 0], picture - sound], axis=1)
