"""The silence around a clause: what a synthesiser leaves there is too long within a reply."""

from typing import NamedTuple

_LEAD = 0.12
"""Seconds kept before the first letter: it begins to sound a little before its time."""
_AFTER_SENTENCE, _AFTER_BREATH, _WITHIN = 0.3, 0.2, 0.08
"""Seconds after a clause that ends a sentence, one at a comma or the like, and any other."""
_MARKS = dict.fromkeys(".!?…", _AFTER_SENTENCE) | dict.fromkeys(",;:—–", _AFTER_BREATH)


class Pauses(NamedTuple):
    """How long it may be silent before and after a clause, in seconds."""

    lead: float
    tail: float


def pauses_around(clause: str) -> Pauses:
    """Return the pauses that suit a clause of a longer talk, by the mark at its end."""
    return Pauses(_LEAD, _MARKS.get(clause.rstrip("\"”’')] ")[-1:], _WITHIN))
