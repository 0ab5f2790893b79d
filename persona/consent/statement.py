"""The words that the owner agrees by, with a few random ones that no old recording holds."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from persona.consent.record import ALL, Cover

WARNING = (
    "Only use recordings and pictures of yourself. Making a twin of somebody else without their"
    " agreement can do real harm and is against the law in many places; with their agreement, they"
    " must be the one who says the words below."
)
"""Shown wherever something can be recorded or uploaded."""

_TEMPLATE = (
    "I am {name}. {today}I agree that {what} be used to make a digital twin of me. "
    "I can take this back at any time."
)
_TODAY = "My words today are {words}. "
_NAMES: dict[Cover, str] = {"voice": "my voice", "face": "my face", "text": "my words"}
_WORDS = (
    "apple basket bicycle blanket bottle breakfast bridge butter button camera candle carpet "
    "castle cherry chicken chocolate coffee copper corner cotton country dinner dragon "
    "elephant engine evening feather flower forest garden giraffe guitar hammer "
    "harbor holiday honey hotel island jacket journey kitchen lemon letter library market "
    "meadow mirror monday money monkey morning mountain museum needle ocean orange paper pencil "
    "pepper picture pillow planet pocket potato rabbit rainbow river saturday sentence silver "
    "summer sunday table teacher telephone ticket tiger tomato tractor travel tuesday umbrella "
    "village violin water weather wednesday whistle window winter yellow"
).split()
_ALIKE_WORD = 0.72
_LEAST_ALIKE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A statement to be said or typed, and the words in it that were chosen at random."""

    statement: str
    words: tuple[str, ...]
    covers: tuple[Cover, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How well what was said or typed is the statement."""

    alike: float
    """Share of the statement that is there, from 0 to 1."""
    missing: tuple[str, ...]
    """Random words that are not."""

    @property
    def agrees(self) -> bool:
        """Whether it is taken for the statement."""
        return not self.missing and self.alike >= _LEAST_ALIKE


def new_challenge(person: str, covers: tuple[Cover, ...] = ALL) -> Challenge:
    """Return a statement for a person with three words chosen at random."""
    words = tuple(secrets.SystemRandom().sample(_WORDS, 3))
    # Not at the end: the last word of a recording is the likeliest to be cut off or misheard.
    statement = agreement(person, covers, today=_TODAY.format(words=_listed(words)))
    return Challenge(statement=statement, words=words, covers=covers)


def agreement(person: str, covers: tuple[Cover, ...] = ALL, *, today: str = "") -> str:
    """Return what a person agrees to, in plain words."""
    what = _listed([_NAMES[cover] for cover in covers])
    return _TEMPLATE.format(name=person, today=today, what=what)


def compare(challenge: Challenge, said: str) -> Compared:
    """Compare what was said or typed with a statement, as forgiving as a small model needs."""
    heard = _plain(said)
    wanted = _plain(challenge.statement)
    matcher = SequenceMatcher(None, wanted, heard, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    # A word may be heard as two ("rain bow"), so pairs are looked at as well.
    near = heard + [a + b for a, b in pairwise(heard)]
    missing = [
        word
        for word in challenge.words
        if all(SequenceMatcher(None, word, one).ratio() < _ALIKE_WORD for one in near)
    ]
    return Compared(alike=same / len(wanted), missing=tuple(missing))


def _plain(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", ""))


def _listed(items: Sequence[str]) -> str:
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last
