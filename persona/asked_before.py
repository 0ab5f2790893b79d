"""The owner's own answer to a question they were asked before: better than a small model's."""

import re
from collections.abc import Sequence

from memory.lexical import query_terms
from memory.model import Evidence, Fact, Utterance
from memory.store import Memory
from persona import guard
from persona.intent import asks_of_past
from persona.quoting import in_one_go, longest_quote, nearest_passage
from persona.style.model import Style

_SAME = 0.7
"""Likeness of two questions from which they ask the same, if not in the same words."""
_ASKED_FOR = re.compile(r"\b(?:who|whose|when|where|why|how)\b", re.IGNORECASE)


def asked_before(
    question: str, evidence: Evidence, facts: Sequence[Fact], memory: Memory, style: Style | None
) -> str | None:
    """Return how the owner answered the same question in an interview.

    Args:
        question: what is asked.
        evidence: what was recalled for it.
        facts: those that the question asks for; an answer that shows none of them is out of date.
        memory: the twin's.
        style: how the owner writes, for how long an answer may be.

    Returns:
        The answer, cut to what answers the question; None where there is none that holds.
    """
    answers = _answers(evidence)
    if not answers:
        return None
    prompts = [answer.prompt or "" for answer in answers]
    alike = memory.likeness(question, prompts) + [_same_words(question, one) for one in prompts]
    nearest = int(alike.argmax())
    answer = answers[nearest]
    other = _asks_otherwise(question, answer.prompt or "")
    outdated = facts and not any(answer.utterance_id in fact.evidence for fact in facts)
    if alike[nearest] < _SAME or other or outdated:
        return None
    cut = nearest_passage(answer.text, question, memory, longest_quote(style))
    return in_one_go(guard.plain(cut))


def asked_in_these_words(question: str, evidence: Evidence) -> bool:
    """Return whether the owner was asked a question in an interview, in the same words."""
    return any(_same_words(question, answer.prompt or "") for answer in _answers(evidence))


def _answers(evidence: Evidence) -> list[Utterance]:
    found = (hit.utterance for hit in evidence.hits)
    return [said for said in found if said.own and said.prompt and said.text]


def _same_words(question: str, other: str) -> bool:
    asked = set(query_terms(question).indices)
    same = asked == set(query_terms(other).indices)
    return bool(asked) and same and _asked_for(question) == _asked_for(other)


def _asks_otherwise(question: str, other: str) -> bool:
    """Return whether questions, however alike, ask of different times or for different things."""
    asked, answered = _asked_for(question), _asked_for(other)
    other_thing = bool(asked and answered) and asked.isdisjoint(answered)
    return other_thing or asks_of_past(question) != asks_of_past(other)


def _asked_for(question: str) -> set[str]:
    """Return the words that tell what is asked for, which recall doesn't look at."""
    return {found.casefold() for found in _ASKED_FOR.findall(question)}
