"""What an answer says against what was known before, and how it is settled."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from memory.attributes import FAVOURITE, is_single
from memory.beliefs import OWNER, fold
from memory.model import Fact, FactState, NewFact
from memory.store import Memory

_LEFT_ALONE = frozenset({"age", "plans"})
"""These change by themselves."""
_CALLED = {
    "name": "your name",
    "birthday": "your birthday",
    "born in": "where you were born",
    "lives in": "where you live",
    "works as": "your job",
    "works at": "where you work",
    "studies at": "where you study",
    "mother": "your mother's name",
    "father": "your father's name",
    "partner": "your partner",
    "relationship status": "whether you are with somebody",
    "religion": "your religion",
    "diet": "what you eat",
    "drives": "what you drive",
}
_DENIAL = re.compile(r"\b(?:not|no|neither|never|n't|both|wrong)\b|n't\b", re.I)


class Contradiction(NamedTuple):
    """Two facts that don't go together."""

    old: Fact
    new: Fact


def find_contradictions(memory: Memory, utterance_ids: Sequence[int]) -> list[Contradiction]:
    """Return which facts shown by these utterances go against others."""
    shown = memory.beliefs.shown_by(list(utterance_ids))
    everything = memory.beliefs.all(past=True)
    return [
        Contradiction(other, fact)
        for fact in shown
        if fact.subject == OWNER
        for other in everything
        if _clash(fact, other) and not set(other.evidence) & set(utterance_ids)
    ]


def _clash(fact: Fact, other: Fact) -> bool:
    if other.subject != fact.subject or other.fact_id == fact.fact_id:
        return False
    if {fact.attribute, other.attribute} == {"likes", "dislikes"}:
        both = fact.state == other.state == FactState.ACTIVE
        return both and fold(fact.value) == fold(other.value)
    if fact.attribute != other.attribute or fact.attribute in _LEFT_ALONE:
        return False
    followed = fact.fact_id == other.superseded_by or other.fact_id == fact.superseded_by
    return is_single(fact.attribute) and followed and not _same(fact.value, other.value)


def _same(one: str, other: str) -> bool:
    """Tell whether one value only says the other more closely: `Porto`, `Porto, Portugal`."""
    first, second = set(fold(one).split()), set(fold(other).split())
    return first <= second or second <= first


def put_contradiction(memory: Memory, found: Contradiction) -> str:
    """Return the question that settles a contradiction."""
    old, new = found
    if old.attribute != new.attribute:
        return (
            f"I have it both ways: that you like {new.value}, and that you don't. "
            "Which is it, or does it depend?"
        )
    about = _CALLED.get(new.attribute) or f"your {new.attribute}"
    return (
        f"About {about}: {_origin(memory, old)} I had “{old.value}”, and now “{new.value}”. "
        "Did that change, and when? Or was one of them never right?"
    )


def _origin(memory: Memory, fact: Fact) -> str:
    """Return where a fact comes from, in words."""
    shown = memory.utterances.by_id(fact.evidence)
    said = next(iter(shown.values()), None)
    if said is None:
        return "until now"
    when = f" of {said.said_at:%B %Y}" if said.said_at else ""
    return f"from “{said.source}”{when}"


def settle(memory: Memory, fact_id: int, answer: str, utterance_ids: Sequence[int]) -> bool:
    """Hold the one of two values that an answer names alone; return whether it was that clear."""
    asked = next((f for f in memory.beliefs.all(past=True) if f.fact_id == fact_id), None)
    if asked is None or _DENIAL.search(answer.replace("’", "'")):
        return False
    slot = [
        fact
        for fact in memory.beliefs.all(past=True)
        if (fact.subject, fact.attribute) == (OWNER, asked.attribute)
        and fact.state in (FactState.ACTIVE, FactState.SUPERSEDED)
        and (is_single(fact.attribute) or fact.fact_id == fact_id)
    ]
    words = fold(answer).split()
    named = {fold(fact.value): fact for fact in slot if _stands_in(fold(fact.value), words)}
    if len(named) != 1 or not (is_single(asked.attribute) or asked.attribute.startswith(FAVOURITE)):
        return False
    (fact,) = named.values()
    held = NewFact(
        subject=OWNER,
        attribute=fact.attribute,
        value=fact.value,
        private=fact.private,
        taught=True,
        evidence=tuple(utterance_ids),
    )
    memory.beliefs.hold([held])
    return True


def _stands_in(value: str, words: Sequence[str]) -> bool:
    wanted = value.split()
    return any(
        list(words[at : at + len(wanted)]) == wanted for at in range(len(words) - len(wanted) + 1)
    )
