"""How sure a figure is: bootstrap over cases, Wilson's interval for rare events."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

from evals.fidelity.figure import Figure

DRAWS = 1000
KEPT_DRAWS = 200
_Z = 1.96


def mean_figure(items: Mapping[str, float], *, key: str, label: str, **more: Any) -> Figure:
    """Return the mean over cases with its bootstrap interval as a figure."""
    values = np.array(list(items.values()))
    low, high = bootstrap(values) if len(values) else (None, None)
    return Figure(
        key=key,
        section=key.partition(".")[0],
        label=label,
        value=round(float(values.mean()), 4) if len(values) else None,
        n=len(values),
        low=low,
        high=high,
        items={name: round(float(value), 4) for name, value in items.items()},
        **more,
    )


def rate_figure(items: Mapping[str, float], **more: Any) -> Figure:
    """Return the rate of a rare event as a figure with Wilson's interval; items are 0 or 1."""
    figure = mean_figure(items, **more)
    low, high = wilson(round(sum(items.values())), len(items))
    return figure.model_copy(update={"low": low, "high": high})


def drawn_figure(
    draws: Sequence[float], *, key: str, label: str, n: int, value: float, **more: Any
) -> Figure:
    """Return a figure whose interval comes from its values under resampling."""
    low, high = _ends(np.array(draws)) if len(draws) else (None, None)
    return Figure(
        key=key,
        section=key.partition(".")[0],
        label=label,
        value=round(value, 4),
        n=n,
        low=low,
        high=high,
        draws=tuple(round(float(d), 4) for d in draws[:KEPT_DRAWS]),
        **more,
    )


def bootstrap(values: Any, *, seed: int = 0) -> tuple[float, float]:
    """Return the 95 % interval of the mean; Wilson's when all values are the same 0 or 1."""
    array = np.asarray(values, dtype=np.float64)
    if len(set(array.tolist())) == 1 and array[0] in (0.0, 1.0):
        return wilson(int(array.sum()), len(array))
    chance = np.random.default_rng(seed)
    means = chance.choice(array, (DRAWS, len(array))).mean(axis=1)
    return _ends(means)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a proportion.

    >>> wilson(0, 200)
    (0.0, 0.0188)
    """
    if not n:
        return 0.0, 1.0
    share, square = hits / n, _Z * _Z
    middle = share + square / (2 * n)
    reach = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 1 + square / n
    low, high = (middle - reach) / scale, (middle + reach) / scale
    return round(max(0.0, low), 4), round(min(1.0, high), 4)


def _ends(values: Any) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)
