"""The interviewer: asks the course, listens, follows up, and takes up where it was left."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from ingest.interview.contradictions import find_contradictions, put_contradiction, settle
from ingest.interview.course import Area, Length, Want, load_course, question_key
from ingest.interview.direct import direct_values
from ingest.interview.follow_up import FollowUps, follow_up_by_rules
from ingest.interview.picture import AreaPicture, draw_picture
from ingest.pieces import pieces
from memory.beliefs import OWNER
from memory.interviews import AskedQuestion, NewQuestion, Reason
from memory.model import NewFact, NewUtterance
from memory.store import Memory

FORMAT = "interview"
_MOST_PARTS = 100_000


class _Limits(NamedTuple):
    each: int
    """Follow-ups to one question of the course."""
    follow_ups: int
    wants: int


_LIMITS: dict[Length, _Limits] = {"short": _Limits(1, 6, 5), "long": _Limits(2, 90, 30)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """What an interviewer is handed to understand answers."""

    learn: Callable[[Sequence[int]], int]
    """Reads facts from new utterances and holds them; returns how many are new."""
    screen: Callable[[str], Collection[str]]
    """Returns the kinds of private data in a text; with any it is for the owner alone."""
    follow_ups: FollowUps | None = None
    """Asks in the place of the rules, where a good language model is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of an answer."""

    facts: int
    """How many facts were learnt from it."""
    utterance_ids: tuple[int, ...]


class Interviewer:
    """Interviews the owner of one twin; every step is kept at once."""

    def __init__(self, memory: Memory, listening: Listening, length: Length) -> None:
        self._memory = memory
        self._listening = listening
        self._length: Length = length
        self._source = "Interview"

    def next(self, area: str = "") -> AskedQuestion | None:
        """Return the question to ask now, or None when the course is through.

        Args:
            area: the area to ask about first; the course goes on elsewhere after it.
        """
        asked = self._memory.interviews.all()
        pending = next((q for q in asked if q.state == "open" and self._belongs(q, area)), None)
        if pending:
            return pending
        areas = sorted(load_course().area, key=lambda one: one.key != area)
        following = next((q for one in areas for q in self._of_area(one, asked)), None)
        return self._memory.interviews.ask(following) if following else None

    def answer(
        self, question: AskedQuestion, text: str, *, said_at: datetime | None = None
    ) -> Taken:
        """Keep an answer, learn from it, and think of what to ask next; empty words skip."""
        return self._take(question, text, said_at, pursue=True)

    def record(
        self,
        question: AskedQuestion,
        text: str,
        *,
        source: str = "",
        said_at: datetime | None = None,
    ) -> Taken:
        """Keep an answer, or put it in the place of an earlier one, without asking further."""
        self._source = source or self._source
        return self._take(question, text, said_at, pursue=False)

    def skip(self, question: AskedQuestion) -> None:
        """Leave a question without an answer."""
        self._memory.interviews.skip(question.question_id)

    def back(self) -> AskedQuestion | None:
        """Return to the question before this one, or None when there is none."""
        asked = self._memory.interviews.all()
        current = next((q for q in asked if q.state == "open"), None)
        ends = current.question_id if current else asked[-1].question_id + 1 if asked else 0
        done = [q for q in asked if q.state != "open" and q.question_id < ends]
        if not done:
            return None
        last = done[-1]
        later = [q.question_id for q in asked if q.after == last.question_id]
        self._memory.interviews.drop(later)
        self._memory.interviews.reopen(last.question_id)
        return self._memory.interviews.get(last.question_id)

    def catch_up(self) -> int:
        """Learn from answers that were kept just before a sudden end; return how many."""
        asked = self._memory.interviews.all()
        missed = [q for q in asked if q.state == "answered" and q.answer and not q.learnt]
        for question in missed:
            self._learn(question)
        return len(missed)

    def picture(self) -> list[AreaPicture]:
        """Return how complete the picture is by area."""
        beliefs = self._memory.beliefs.all(past=False)
        return draw_picture(self._memory.interviews.all(), beliefs, self._length)

    def _take(
        self, question: AskedQuestion, text: str, said_at: datetime | None, *, pursue: bool
    ) -> Taken:
        words = text.encode("utf-8", "replace").decode().strip()
        if not words:
            self.skip(question)
            return Taken(facts=0, utterance_ids=())
        parts = self._parts(question, words, said_at or datetime.now(UTC))
        sources = self._memory.sources
        conversation_id = sources.conversation(FORMAT, FORMAT, "Interview", "interview")
        source_id = sources.add(self._source, FORMAT)
        ids = self._memory.keep_answer(question.question_id, conversation_id, source_id, parts)
        answered = self._memory.interviews.get(question.question_id)
        facts = self._learn(answered)
        if pursue:
            self._pursue(answered)
        return Taken(facts=facts, utterance_ids=tuple(ids))

    def _parts(
        self, question: AskedQuestion, words: str, said_at: datetime
    ) -> list[tuple[NewUtterance, int, Collection[str]]]:
        marks = self._listening.screen(f"{question.prompt}\n{words}")
        return [
            (
                NewUtterance(
                    speaker=self._memory.twin.owner,
                    own=True,
                    text=piece,
                    said_at=said_at,
                    prompt=question.prompt,
                    place=f"answer {question.question_id}",
                ),
                question.question_id * _MOST_PARTS + at,  # the same words may answer two questions
                marks,
            )
            for at, piece in enumerate(_paragraphs(words))
        ]

    def _learn(self, question: AskedQuestion) -> int:
        count = self._listening.learn(question.utterance_ids)
        if question.fact_id is not None and question.reason == "contradiction":
            count += settle(self._memory, question.fact_id, question.answer, question.utterance_ids)
        if question.attribute:
            count += self._hold_direct(question)
        self._memory.interviews.mark_learnt(question.question_id)
        return count

    def _hold_direct(self, question: AskedQuestion) -> int:
        """Take a few words as the fact that was asked for, unless the rules have read it."""
        beliefs = self._memory.beliefs
        read = {fact.attribute for fact in beliefs.shown_by(question.utterance_ids)}
        if question.attribute in read:
            return 0
        values = direct_values(question.answer, question.attribute)
        facts = [
            NewFact(
                subject=OWNER,
                attribute=question.attribute,
                value=value,
                private=bool(self._listening.screen(value)),
                taught=True,
                evidence=question.utterance_ids,
            )
            for value in values
        ]
        return len(beliefs.hold(facts))

    def _pursue(self, question: AskedQuestion) -> None:
        """Open the question that the answer leads to, if there is one."""
        clashes = find_contradictions(self._memory, question.utterance_ids)
        asked = self._memory.interviews.all()
        known = {q.fact_id for q in asked if q.reason == "contradiction"}
        for clash in clashes:
            if clash.old.fact_id not in known:
                put = put_contradiction(self._memory, clash)
                self._open(question, "contradiction", put, fact_id=clash.old.fact_id)
                return
        if question.attribute or not self._may_follow(question, asked):
            return
        if put := self._follow_up(question, asked):
            self._open(question, "follow-up", put)

    def _open(
        self, question: AskedQuestion, reason: Reason, prompt: str, *, fact_id: int | None = None
    ) -> None:
        turn = sum(q.after == question.question_id for q in self._memory.interviews.all())
        self._memory.interviews.ask(
            NewQuestion(
                key=f"{reason}:{question.question_id}/{turn}",
                area=question.area,
                prompt=prompt,
                reason=reason,
                after=question.question_id,
                fact_id=fact_id,
            )
        )

    def _follow_up(self, question: AskedQuestion, asked: Sequence[AskedQuestion]) -> str | None:
        told = [q.prompt for q in asked]
        finder = self._listening.follow_ups
        found = finder.follow_up(question.prompt, question.answer) if finder else None
        if found and found not in told:
            return found
        turn = sum(q.reason == "follow-up" for q in asked)
        return follow_up_by_rules(question.answer, told=told, turn=turn)

    def _may_follow(self, question: AskedQuestion, asked: Sequence[AskedQuestion]) -> bool:
        limits = _LIMITS[self._length]
        in_all = sum(q.reason == "follow-up" for q in asked)
        by_id = {q.question_id: q for q in asked}
        depth, at = 0, question
        while at.after is not None and at.after in by_id:
            depth, at = depth + 1, by_id[at.after]
        return depth < limits.each and in_all < limits.follow_ups

    def _belongs(self, question: AskedQuestion, area: str) -> bool:
        """Tell whether an open question is to be asked in this course, and before `area`."""
        if question.reason == "file" or question.answer or question.after is not None:
            return True
        if area and question.area != area:
            return False
        if question.reason == "gap":
            return True
        places = [a for a in load_course().area if a.key == question.area]
        keys = (question_key(a, q) for a in places for q in a.questions(self._length))
        return question.key in keys

    def _of_area(self, area: Area, asked: Sequence[AskedQuestion]) -> Iterator[NewQuestion]:
        """Yield what is still to be asked in an area: its questions, then what is wanted."""
        done = {q.key for q in asked if q.state != "open"}
        facts = self._memory.beliefs.all()
        known = {f.attribute: f.value for f in facts if f.subject == OWNER}
        ids = {f.attribute: f.fact_id for f in facts if f.subject == OWNER}
        for question in area.questions(self._length):
            key = question_key(area, question)
            if key not in done:
                fact_id = ids.get(question.known_attribute)
                put = question.put(known)
                yield NewQuestion(key=key, area=area.key, prompt=put, fact_id=fact_id)
        if sum(q.reason == "gap" for q in asked if q.state != "open") < _LIMITS[self._length].wants:
            yield from self._wanted(area, asked, known, done)

    def _wanted(
        self,
        area: Area,
        asked: Sequence[AskedQuestion],
        known: Iterable[str],
        done: Iterable[str],
    ) -> Iterator[NewQuestion]:
        for want in area.wants:
            key = f"want:{area.key}/{want.attribute}"
            if want.attribute not in known and key not in done:
                yield NewQuestion(
                    key=key,
                    area=area.key,
                    prompt=_put_want(area, want, asked),
                    reason="gap",
                    attribute=want.attribute,
                )


def _put_want(area: Area, want: Want, asked: Sequence[AskedQuestion]) -> str:
    """Return how a missing fact is asked for, more humbly where it may have been told."""
    told = {q.key for q in asked if q.answer}
    spoken = any(
        want.attribute in question.fills and question_key(area, question) in told
        for question in area.question
    )
    if not spoken:
        return want.ask
    return f"So that I have it right, in a few words: {want.ask[0].lower()}{want.ask[1:]}"


def _paragraphs(words: str) -> Iterator[str]:
    for paragraph in words.split("\n\n"):
        yield from pieces(paragraph.strip())
