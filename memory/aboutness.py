"""Whose matter the best hits are: who says them, and whether of themselves or of whom they address.

"Your garden looks lovely" tells of the garden of whoever hears it. So each text counts for its
speaker as far as it says I, and for the other side as far as it says you.
"""

import re
from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from memory.lexical import document_terms

LOOKED_AT = 20
"""How many of the best hits are read."""
_SPREAD = 0.4
"""How fast a hit counts for less than the best, in units of its score."""
_ASKED = 0.7
"""What a question tells of what a statement would."""
_SELF = re.compile(
    r"\b(i|im|ive|my|me|mine|myself|we|our|ours|us|yo|mi|mis|nosotr[oa]s|eu|meu|minha|je|moi|mon|"
    r"ma|mes|nous|ich|mir|mich|mein\w*|wir|unser\w*|io|mio|mia|noi)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(you|your|yours|yourself|u|ur|tú|tus|usted|você|teu|tua|tu|toi|ton|vous|votre|vos|du|dir|"
    r"dich|dein\w*|tuo)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")


class Ranked(NamedTuple):
    """A hit as far as it matters here."""

    worth: float
    """Its score."""
    own: bool
    """Whether whom the question is about said it."""
    text: str


class Aboutness(NamedTuple):
    """How far the best hits are the matter of whom the question is about, and how far others'."""

    own_worth: float
    """Score of the best hit that they said."""
    other_worth: float
    own_told: float
    """Share of the question's information in the best single sentence that tells of them."""
    other_told: float
    own_share: float
    """Share of the best hits that they said, the best counting most."""
    about_share: float
    """Share of the best hits that tell of them, the best counting most."""


def aboutness(ranked: Sequence[Ranked], worth: Mapping[int, float]) -> Aboutness:
    """Measure whose matter the best hits are.

    Args:
        ranked: the hits, best first.
        worth: the question's terms and how much each of them tells.
    """
    best = ranked[:LOOKED_AT]
    weights = [exp((hit.worth - best[0].worth) / _SPREAD) for hit in best]
    total = sum(weights) or 1.0
    said = sum(w for w, hit in zip(weights, best, strict=True) if hit.own)
    told = sum(w * _of_subject(hit) for w, hit in zip(weights, best, strict=True))
    own, other = _told(best, worth)
    return Aboutness(
        own_worth=max((hit.worth for hit in best if hit.own), default=0.0),
        other_worth=max((hit.worth for hit in best if not hit.own), default=0.0),
        own_told=own,
        other_told=other,
        own_share=said / total,
        about_share=told / total,
    )


def _of_subject(hit: Ranked) -> float:
    """Return how far a hit tells of the subject, from 0 to 1; without I and you, of its speaker."""
    of_speaker, of_hearer = _counts(hit.text)
    share = (of_speaker + 1.0) / (of_speaker + of_hearer + 1.5)
    return share if hit.own else 1 - share


def _counts(text: str) -> tuple[int, int]:
    return len(_SELF.findall(text)), len(_ADDRESSED.findall(text))


def _told(best: Sequence[Ranked], worth: Mapping[int, float]) -> tuple[float, float]:
    """Return what the best sentence about the subject tells, and the best about anybody else."""
    total = sum(worth.values()) or 1.0
    most = {True: 0.0, False: 0.0}
    for hit in best:
        for sentence in _SENTENCES.split(hit.text):
            found = worth.keys() & set(document_terms(sentence).indices)
            of_speaker, of_hearer = _counts(sentence) if found else (0, 0)
            about = hit.own == (of_speaker >= of_hearer)
            told = sum(worth[term] for term in found) / total
            told *= _ASKED if sentence.rstrip().endswith("?") else 1.0
            most[about] = max(most[about], told)
    return most[True], most[False]
