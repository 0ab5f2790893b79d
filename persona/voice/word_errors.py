"""How intelligible speech is: word error rate, after making both sides sayable."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from persona.voice.reading import sayable

_SAME = {"gonna": "going to", "ok": "okay", "mr": "mister", "mrs": "missus", "dr": "doctor"}


class WordErrors(NamedTuple):
    """Wrong, missing and added words, and how many there were."""

    errors: int
    words: int

    @property
    def rate(self) -> float:
        """Errors for each word that was to be said."""
        return self.errors / max(1, self.words)


def word_errors(wanted: str, heard: str) -> WordErrors:
    """Return how the words that were heard differ from those that were said."""
    a, b = _words(wanted), _words(heard)
    return WordErrors(_distance(a, b), len(a))


def _words(text: str) -> list[str]:
    plain = re.sub(r"[^\w' ]+", " ", sayable(text).lower().replace("-", " ")).replace("'", "")
    return " ".join(_SAME.get(word, word) for word in plain.split()).split()


def _distance(a: Sequence[str], b: Sequence[str]) -> int:
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]
