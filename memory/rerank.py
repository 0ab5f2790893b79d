"""Puts the best in a better order, by what their words can tell about the question.

To the score of an utterance come: how much of the question's information it and its neighbours
hold, its length, a time where one is asked for and a number where one is counted; questions tell
less than statements. The weights are few and round; docs/figures.md has what each is worth on
dialogues left out of the fit.
"""

import re
from collections.abc import Mapping
from math import log1p

import numpy as np
from numpy.typing import NDArray

from memory.lexical import query_terms
from memory.model import NewUtterance
from memory.timeline import Timeline, said_in

RERANKED = 64
"""How many of the best are looked at."""
_WINDOW = 2
"""Neighbours on each side whose words count too."""
_COVERAGE = 0.7
_LENGTH = 0.15
_LONG = 40
"""Words from which a text gains no more by its length: long answers touch much they don't tell."""
_ASKS = 0.2
_PROMPT = 0.3
"""What a text gains that answers the very question, asked in an interview."""
_TIME = 0.5
_NUMBER = 0.4

_ASKS_WHEN = re.compile(r"\s*(?:when|how long|(?:what|which) (?:year|month|date|day))\b", re.I)
_WORD = re.compile(r"\w+")
_ASKS_COUNT = re.compile(r"\bhow (?:many|much|often)\b", re.I)
_TIMES = frozenset(
    "yesterday today tonight tomorrow last next ago since recently just morning night weekend "
    "day days week weeks month months year years monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december "
    "summer winter spring fall autumn".split()
)
_NUMBERS = frozenset(
    "two three four five six seven eight nine ten once twice couple first second third few "
    "several".split()
)

Places = NDArray[np.int64]


def rerank(
    question: str,
    timeline: Timeline,
    worth: Mapping[int, float],
    *,
    at: Places,
    scores: NDArray[np.float64],
    said: Mapping[int, NewUtterance],
) -> list[tuple[int, float]]:
    """Return places in the timeline with their new scores, best first.

    Args:
        question: the question.
        timeline: the timeline.
        worth: the question's terms and how much each of them tells.
        at: the places to order, shape [n].
        scores: what they score so far, shape [n].
        said: what was said at each of them.
    """
    when = bool(_ASKS_WHEN.match(question))
    count = bool(_ASKS_COUNT.search(question))
    told = [
        _told(said_in(said[place]), when=when, count=count)
        + _PROMPT * _share(said[place].prompt, worth)
        for place in at.tolist()
    ]
    new = scores + _COVERAGE * _coverage(timeline, worth, at) - _ASKS * timeline.asks[at]
    new += np.array(told)
    order = np.argsort(-new, kind="stable")
    return [(int(at[i]), float(new[i])) for i in order]


def _told(text: str, *, when: bool, count: bool) -> float:
    """Return what the length of a text is worth, and that it tells what is asked for."""
    told = _LENGTH * log1p(min(len(text.split()), _LONG))
    if when or count:
        words = set(_WORD.findall(text.casefold()))
        digits = [word for word in words if word.isdigit()]
        told += _TIME * (when and (not words.isdisjoint(_TIMES) or any(map(_is_year, digits))))
        told += _NUMBER * (count and (not words.isdisjoint(_NUMBERS) or bool(digits)))
    return told


def _share(prompt: str | None, worth: Mapping[int, float]) -> float:
    """Return the share of the question's information in the question that a text answers."""
    if not prompt:
        return 0.0
    found = worth.keys() & set(query_terms(prompt).indices)
    return sum(worth[term] for term in found) / (sum(worth.values()) or 1.0)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")


def _coverage(timeline: Timeline, worth: Mapping[int, float], at: Places) -> NDArray[np.float64]:
    """Return the share of the question's information around each place, shape [n]."""
    reach = np.arange(-_WINDOW, _WINDOW + 1)
    last = len(timeline.ids) - 1
    around = np.clip(at[:, None] + reach, 0, last)
    near = timeline.sessions[around] == timeline.sessions[at][:, None]
    covered = np.zeros(len(at))
    holds = np.zeros(len(timeline.ids), np.bool_)
    for term, telling in worth.items():
        places = timeline.lexicon.places(term)
        holds[places] = True
        covered += telling * (holds[around] & near).any(axis=1)
        holds[places] = False
    return covered / (sum(worth.values()) or 1.0)
