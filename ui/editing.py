"""What an owner changes by hand in what their twin knows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from memory.attributes import is_private
from memory.beliefs import OWNER
from memory.model import Fact, NewFact, Utterance
from memory.store import Memory


class Going(NamedTuple):
    """What forgetting takes away."""

    words: list[str]
    """Messages that are erased."""
    also: list[Fact]
    """Other facts that lose words they rest on."""


def preview_forgetting(memory: Memory, fact: Fact) -> Going:
    """Return what goes when a fact is forgotten; changes nothing."""
    shown = memory.utterances.by_id(fact.evidence)
    also = [f for f in memory.beliefs.shown_by(fact.evidence) if f.fact_id != fact.fact_id]
    return Going([u.text for u in shown.values()], also)


def forget_fact(memory: Memory, fact: Fact) -> int:
    """Erase a fact with the words that show it; return how many messages went."""
    return memory.forget_fact(fact.fact_id)


def forget_utterances(memory: Memory, utterances: Sequence[Utterance]) -> int:
    """Erase some words themselves; return how many messages went."""
    return memory.forget_utterances([u.utterance_id for u in utterances])


def hide_utterance(memory: Memory, utterance: Utterance, *, private: bool) -> None:
    """Set whether only the owner may be told of some words."""
    memory.utterances.hide([utterance.utterance_id], private=private)
    memory.index_pending()


def correct_fact(memory: Memory, fact: Fact, value: str) -> Fact:
    """Put a true value in the place of a wrong one, shown by the owner's word."""
    said = _say(memory, f"{fact.attribute}: {value}")
    return memory.beliefs.correct(fact.fact_id, value, evidence=said)


def take_back(memory: Memory, correction: Fact) -> None:
    """Take a correction back with the word that showed it: what it replaced holds again."""
    memory.beliefs.drop([correction.fact_id])
    memory.forget_utterances(correction.evidence)


def add_fact(
    memory: Memory, attribute: str, value: str, *, since: date | None = None, private: bool = False
) -> list[Fact]:
    """Hold a fact on the owner's word; return it if it is new."""
    name = " ".join(attribute.casefold().split())
    start = datetime.combine(since, time(), tzinfo=UTC) if since else None
    fact = NewFact(
        subject=OWNER,
        attribute=name,
        value=value.strip(),
        valid_from=start,
        private=private or is_private(name),
        taught=True,
        evidence=_say(memory, f"{name}: {value.strip()}"),
    )
    return memory.beliefs.hold([fact])


def _say(memory: Memory, text: str) -> tuple[int, ...]:
    """Keep the owner's word, so that recall finds it; return its id."""
    utterance_id = memory.remember(text, speaker=memory.twin.owner)
    memory.index_pending()
    return (utterance_id,) if utterance_id else ()
