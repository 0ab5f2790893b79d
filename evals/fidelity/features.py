"""A hundred-odd habits of writing as numbers, and how far two sets of messages are apart.

The distance is the mean of absolute differences in units of their spread over people, as in
Burrows' Delta (2002), over length, casing, marks, emoji and little words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import inf
from statistics import median

import numpy as np
from numpy.typing import NDArray

from persona.style.message import lower_words
from persona.style.signs import EMOJI
from persona.style.vocabulary import BACKGROUND, LITTLE_WORDS

_MARKS = (".", ",", "!", "?", "...", "…", "—", "–", "-", ":", ";", "(", '"', "'", "’", "/", "*")
_LITTLE = tuple(
    dict.fromkeys(
        [
            *sorted(BACKGROUND, key=lambda word: (-BACKGROUND[word], word))[:90],
            *"yeah ok okay lol haha hahaha omg u ur im dont cant gonna wanna kinda tbh ngl idk "
            "btw thx pls well so just really honestly literally actually anyway nice wow hey "
            "hmm oh ah".split(),
        ]
    )
)
_LAUGHTER = re.compile(r"^(?:(?:ha|he|ja|ah|hi){2,}h?|lo+l|lmf?ao+|rofl|k{3,})$")
_TYPES_OF = 100
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

Features = NDArray[np.float64]


def features_of(messages: Sequence[str]) -> Features:
    """Return the habits that show in some messages, as numbers of different scales."""
    words = [lower_words(text) for text in messages]
    lengths = [len(one) for one in words]
    flat = [word for one in words for word in one]
    return np.array(
        [
            *(float(np.mean(lengths)), float(np.std(lengths)), float(median(lengths))),
            *_shares(messages),
            *(sum(text.count(mark) for text in messages) / len(messages) for mark in _MARKS),
            *_of_words(flat),
            *_little(flat),
        ]
    )


def _shares(messages: Sequence[str]) -> list[float]:
    bare = [EMOJI.sub("", text).strip() for text in messages]
    tests = [
        [text[:1].islower() for text in bare],
        [text[:1].isupper() for text in bare],
        [text.endswith(".") and not text.endswith("..") for text in bare],
        [text.endswith("?") for text in bare],
        [text.endswith("!") for text in bare],
        [not text[-1:].isalnum() for text in bare],
        [bool(re.search(r"[!?.]{2,}", text)) for text in bare],
        [EMOJI.search(text) is not None for text in messages],
        [any(w.isupper() and len(w) > 2 for w in text.split()) for text in bare],
        [bool(re.search(r"\bi\b", text)) for text in bare],
        [bool(re.search(r"\d", text)) for text in bare],
        [bool(re.search(r"([a-z])\1\1", text, re.I)) for text in bare],
        [len(text.split()) == 1 for text in bare],
        ["\n" in text for text in bare],
        [bool(re.search(r"[:;]-?[()DPp]", text)) for text in messages],
    ]
    return [sum(test) / len(messages) for test in tests]


def _of_words(flat: Sequence[str]) -> list[float]:
    if not flat:
        return [0.0, 0.0, 0.0, 0.0]
    some = flat[:_TYPES_OF]
    return [
        len(set(some)) / len(some),
        sum(map(len, flat)) / len(flat),
        sum(word in LITTLE_WORDS for word in flat) / len(flat),
        sum(bool(_LAUGHTER.match(word)) for word in flat) / len(flat),
    ]


def _little(flat: Sequence[str]) -> list[float]:
    counts = Counter(flat)
    total = max(1, len(flat))
    return [1000 * counts[word] / total for word in _LITTLE]


class Yardstick:
    """Measures how far sets of messages are apart, in units of how far people differ."""

    def __init__(
        self, people: Sequence[Sequence[str]], size: int, seed: int, *, most: float = inf
    ) -> None:
        """Take the messages of several people.

        Args:
            people: what each of them wrote.
            size: how many messages a measured set has.
            seed: of the draws.
            most: spreads that one habit counts at most.
        """
        self._most = most
        chance = np.random.default_rng(seed)
        rows = [
            features_of(drawn(messages, size, chance))
            for messages in people
            if messages
            for _ in range(8)
        ]
        spread = np.std(np.array(rows), axis=0)
        self._used = spread > 1e-9
        self._spread = spread[self._used]

    def distance(self, first: Features, second: Features) -> float:
        """Return the mean difference of two sets over all habits."""
        apart = np.abs(first - second)[self._used] / self._spread
        return float(np.minimum(apart, self._most).mean())


def drawn(messages: Sequence[str], size: int, chance: np.random.Generator) -> list[str]:
    """Return `size` messages drawn with putting back."""
    return [messages[at] for at in map(int, chance.integers(0, len(messages), size))]


def picked(messages: Sequence[str], size: int, chance: np.random.Generator) -> list[str]:
    """Return `size` messages drawn without putting back; all of them where there are no more."""
    return [messages[at] for at in map(int, chance.permutation(len(messages))[:size])]


def masked(text: str) -> str:
    """Return a text with its content words as x, so that manner is left and topic is gone.

    >>> masked("I just saw Hamlet in Leith")
    'I just xxx Xxxxxx in Xxxxx'
    """
    return _WORD.sub(lambda found: _mask(found[0]), text)


def _mask(word: str) -> str:
    if word.casefold().replace("’", "'") in LITTLE_WORDS or _LAUGHTER.match(word.casefold()):
        return word
    return "".join("X" if c.isupper() else "x" if c.isalpha() else c for c in word)
