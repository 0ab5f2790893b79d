"""What a reply stood on: the facts it was asked for, and the words that recall found."""

from typing import NamedTuple

from memory.attributes import asked_attributes
from memory.beliefs import OWNER
from memory.model import Fact, FactState, Utterance
from memory.store import Memory
from memory.talks import Turn
from persona.decide import Outcome
from persona.intent import Intent, intent_of
from persona.pseudonyms import veil_of
from ui.wording import count

_MOST_FACTS, _MOST_WORDS = 4, 3


class Shown(NamedTuple):
    """A fact with the latest words that show it."""

    fact: Fact
    words: list[Utterance]


class Grounds(NamedTuple):
    """Facts and words behind a reply, as far as whoever asks may see them."""

    facts: list[Shown]
    found: list[Utterance]
    """Other words that recall found, best first."""
    withheld: int
    """Words that were found, and are private or have been forgotten since."""


def title_of(turn: Turn) -> str:
    """Return what stands above the grounds of a reply."""
    amount = count(len(turn.evidence), "memory", "memories")
    if Outcome(turn.outcome) is not Outcome.KNOWN:
        return f"What came closest: {amount}"
    if intent_of(turn.heard) is not Intent.QUESTION:
        return f"What came to mind: {amount}"
    return f"What this rests on: {amount}"


def grounds_of(turn: Turn, memory: Memory, *, owner: bool) -> Grounds:
    """Return what a kept reply stood on."""
    facts = _facts(turn, memory, owner=owner)
    ids = [i for fact in facts for i in fact.evidence[-_MOST_WORDS:]]
    words = memory.utterances.by_id([*ids, *turn.evidence], owner=owner)
    veil = None if owner else veil_of(memory)
    if veil:
        facts = [veil.over_fact(fact) for fact in facts]
        words = {number: veil.over_utterance(said) for number, said in words.items()}
    return Grounds(
        facts=[
            Shown(fact, [words[i] for i in fact.evidence if i in ids and i in words])
            for fact in facts
        ],
        found=[words[i] for i in turn.evidence if i in words and i not in ids],
        withheld=sum(i not in words for i in turn.evidence),
    )


def _facts(turn: Turn, memory: Memory, *, owner: bool) -> list[Fact]:
    """Return the facts that were known then and were asked for, those that hold first."""
    asked = asked_attributes(turn.heard)
    if not asked or Outcome(turn.outcome) is not Outcome.KNOWN:
        return []
    facts = [
        fact
        for fact in memory.beliefs.all(past=True)
        if fact.subject == OWNER
        and fact.attribute in asked
        and fact.learnt_at <= turn.said_at
        and (owner or not fact.private)
    ]
    return sorted(facts, key=lambda fact: fact.state is not FactState.ACTIVE)[:_MOST_FACTS]
