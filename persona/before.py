"""Questions about what was so before something else: `who were you with before Calum?`

What came before is told before: so the words that answer are looked for without the thing named,
and only among what was said before that thing first came up.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from memory.lexical import query_terms
from memory.model import Evidence, Hit, Utterance
from memory.store import Memory

_BEFORE = re.compile(
    r"^(?P<asked>.*\w.*?)\s+before\s+(?P<named>[^?.!]*\w)\s*\W*$", re.IGNORECASE | re.DOTALL
)
_REACH = 60
"""Hits among which the earlier ones are looked for."""


class Earlier(NamedTuple):
    """A question about what was so before something."""

    asked: str
    """The question without what it names."""
    named: str


def read_before(question: str) -> Earlier | None:
    """Return what a question asks for and before what; None where it names nothing.

    >>> read_before("who were you with before calum?")
    Earlier(asked='who were you with?', named='calum')
    """
    found = _BEFORE.search(question)
    if found is None or not query_terms(found["named"]).indices:
        return None
    return Earlier(f"{found['asked'].strip()}?", found["named"])


def look_before(earlier: Earlier, cues: str, memory: Memory, *, k: int, budget: int) -> Evidence:
    """Return what was said on a matter before something came up; all of it where none is sure."""
    since = _first_told(earlier.named, memory)
    evidence = memory.recall(f"{earlier.asked} {cues}".strip(), k=_REACH, budget=budget)
    terms = set(query_terms(earlier.named).indices)
    hits = [h for h in evidence.hits if since is None or _is_earlier(h, since, terms)]
    packed = [u for u in evidence.packed if since is None or _said_before(u, since)]
    return replace(evidence, hits=tuple(hits[:k]), packed=tuple(packed))


def _first_told(named: str, memory: Memory) -> datetime | None:
    """Return when something first came up, as far as memory finds it."""
    wanted = set(query_terms(named).indices)
    found = memory.recall(named, k=_REACH, budget=1).hits
    return min(
        (
            hit.utterance.said_at
            for hit in found
            if hit.utterance.said_at
            and not hit.utterance.prompt
            and wanted <= set(query_terms(hit.utterance.text).indices)
        ),
        default=None,
    )


def _is_earlier(hit: Hit, since: datetime, named: set[int]) -> bool:
    """Say whether words may tell of the time before; an interview looks back at all of it."""
    if hit.utterance.prompt:
        return not named & set(query_terms(hit.utterance.text).indices)
    return _said_before(hit.utterance, since)


def _said_before(utterance: Utterance, since: datetime) -> bool:
    return utterance.said_at is None or utterance.said_at < since
