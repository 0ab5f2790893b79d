"""Settles how a message is met, before any model is asked."""

from memory.attributes import asked_attributes
from memory.model import Evidence, Fact, FactState
from memory.store import Memory
from persona import guard
from persona.asked_before import asked_in_these_words
from persona.decide import Outcome, likelihood, threshold_for
from persona.intent import Intent, asks_of_another, intent_of
from persona.tastes import tastes_asked_for


def judge(heard: str, evidence: Evidence, memory: Memory, *, owner: bool) -> Outcome:
    """Return how a message is met, given all the evidence there is, private or not.

    Args:
        heard: the message.
        evidence: what recall found for it, with nothing held back.
        memory: the twin's memory.
        owner: True when the owner asks, to whom nothing is private.
    """
    if intent_of(heard) is not Intent.QUESTION and not guard.is_misuse(heard):
        return Outcome.KNOWN
    return judge_question(heard, evidence, memory, owner=owner)


def judge_question(asked: str, evidence: Evidence, memory: Memory, *, owner: bool) -> Outcome:
    """Return how words are met that are put as a question, however they are worded.

    Takes what `judge` takes.
    """
    if guard.is_misuse(asked):
        return Outcome.REFUSED
    if not owner and guard.asks_private(asked):
        return Outcome.PRIVATE
    if not _answers(evidence, memory):
        return Outcome.UNKNOWN
    if not owner and guard.rests_on_private(evidence):
        return Outcome.PRIVATE
    return Outcome.KNOWN


def _answers(evidence: Evidence, memory: Memory) -> bool:
    if asked_facts(evidence, memory) or asked_in_these_words(evidence.question, evidence):
        return True
    return likelihood(evidence.signals) >= threshold_for(evidence)


def asked_facts(evidence: Evidence, memory: Memory, *, past: bool = False) -> list[Fact]:
    """Return the facts about the owner that a question asks for, those that hold first."""
    if evidence.subject is not None or asks_of_another(evidence.question):
        return []
    asked = asked_attributes(evidence.question)
    facts = [fact for fact in memory.beliefs.all(past=past) if fact.attribute in asked]
    facts = tastes_asked_for(evidence.question, facts, memory)
    return sorted(facts, key=lambda fact: (fact.state is not FactState.ACTIVE, not fact.taught))
