"""The interviews of one twin: what was asked, what was said to it, and where to go on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import ColumnElement, Engine, delete, update
from sqlmodel import Session, col, select

from memory.errors import NotFound
from memory.model import NewUtterance
from memory.tables import AnswerPartRow, InterviewQuestionRow, UtteranceRow
from memory.utterances import Utterances

State = Literal["open", "answered", "skipped"]
Reason = Literal["course", "follow-up", "gap", "contradiction", "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A question on its way into the interview."""

    key: str
    """Names it among the questions of its twin."""
    area: str
    """The area of a life it belongs to."""
    prompt: str
    """The question as the owner reads it."""
    reason: Reason = "course"
    after: int | None = None
    """Id of the question whose answer led to this one."""
    attribute: str = ""
    """The one thing it asks for, where a few words are an answer."""
    fact_id: int | None = None
    """The fact it speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion(NewQuestion):
    """A question that was asked, with what came of it."""

    question_id: int
    state: State
    asked_at: datetime
    answer: str = ""
    """The words of the answer; empty when there is none, or when it was forgotten."""
    utterance_ids: tuple[int, ...] = ()
    learnt: bool = False
    """True once facts have been read from the answer."""


class Interviews:
    """The course of one twin's interview; each answer and its words are kept at one stroke."""

    def __init__(self, engine: Engine, twin_id: int, utterances: Utterances) -> None:
        self._engine = engine
        self._twin_id = twin_id
        self._utterances = utterances

    def all(self) -> list[AskedQuestion]:
        """Return every question that was asked, in the order they were asked."""
        with Session(self._engine) as session:
            query = select(InterviewQuestionRow).where(self._mine())
            rows = session.exec(query.order_by(col(InterviewQuestionRow.question_id))).all()
            return _asked(session, rows)

    def get(self, question_id: int) -> AskedQuestion:
        """Return one question.

        Raises:
            NotFound: this twin was not asked it.
        """
        with Session(self._engine) as session:
            return _asked(session, [self._row(session, question_id)])[0]

    def ask(self, question: NewQuestion) -> AskedQuestion:
        """Enter a question as open; one whose key is known is returned as it stands."""
        with Session(self._engine) as session:
            row = session.exec(
                select(InterviewQuestionRow).where(
                    self._mine(), col(InterviewQuestionRow.key) == question.key
                )
            ).first()
            if row is None:
                row = InterviewQuestionRow(
                    twin_id=self._twin_id,
                    key=question.key,
                    area=question.area,
                    prompt=question.prompt,
                    reason=question.reason,
                    after=question.after,
                    attribute=question.attribute,
                    fact_id=question.fact_id,
                )
                session.add(row)
                session.commit()
            return _asked(session, [row])[0]

    def answer(
        self,
        question_id: int,
        conversation_id: int,
        source_id: int,
        parts: Sequence[tuple[NewUtterance, int, Collection[str]]],
    ) -> list[int]:
        """Keep an answer, in place of one given before; return the ids of its utterances.

        Args:
            question_id: what it answers.
            conversation_id: the interview.
            source_id: where the words come from.
            parts: the words, as `Utterances.add` takes them.
        """
        with Session(self._engine) as session:
            row = self._row(session, question_id)
            earlier = select(AnswerPartRow.utterance_id).where(
                AnswerPartRow.question_id == question_id
            )
            self._utterances.withdraw_within(session, session.exec(earlier).all())
            added = self._utterances.add_within(session, conversation_id, source_id, parts)
            for utterance_id in added:
                session.add(AnswerPartRow(question_id=question_id, utterance_id=utterance_id))
            row.state, row.answered_at, row.learnt = "answered", datetime.now(UTC), False
            session.commit()
            return added

    def skip(self, question_id: int) -> None:
        """Leave a question without an answer."""
        self._set(question_id, state="skipped")

    def reopen(self, question_id: int) -> None:
        """Let a question be asked again; what was said to it stays until it is answered anew."""
        self._set(question_id, state="open")

    def mark_learnt(self, question_id: int, *, learnt: bool = True) -> None:
        """Remember whether facts have been read from an answer."""
        self._set(question_id, learnt=learnt)

    def drop(self, question_ids: Sequence[int]) -> None:
        """Take back questions that nobody has answered."""
        with Session(self._engine) as session:
            session.exec(
                delete(InterviewQuestionRow)
                .where(self._mine(), col(InterviewQuestionRow.state) == "open")
                .where(col(InterviewQuestionRow.question_id).in_(question_ids))
            )
            session.commit()

    def questions_of(self, utterance_ids: Iterable[int]) -> set[int]:
        """Return the questions whose answers hold any of these utterances."""
        with Session(self._engine) as session:
            query = select(AnswerPartRow).join(InterviewQuestionRow).where(self._mine())
            answers = {part.utterance_id: part.question_id for part in session.exec(query).all()}
        return {answers[one] for one in utterance_ids if one in answers}

    def unquote(self, *, utterance_ids: Sequence[int], fact_id: int | None = None) -> list[int]:
        """Take out of later questions what they quote of words or of a fact to be forgotten.

        Returns:
            the utterances whose question changed with it, to be indexed anew.
        """
        with Session(self._engine) as session:
            quoting = [
                row.question_id
                for row in session.exec(select(InterviewQuestionRow).where(self._mine())).all()
                if row.fact_id is not None and row.fact_id == fact_id
            ] + self._following(session, utterance_ids)
            of_question = col(InterviewQuestionRow.question_id).in_(quoting)
            session.exec(
                delete(InterviewQuestionRow).where(
                    of_question, col(InterviewQuestionRow.state) == "open"
                )
            )
            session.exec(update(InterviewQuestionRow).where(of_question).values(prompt=FORGOTTEN))
            changed = [
                part.utterance_id
                for part in session.exec(
                    select(AnswerPartRow).where(col(AnswerPartRow.question_id).in_(quoting))
                ).all()
            ]
            session.exec(
                update(UtteranceRow)
                .where(col(UtteranceRow.utterance_id).in_(changed))
                .values(prompt=None)
            )
            session.commit()
            return changed

    def _following(self, session: Session, utterance_ids: Sequence[int]) -> list[int | None]:
        """Return the questions that were led to by an answer of these utterances."""
        answered = select(AnswerPartRow.question_id).where(
            col(AnswerPartRow.utterance_id).in_(utterance_ids)
        )
        query = select(InterviewQuestionRow.question_id).where(
            self._mine(), col(InterviewQuestionRow.after).in_(answered)
        )
        return list(session.exec(query).all())

    def _set(self, question_id: int, **values: object) -> None:
        with Session(self._engine) as session:
            row = self._row(session, question_id)
            for name, value in values.items():
                setattr(row, name, value)
            session.commit()

    def _mine(self) -> ColumnElement[bool]:
        return col(InterviewQuestionRow.twin_id) == self._twin_id

    def _row(self, session: Session, question_id: int) -> InterviewQuestionRow:
        row = session.get(InterviewQuestionRow, question_id)
        if row is None or row.twin_id != self._twin_id:
            raise NotFound(f"there is no question {question_id} in this interview")
        return row


