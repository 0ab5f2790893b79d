"""The hand that shows in a message, as counts: length, casing, marks, emoji, little words.

Their means over somebody's messages are what a talk in that person's manner should come to.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from persona.style import vocabulary
from persona.style.message import words_of
from persona.style.signs import EMOJI

Habits = NDArray[np.float64]
"""A number for each habit, by the places of a fixed list; shape [habits]."""

_LAUGHTER = re.compile(vocabulary.LAUGHTER, re.I)
_EMOTICON = re.compile(r"(?<!\w)[:;]['-]?[()DPp/]")
_NEWEST = 5000
"""Messages that are looked at; more of them say nothing new."""
_MARKS = (".", ",", "!", "?", "...", "-", ":", ";", "(", '"', "'", "’", "/")
COUNTED_WORDS = vocabulary.LITTLE_WORDS - {"s", "t"}
"""Little words whose use is a habit."""
_WORDS = tuple(sorted(COUNTED_WORDS))


def _shows(pattern: str) -> Callable[[str], float]:
    found = re.compile(pattern)
    return lambda text: float(found.search(text) is not None)


_SIGNS: dict[str, Callable[[str], float]] = {
    "#words": lambda text: log1p(len(words_of(text))),
    "#one word": lambda text: float(len(text.split()) == 1),
    "#long": lambda text: float(len(words_of(text)) > 17),
    "#small first": _shows(r"^\W*[a-zß-ÿ]"),
    "#final stop": _shows(r"(?<![.…])\.$"),
    "#final question": _shows(r"\?$"),
    "#final shout": _shows(r"!$"),
    "#final letter": _shows(r"\w$"),
    "#doubled": _shows(r"[!?.]{2,}"),
    "#emoji": lambda text: float(EMOJI.search(text) is not None),
    "#emoticon": lambda text: float(_EMOTICON.search(text) is not None),
    "#shouted": _shows(r"\b[A-Z]{3,}\b"),
    "#small i": _shows(r"\bi\b"),
    "#digit": _shows(r"\d"),
    "#laughter": lambda text: float(_LAUGHTER.search(text) is not None),
    "#addressed": _shows(r"^\w[^\s:,]*[:,] "),
    "#line": lambda text: float("\n" in text),
}
_NAMES = (*_SIGNS, *(f"#{mark}" for mark in _MARKS), *_WORDS)
_AT = {name: at for at, name in enumerate(_NAMES)}


def habits_of(text: str) -> Habits:
    """Return how often each habit shows in a message; what is there or not is 1 or 0."""
    text = text.strip()
    bare = EMOJI.sub("", text).strip()
    said = Counter(word.lower() for word in words_of(text))
    return np.array(
        [
            *(sign(text if name == "#emoji" else bare) for name, sign in _SIGNS.items()),
            *(float(text.count(mark)) for mark in _MARKS),
            *(float(said[word]) for word in _WORDS),
        ]
    )


def measure_habits(messages: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Return mean and spread of each habit over somebody's messages; those never shown are out."""
    if not messages:
        return {}
    rows = np.array([habits_of(text) for text in messages[-_NEWEST:]])
    means, spreads = rows.mean(axis=0), rows.std(axis=0)
    return {
        name: (round(float(mean), 4), round(float(spread), 4))
        for name, mean, spread in zip(_NAMES, means, spreads, strict=True)
        if mean
    }


def means_and_spreads(measured: Mapping[str, tuple[float, float]]) -> tuple[Habits, Habits]:
    """Return what was measured as two rows; what never showed is 0 in both."""
    means, spreads = np.zeros(len(_NAMES)), np.zeros(len(_NAMES))
    for name, (mean, spread) in measured.items():
        if name in _AT:
            means[_AT[name]], spreads[_AT[name]] = mean, spread
    return means, spreads
