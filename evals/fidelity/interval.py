"""How sure a figure is: Wilson's interval for shares of cases, else bootstrap."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

from evals.fidelity.figure import Figure

DRAWS = 1000
KEPT_DRAWS = 200
LEAST_SITTINGS = 8
"""Sittings below which an interval over them would be far too narrow, and none is told."""
_Z = 1.96


def mean_figure(
    items: Mapping[str, float],
    *,
    key: str,
    label: str,
    sittings: Mapping[str, str] | None = None,
    **more: Any,
) -> Figure:
    """Return the mean over cases with its interval as a figure.

    Args:
        items: the value of each case.
        sittings: which sitting each case is from, for an interval over sittings; none is told
            where they are too few.
    """
    values = np.array(list(items.values()))
    together = [sittings[name] for name in items] if sittings else None
    told = len(values) and not (together and too_few(together))
    low, high = bootstrap(values, together) if told else (None, None)
    return Figure(
        key=key,
        section=key.partition(".")[0],
        label=label,
        value=round(float(values.mean()), 4) if len(values) else None,
        n=len(values),
        low=low,
        high=high,
        items={name: round(float(value), 4) for name, value in items.items()},
        sittings={name: sittings[name] for name in items} if sittings else {},
        **more,
    )


def never_figure(items: Mapping[str, float], **more: Any) -> Figure:
    """Return how often something happened that never should; items are 0 or 1."""
    return mean_figure(items, better="less", ceiling=0.0, ceiling_is="none", **more)


def drawn_figure(
    draws: Sequence[float], *, key: str, label: str, n: int, value: float, **more: Any
) -> Figure:
    """Return a figure whose interval comes from its values under resampling."""
    low, high = ends(np.array(draws)) if len(draws) else (None, None)
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


def bootstrap(
    values: Any, sittings: Sequence[str] | None = None, *, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of the mean of at least one value.

    Wilson's where all are 0 or 1 and come each by itself, or are all the same; else bootstrap.
    """
    array = np.asarray(values, dtype=np.float64)
    different = set(array.tolist())
    if different <= {0.0, 1.0} and (not sittings or len(different) == 1):
        return wilson(int(array.sum()), len(array))
    return ends(means_again(array, sittings, seed=seed))


def means_again(values: Any, sittings: Sequence[str] | None = None, *, seed: int = 0) -> Any:
    """Return `DRAWS` means under resampling: of cases, or of whole sittings where they are given.

    A mean over sittings that are drawn anew is the sum of their cases over their number.
    """
    array = np.asarray(values, dtype=np.float64)
    chance = np.random.default_rng(seed)
    if not sittings:
        return chance.choice(array, (DRAWS, len(array))).mean(axis=1)
    _, of = np.unique(np.asarray(sittings), return_inverse=True)
    sums, sizes = np.bincount(of, weights=array), np.bincount(of)
    drawn = chance.integers(len(sizes), size=(DRAWS, len(sizes)))
    return sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)


def too_few(sittings: Sequence[str]) -> bool:
    """Return whether cases are from so few sittings that no interval can be told."""
    return len(set(sittings)) < LEAST_SITTINGS


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


def ends(values: Any) -> tuple[float, float]:
    """Return where the middle 95 % of some values begin and end."""
    low, high = np.percentile(values, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)
