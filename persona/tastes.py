"""Which of the likes a question is about: "what food do you like?" asks for no film."""

from collections.abc import Iterator, Sequence

from memory.lexical import query_terms
from memory.model import Fact
from memory.store import Memory

_TASTES = ("likes", "dislikes")
_NEAR = 0.3
"""Likeness of a question to a thing from which the question is about it."""
_ANYTHING = frozenset(
    query_terms(
        "like love enjoy into fan hate dislike stand really most best kind type sort thing things "
        "stuff else much very life general day days weekend weekends free spare time usually tell "
        "favourite favorite find fun people person"
    ).indices
)
"""Words of a question that narrow nothing down."""


def tastes_asked_for(question: str, facts: Sequence[Fact], memory: Memory) -> list[Fact]:
    """Return facts without the likes and dislikes that the question is not about.

    Args:
        question: what is asked.
        facts: those of the kinds it asks for.
        memory: the twin's.
    """
    tastes = [fact.value for fact in facts if fact.attribute in _TASTES]
    about = set(query_terms(question).indices) - _ANYTHING
    about -= set(query_terms(memory.twin.owner).indices)
    if not tastes or not about:
        return list(facts)
    near = memory.nearness(question, tastes)
    meant = {value for value, likeness in zip(tastes, near, strict=True) if likeness >= _NEAR}
    return list(_kept(facts, meant, about))


def _kept(facts: Sequence[Fact], meant: set[str], about: set[int]) -> Iterator[Fact]:
    for fact in facts:
        named = not about.isdisjoint(query_terms(fact.value).indices)
        if fact.attribute not in _TASTES or fact.value in meant or named:
            yield fact
