"""What the owner teaches in conversation: facts, corrections, wishes. Nobody else can.

Only the owner's own words are learnt from; never the twin's replies, never a visitor's claims.
"""

from dataclasses import dataclass, replace

from memory.beliefs import OWNER
from memory.model import Fact, NewFact
from memory.store import Memory
from persona.correction import Teaching, read_teaching


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What one message teaches; empty (and false) when it teaches nothing."""

    teaching: Teaching | None = None

    def __bool__(self) -> bool:
        return self.teaching is not None and bool(self.teaching)

    @property
    def lines(self) -> list[str]:
        """The lesson in a few words, one line for each thing learnt."""
        return list(self.teaching.lines) if self.teaching else []


def read_lesson(heard: str, memory: Memory) -> Lesson:
    """Read what the owner's message teaches, given what is believed already."""
    return Lesson(teaching=read_teaching(heard, memory.beliefs.all()))


def learn(heard: str, lesson: Lesson, memory: Memory) -> tuple[str, ...]:
    """Keep what the owner taught; return it in words."""
    teaching = lesson.teaching
    if teaching is None or not lesson:
        return ()
    for wish in teaching.wishes:
        memory.talks.wish(wish.kind, wish.sentence)
    if teaching.facts or teaching.retractions:
        utterance_id = memory.remember(heard, speaker=memory.twin.owner)
        _apply(teaching, utterance_id, memory)
        memory.index_pending()
    return tuple(lesson.lines)


def _apply(teaching: Teaching, utterance_id: int, memory: Memory) -> None:
    for fact_id in teaching.retractions:
        memory.beliefs.retract(fact_id)
    taught = [
        replace(fact, subject=fact.subject or OWNER, taught=True, evidence=(utterance_id,))
        for fact in teaching.facts
    ]
    memory.beliefs.hold(taught)


def as_taught(fact: Fact, value: str) -> NewFact:
    """Return a fact with a new value, as the owner's word."""
    return NewFact(subject=fact.subject, attribute=fact.attribute, value=value, taught=True)
