"""The owner's own answer to a question they were asked before: better than a small model's."""

import re
from collections.abc import Sequence

from memory.lexical import query_terms
from memory.model import Evidence, Fact
from memory.store import Memory
from persona import guard
from persona.intent import asks_of_past
from persona.quoting import in_one_go, nearest_sentences

_SAME = 0.7
"""Likeness of two questions from which they ask the same, if not in the same words."""
_SAME_MATTER = 0.6
"""The same where a view or a reason is asked for, which people tell in their own way."""
_OPEN = re.compile(
    r"^(?:(?:and|but|so|well)\b,? )?(?:why|how (?:do|did) you (?:feel|come)|tell me|describe|"
    r"what (?:do|did) you (?:think|believe|like|love|hate|fear|miss)|what (?:are|were) you afraid|"
    r"do you (?:believe|like|love|regret|miss|enjoy|get on)|what (?:is|was) .* like\b)",
    re.IGNORECASE,
)


def asked_before(
    question: str, evidence: Evidence, facts: Sequence[Fact], memory: Memory
) -> str | None:
    """Return how the owner answered the same question in an interview.

    Args:
        question: what is asked.
        evidence: what was recalled for it.
        facts: those that the question asks for; an answer that shows none of them is out of date.
        memory: the twin's.

    Returns:
        The answer, cut to what answers the question; None where there is none that holds.
    """
    answers = [
        hit.utterance
        for hit in evidence.hits
        if hit.utterance.own and hit.utterance.prompt and hit.utterance.text
    ]
    if not answers:
        return None
    prompts = [answer.prompt or "" for answer in answers]
    alike = memory.likeness(question, prompts) + [_same_words(question, one) for one in prompts]
    nearest = int(alike.argmax())
    answer = answers[nearest]
    other_time = asks_of_past(question) != asks_of_past(answer.prompt or "")
    outdated = facts and not any(answer.utterance_id in fact.evidence for fact in facts)
    wanted = _SAME_MATTER if _OPEN.search(question.strip()) else _SAME
    if alike[nearest] < wanted or other_time or outdated:
        return None
    return in_one_go(guard.plain(nearest_sentences(answer.text, question, memory)))


def _same_words(question: str, other: str) -> bool:
    asked = set(query_terms(question).indices)
    return bool(asked) and asked == set(query_terms(other).indices)
