"""Chooses what of the evidence is put before the model, or quoted where there is none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from memory.attributes import asked_attributes
from memory.lexical import query_terms
from memory.model import Evidence, Fact, FactState, Hit, Utterance
from memory.store import Memory
from persona import prompt
from persona.before import read_before
from persona.intent import asks_of_past
from persona.quoting import nearest_sentences
from persona.topics import cues_for
from persona.verdict import asked_facts

RECENT = 0.05
RECENT_STATE = 0.3
"""What the newest of the hits gains over the oldest where a question is about now, and more where
it is about a state of life that changes, such as where somebody lives."""
OF_PAST = 0.5
"""What an answer of the interview about the past loses where a state of life now is asked for."""
SHOWS = 1.2
"""What words gain that show a fact which is asked for and holds."""
BURST_SECONDS = 120
"""A pause in which the same person goes on with the same thought."""
_JOIN = " / "
_MOST_FACTS = 3


def notes_for(
    question: str, evidence: Evidence, memory: Memory, *, owner: bool, budget: int
) -> list[str]:
    """Return the facts and remembered words that bear on a question, within a token budget."""
    facts = visible_facts(question, evidence, memory, owner=owner)
    words = words_for(question, evidence, facts)
    sure = sure_facts(question, facts, words)
    near = (replace(u, text=nearest_sentences(u.text, question, memory)) for u in words)
    return prompt.notes_within(budget, sure[:_MOST_FACTS], near)


def sure_facts(question: str, facts: Sequence[Fact], words: Sequence[Utterance]) -> list[Fact]:
    """Return the facts to rely on beside the words.

    Those are taught ones, past ones if asked for, and those that none of the words show.
    """
    past = asks_of_past(question)
    quoted = {utterance.utterance_id for utterance in words}

    def is_sure(fact: Fact) -> bool:
        if past:
            return fact.taught or not words or fact.valid_to is not None
        return fact.taught or quoted.isdisjoint(fact.evidence)

    return [fact for fact in facts if is_sure(fact)]


_ASKING = re.compile(r"[^.!?…\n]*\?")
_WISHES = re.compile(r"(\bwould|['’]d)( you)? (like|love|enjoy)\b|\blooks? like\b", re.IGNORECASE)


def meant_facts(heard: str, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that the question in a message asks for, whatever else it tells.

    "I love rain. Where do you live?" asks for no likes, nor does "what would you like to do?".
    """
    asking = " ".join(_ASKING.findall(heard)) or heard
    asked = asked_attributes(_WISHES.sub(" ", asking))
    return [fact for fact in facts if fact.attribute in asked]


def visible_facts(question: str, evidence: Evidence, memory: Memory, *, owner: bool) -> list[Fact]:
    """Return the facts that the question asks for and whoever asks may be told."""
    facts = asked_facts(evidence, memory, past=asks_of_past(question))
    earlier = read_before(question)
    facts = _replaced_by(earlier.named, facts) if earlier else facts
    return [fact for fact in facts if owner or not fact.private]


def _replaced_by(named: str, facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return the facts that held right before one whose value is named; all where none did."""
    wanted = set(query_terms(named).indices)
    since = {f.fact_id for f in facts if wanted & set(query_terms(f.value).indices)}
    return [fact for fact in facts if fact.superseded_by in since] or facts


def words_for(question: str, evidence: Evidence, facts: Sequence[Fact]) -> list[Utterance]:
    """Return the words that may answer a question, best first.

    A question about the owner is answered from the owner's words alone: what a friend says of
    themselves must not become the owner's.
    """
    past = asks_of_past(question)
    stale = set[int]() if past else _stale(evidence.facts, facts)
    kept = [h for h in evidence.hits if h.utterance.utterance_id not in stale]
    about = [h for h in kept if _by_subject(h, evidence) and h.utterance.text]
    shows = {i for fact in facts if fact.state is FactState.ACTIVE for i in fact.evidence}
    worth = _Worth(about, question, set[int]() if past else shows)
    best = [h.utterance for h in sorted(about, key=worth, reverse=True)]
    return list(_bursts(best, evidence))


def _bursts(best: Sequence[Utterance], evidence: Evidence) -> Iterator[Utterance]:
    """Yield the utterances, each with what its speaker wrote right before and after it.

    People tell things in bursts: "moved again", and only then where to.
    """
    near = {u.utterance_id: u for u in [*evidence.packed, *best]}
    taken = set[int]()
    for utterance in best:
        if utterance.utterance_id not in taken:
            burst = _burst(utterance, near)
            taken.update(u.utterance_id for u in burst)
            yield replace(utterance, text=_JOIN.join(u.text for u in burst))


def _burst(utterance: Utterance, near: Mapping[int, Utterance]) -> list[Utterance]:
    before = near.get(utterance.utterance_id - 1)
    after = near.get(utterance.utterance_id + 1)
    return [
        *([before] if before and _follows(before, utterance) else []),
        utterance,
        *([after] if after and _follows(utterance, after) else []),
    ]


def _follows(first: Utterance, second: Utterance) -> bool:
    if first.conversation_id != second.conversation_id or first.speaker != second.speaker:
        return False
    if first.prompt or second.prompt:
        return False
    if first.said_at is None or second.said_at is None or not (first.text and second.text):
        return False
    pause = (second.said_at - first.said_at).total_seconds()
    return 0 <= pause <= BURST_SECONDS


def _by_subject(hit: Hit, evidence: Evidence) -> bool:
    own = hit.utterance.own
    return own if evidence.subject is None else own or hit.utterance.speaker == evidence.subject


def _stale(shown: Sequence[Fact], asked: Sequence[Fact]) -> set[int]:
    """Return the utterances that show a value which has been replaced since."""
    slots = {(fact.subject, fact.attribute) for fact in asked}
    current = {i for fact in asked for i in fact.evidence}
    replaced = (
        i
        for fact in shown
        if fact.state is not FactState.ACTIVE and (fact.subject, fact.attribute) in slots
        for i in fact.evidence
    )
    return set(replaced) - current


_PAST = re.compile(r"\b(was|were|did|had|used to|first)\b", re.IGNORECASE)


class _Worth:
    """Orders hits by score; what shows a fact that holds, and newer words about now, go ahead."""

    def __init__(self, hits: Sequence[Hit], question: str, shows: set[int]) -> None:
        self._shows = shows
        times = [h.utterance.said_at.timestamp() for h in hits if h.utterance.said_at]
        self._first = min(times, default=0.0)
        self._span = max(times, default=0.0) - self._first
        self._of_now = bool(cues_for(question)) and not _PAST.search(question)
        now = RECENT_STATE if cues_for(question) else RECENT
        self._gain = 0.0 if asks_of_past(question) else now

    def __call__(self, hit: Hit) -> float:
        """Return what a hit is worth."""
        said_at, prompt = hit.utterance.said_at, hit.utterance.prompt
        score = hit.score + (SHOWS if hit.utterance.utterance_id in self._shows else 0.0)
        if prompt and self._of_now and _PAST.search(prompt):
            return score - OF_PAST
        if said_at is None or not self._span or prompt:
            return score + self._gain / 2
        return score + self._gain * (said_at.timestamp() - self._first) / self._span
