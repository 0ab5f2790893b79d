"""Choosing a handful of real exchanges that show a language model how the owner replies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from persona.private import is_private_text
from persona.style.message import is_media, lower_words, words_of
from persona.style.model import Style
from persona.style.signs import EMOJI

LONGEST = 40
"""Words of a message above which an example costs more room than it shows manner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Somebody's message and what the owner wrote back."""

    prompt: str
    reply: str


def pick_examples(exchanges: Iterable[Exchange], style: Style, limit: int = 5) -> list[Exchange]:
    """Return up to `limit` exchanges: typical of the owner, harmless and unlike each other."""
    fit = {one: typical(one.reply, style) for one in exchanges if _is_fit(one, style)}
    chosen: list[Exchange] = []
    while fit and len(chosen) < limit:
        best = max(fit, key=lambda one: fit[one] - _likeness(one, chosen))
        chosen.append(best)
        del fit[best]
    return chosen


def _is_fit(one: Exchange, style: Style) -> bool:
    """Tell whether an exchange stands for itself and gives nothing away."""
    asked, said = len(words_of(one.prompt)), len(words_of(one.reply))
    longest = min(LONGEST, max(6.0, style.length.words_p90 * 1.2))
    if not 2 <= asked <= LONGEST or not 2 <= said <= longest:
        return False
    return not any(_gives_away(text) or _needs_more(text) for text in (one.prompt, one.reply))


_DELICATE = re.compile(r"\d{4,}|\S@\S|https?://|www\.|\b\w+\.(?:com|org|net|io)\b", re.I)
_CLIPPED = re.compile(r"^\s*(?:and|but|or|because|which|\*|>)\b|^\*", re.I)
_SEEN = re.compile(
    r"\b(?:this|that|the|your) (?:pic|photo|picture|video|link|image|selfie|song)\b", re.I
)


def _gives_away(text: str) -> bool:
    return bool(_DELICATE.search(text)) or is_media(text) or is_private_text(text)


def _needs_more(text: str) -> bool:
    """Tell whether a text makes little sense without what stood before it."""
    return bool(_CLIPPED.search(text) or _SEEN.search(text))


def typical(reply: str, style: Style) -> float:
    """Return how far a reply has the owner's usual length and manner; higher is more typical."""
    usual = max(1.0, style.length.words_median)
    off = abs(log((len(words_of(reply)) + 1) / (usual + 1)))
    return -0.6 * off + sum(_agrees(seen, share) for seen, share in _habits(reply, style)) / 4


def _habits(reply: str, style: Style) -> list[tuple[bool, float]]:
    """Return for each habit whether a reply shows it, and how often the owner does."""
    bare = EMOJI.sub("", reply).rstrip()
    words = set(lower_words(reply))
    return [
        (reply.lstrip()[:1].islower(), style.casing.lower_start or 0.0),
        (bare.endswith(".") and not bare.endswith(".."), style.punctuation.final_period),
        ("!" in reply, style.punctuation.exclamation),
        (EMOJI.search(reply) is not None, style.emoji.share),
        (bool(words & set(style.wording.fillers)), 0.8),
        (bool(words & {*style.wording.laughter, *style.wording.abbreviations}), 0.55),
        ("—" in reply, style.punctuation.dash),
    ]


def _agrees(seen: bool, share: float) -> float:
    """Return between -1 and 1 how well one reply goes with how often a thing is done."""
    return 2 * share - 1 if seen else 1 - 2 * share


def _likeness(one: Exchange, chosen: Sequence[Exchange]) -> float:
    """Return how near an exchange comes to the nearest one already chosen."""
    return max((_overlap(one, other) for other in chosen), default=0.0)


def _overlap(one: Exchange, other: Exchange) -> float:
    mine, theirs = set(lower_words(one.reply)), set(lower_words(other.reply))
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    asking = one.prompt.rstrip().endswith("?") == other.prompt.rstrip().endswith("?")
    opening = lower_words(one.reply)[:1] == lower_words(other.reply)[:1]
    lengths = abs(log((len(mine) + 1) / (len(theirs) + 1)))
    return 1.5 * shared + 0.25 * asking + 0.5 * opening + 0.3 * max(0.0, 0.7 - lengths)
