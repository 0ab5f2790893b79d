"""Tell-tale signs of an assistant, and the shape of messages: length and bursts."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from persona.style.message import words_of

_TELLS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"—",
        r"^\s*([-*•]|\d+\.)\s+\S",
        r"\bas an? (ai|assistant|language model)\b",
        r"\bi('d| would)? (be )?(happy|glad) to (help|assist)\b|\bhappy to help\b",
        r"\b(great|good|excellent) question\b",
        r"\b(how|what) (can|may) i (help|assist|do for)\b|\bfeel free to\b",
        r"\blet me know if\b|\bi hope (this|that) helps\b",
        r"\b(certainly|absolutely|of course)!",
        r"\bi('m| am) (sorry|afraid),? (but )?i (can't|cannot|don't have)\b",
        r"\bit('s| is) important to\b|\bin (summary|conclusion)\b|\boverall,",
        r"\bi understand (that|how|your)\b|\bthat('s| is) (great|wonderful) to hear\b",
        r"\bsounds like (a|you)\b.{0,60}\bdelve|\bdelve\b|\btapestry\b",
    )
)
EDGES = (0.0, 1.5, 2.5, 4.5, 7.5, 11.5, 17.5, 27.5, 45.5, 1e9)
"""Ends of the bins of message lengths in words."""


def tells(text: str, long: float) -> bool:
    """Say whether a message shows a sign of an assistant, or is far longer than the owner's."""
    return any(pattern.search(text) for pattern in _TELLS) or len(words_of(text)) > 2 * long


def length_shape(messages: Sequence[str]) -> NDArray[np.float64]:
    """Return the shares of messages by length, in the bins of `EDGES`."""
    counts, _ = np.histogram([len(words_of(text)) for text in messages], EDGES)
    return counts / max(1, counts.sum())


def burst_shape(bursts: Sequence[int]) -> NDArray[np.float64]:
    """Return the shares of turns by how many messages they have, five or more in one."""
    counts = np.bincount(np.clip(bursts, 1, 5), minlength=6)[1:]
    return counts / max(1, counts.sum())


def shape_distance(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the Jensen-Shannon distance of two sets of shares, from 0 to 1."""
    middle = (first + second) / 2
    return float(np.sqrt(max(0.0, (_divergence(first, middle) + _divergence(second, middle)) / 2)))


def _divergence(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    there = first > 0
    return float((first[there] * np.log2(first[there] / second[there])).sum())
