"""Keeps what a twin says, taken together, to what its owner's messages come to.

Any one reply can fit and all of them still be wrong: a word the owner drops once in twenty
messages, in every third reply. So it is kept count of, and what was said too often is chosen less.
"""

from collections import Counter

import numpy as np

from persona.chance import chance_of
from persona.style.address import without_name
from persona.style.habits import COUNTED_WORDS, habits_of, means_and_spreads
from persona.style.message import lower_words
from persona.style.model import Style

_FADES = 0.98
"""What a reply still counts when the next one is made: about fifty are looked at."""
_LEAST_SPREAD = 0.15
"""Spread that a habit has at least, or one rare word would outweigh all others."""
_STEEP = 3.0
"""Spreads beyond which what a habit counts grows evenly, not with its square."""
_SCALE = 100.0
_LATELY = 40
"""Replies whose very words are kept in mind."""
_AGAIN = 1.0
"""What it costs to say the same words again soon."""
_OTHER_AGAIN, _OTHER_MOST = 0.06, 4
"""What it costs to say a word that is not counted one by one again, for each time so far."""


class Balance:
    """What has been said of late, against what the owner usually writes.

    No text is kept: numbers that words are turned into stand for them.
    """

    def __init__(self, style: Style) -> None:
        """Take the owner's manner; without measured habits only repeats are told apart."""
        self._means, spreads = means_and_spreads(style.habits)
        self._weights = 1 / np.maximum(spreads, _LEAST_SPREAD) ** 2
        self._known = bool(style.habits)
        self._addressing = style.addressing
        self._over = np.zeros_like(self._means)
        self._said = 0.0
        # Replaced, never changed in place: one talk adds to it while another reads.
        self._lately: tuple[tuple[float, frozenset[float]], ...] = ()
        self._other: Counter[float] = Counter()

    def strain(self, text: str) -> float:
        """Return how far the talk would be from the owner's habits with this said next."""
        again = _AGAIN * self.was_said(text)
        again += _OTHER_AGAIN * sum(min(_OTHER_MOST, self._other[w]) for w in _other_words(text))
        if not self._known:
            return again
        over = self._over + habits_of(text) - self._means
        off = np.abs(over) * np.sqrt(self._weights / (self._said + 1))
        cost = np.where(off < _STEEP, off**2, _STEEP * (2 * off - _STEEP))
        return float(cost.sum()) / _SCALE + again

    def was_said(self, text: str) -> bool:
        """Say whether these very words were a message of late."""
        return any(chance_of(_plain(text)) == whole for whole, _ in self._lately)

    def add(self, reply: str) -> None:
        """Take note of a reply, each line of which is a message."""
        for line in reply.splitlines():
            text = without_name(line, self._addressing).strip()
            if text:
                self._over = _FADES * (self._over + habits_of(text) - self._means)
                self._said = _FADES * (self._said + 1)
                said = chance_of(_plain(text)), _other_words(text)
                self._lately = (*self._lately, said)[-_LATELY:]
        self._other = Counter(word for _, words in self._lately for word in words)


def _plain(text: str) -> str:
    """Return the letters and digits of a text; one without any, such as an emoji, as it is."""
    return "".join(filter(str.isalnum, text.casefold())) or text


def _other_words(text: str) -> frozenset[float]:
    return frozenset(chance_of(word) for word in {*lower_words(text)} - COUNTED_WORDS)