FORGOTTEN = "(a question about something forgotten)"
"""Stands for a question whose words quoted what was erased."""


def _asked(session: Session, rows: Sequence[InterviewQuestionRow]) -> list[AskedQuestion]:
    ids = [row.question_id for row in rows]
    query = (
        select(AnswerPartRow.question_id, AnswerPartRow.utterance_id, UtteranceRow.text)
        .join(UtteranceRow, col(UtteranceRow.utterance_id) == AnswerPartRow.utterance_id)
        .where(col(AnswerPartRow.question_id).in_(ids))
        .order_by(col(AnswerPartRow.utterance_id))
    )
    parts: dict[int, list[tuple[int, str]]] = {}
    for question_id, utterance_id, text in session.exec(query).all():
        parts.setdefault(question_id, []).append((utterance_id, text))
    return [_question(row, parts.get(row.question_id or 0, [])) for row in rows]


def _question(row: InterviewQuestionRow, parts: Sequence[tuple[int, str]]) -> AskedQuestion:
    return AskedQuestion(
        question_id=row.question_id or 0,
        key=row.key,
        area=row.area,
        prompt=row.prompt,
        reason=row.reason,  # pyright: ignore[reportArgumentType]
        after=row.after,
        attribute=row.attribute,
        fact_id=row.fact_id,
        state=row.state,  # pyright: ignore[reportArgumentType]
        asked_at=row.asked_at,
        answer="\n\n".join(text for _, text in parts),
        utterance_ids=tuple(utterance_id for utterance_id, _ in parts),
        learnt=row.learnt,
    )
