"""Naming whom one answers first: `kim: try again`, as people do where many talk at once."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from persona.style.model import Addressing
from persona.style.vocabulary import LITTLE_WORDS

_NAMED = re.compile(r"^@?(?P<name>[^\s:,]{2,24})(?P<mark>[:,]) +(?=\S)")
_WORD = re.compile(r"[^\s:,]+")
_LEAST_SHARE, _LEAST_NAMES = 0.1, 5


def measure_addressing(messages: Sequence[str], others: Iterable[str] = ()) -> Addressing:
    """Return how often messages open with a name, and the mark after it.

    Args:
        messages: somebody's own.
        others: what other people wrote in the same talks, which tells words from names.
    """
    names = _names_in([*messages, *others])
    found = [hit for text in messages if (hit := _named(text)) and _plain(hit["name"]) in names]
    if len(found) < _LEAST_SHARE * len(messages) or len({h["name"] for h in found}) < _LEAST_NAMES:
        return Addressing()
    mark = Counter(hit["mark"] for hit in found).most_common(1)[0][0]
    return Addressing(share=round(len(found) / len(messages), 3), mark=mark)


def calling(name: str, addressing: Addressing) -> str:
    """Return what stands before a message that names whom it answers."""
    return f"{name}{addressing.mark} "


def without_name(text: str, addressing: Addressing) -> str:
    """Return a message without the name it opens with, where its writer names people."""
    hit = _named(text) if addressing.share else None
    return text[hit.end() :] if hit else text


def name_of(text: str, addressing: Addressing) -> str:
    """Return the name that a message opens with, where its writer names people."""
    hit = _named(text) if addressing.share else None
    return hit["name"] if hit else ""


def _names_in(texts: Sequence[str]) -> set[str]:
    """Return what opens messages and stands hardly anywhere else, as the words of no language do.

    `Ja, gerne` begins like `Kim, try again`, but a `ja` is said at other places too.
    """
    opening = Counter(_plain(hit["name"]) for text in texts if (hit := _named(text)))
    said = Counter(_plain(word) for text in texts for word in _WORD.findall(text))
    return {name for name, count in opening.items() if said[name] <= 2 * count}


def _plain(word: str) -> str:
    return word.casefold().strip(".!?…@")


def _named(text: str) -> re.Match[str] | None:
    hit = _NAMED.match(text)
    return hit if hit and hit["name"].casefold() not in LITTLE_WORDS else None
