"""What the owner teaches in conversation: facts, corrections, wishes. Nobody else can.

Only the owner's own words are learnt from; never the twin's replies, never a visitor's claims.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from memory.attributes import asked_attributes, is_single
from memory.beliefs import OWNER
from memory.model import Fact, NewFact
from memory.store import Memory
from memory.talks import Turn
from persona.correction import Correction, Retraction, Teaching, read_teaching
from persona.decide import Outcome
from persona.intent import Intent, intent_of

_WORTH_KEEPING = 4
"""Words from which a statement of the owner is kept as a memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What one message of the owner teaches; false when it teaches nothing."""

    teaching: Teaching | None = None
    answers: str | None = None
    """The question that the twin couldn't answer, and that this message answers."""
    keeps: bool = False
    """True when the words themselves are worth remembering."""

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def lines(self) -> list[str]:
        """The lesson in a few words, one line for each thing learnt."""
        lines = list(_lines(self.teaching)) if self.teaching else []
        return lines or (["that answer"] if self.answers else [])


def read_lesson(heard: str, memory: Memory, before: Turn | None) -> Lesson:
    """Read what the owner's message teaches, given what is believed and what was just said."""
    believed = memory.beliefs.all()
    asked = asked_attributes(before.heard) if before else ()
    used = [fact for fact in believed if fact.attribute in asked]
    states = intent_of(heard) is Intent.STATEMENT
    unanswered = before is not None and before.outcome == Outcome.UNKNOWN
    return Lesson(
        teaching=read_teaching(heard, believed, just_used=used),
        answers=before.heard if before and unanswered and states else None,
        keeps=states and len(heard.split()) >= _WORTH_KEEPING,
    )


def learn(heard: str, lesson: Lesson, memory: Memory) -> tuple[str, ...]:
    """Keep what the owner taught; return it in words."""
    teaching = lesson.teaching or Teaching()
    for wish in teaching.wishes:
        memory.talks.wish(wish.kind, wish.sentence)
    forgets = any(retraction.forget for retraction in teaching.retractions)
    states = bool(teaching.facts or teaching.corrections or lesson.answers)
    if states or (lesson.keeps and not teaching.wishes and not forgets):
        shown = memory.remember(heard, speaker=memory.twin.owner, prompt=lesson.answers)
        _hold(teaching, shown, memory)
        memory.index_pending()
    for retraction in teaching.retractions:
        _retract(retraction, memory)
    return tuple(lesson.lines)


def _hold(teaching: Teaching, shown: int, memory: Memory) -> None:
    for correction in teaching.corrections:
        if not is_single(correction.new.attribute):
            memory.beliefs.correct(correction.old.fact_id, correction.new.value, evidence=[shown])
    several = [c.new for c in teaching.corrections if is_single(c.new.attribute)]
    memory.beliefs.hold(_taught(fact, shown) for fact in [*several, *teaching.facts])


def _taught(fact: NewFact, shown: int) -> NewFact:
    return replace(fact, subject=fact.subject or OWNER, taught=True, evidence=(shown,))


def _retract(retraction: Retraction, memory: Memory) -> None:
    for fact in retraction.facts:
        if retraction.forget:
            memory.forget_fact(fact.fact_id)
        else:
            memory.beliefs.retract(fact.fact_id)


def _lines(teaching: Teaching) -> Iterator[str]:
    yield from (f"{fact.attribute} {fact.value}" for fact in teaching.facts)
    yield from (_corrected(correction) for correction in teaching.corrections)
    for retraction in teaching.retractions:
        yield from _retracted(retraction)
    yield from (wish.sentence for wish in teaching.wishes)


def _corrected(correction: Correction) -> str:
    new, old = correction.new, correction.old
    return f"{new.attribute} {new.value}, not {old.value}"


def _retracted(retraction: Retraction) -> list[str]:
    verb = "forgotten" if retraction.forget else "no longer"
    facts: Sequence[Fact] = retraction.facts
    return [f"{verb}: {fact.attribute} {fact.value}" for fact in facts]
