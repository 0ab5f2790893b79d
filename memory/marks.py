"""Marks of private data in the utterances of one twin; lifting one destroys nothing."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from memory.outbox import queue
from memory.tables import LiftedRow, UtteranceRow


class Marked(NamedTuple):
    """A kind of private data and how often it was found."""

    kind: str
    utterances: int
    hidden: int
    """How many of them only the owner is told."""
    lifted: bool
    """Whether the owner lets visitors see this kind."""


class Marks:
    """What of one twin's words was found to be private, by kind."""

    def __init__(self, engine: Engine, twin_id: int) -> None:
        self._engine = engine
        self._twin_id = twin_id

    def all(self) -> list[Marked]:
        """Return every kind that was found, the most frequent first."""
        query = (
            select(UtteranceRow.marks, UtteranceRow.private, func.count())
            .where(UtteranceRow.twin_id == self._twin_id, UtteranceRow.marks != "")
            .group_by(UtteranceRow.marks, col(UtteranceRow.private))
        )
        found, hidden = Counter[str](), Counter[str]()
        with Session(self._engine) as session:
            lifted = lifted_kinds(session, self._twin_id)
            for marks, private, count in session.exec(query).all():
                for kind in marks.split():
                    found[kind] += count
                    hidden[kind] += count if private else 0
        return [Marked(kind, n, hidden[kind], kind in lifted) for kind, n in found.most_common()]

    def lift(self, kind: str, *, lifted: bool) -> int:
        """Let visitors see what is private only for this kind of data, or hide it again.

        It holds for later imports too. Returns how many utterances changed.
        """
        with Session(self._engine) as session:
            self._note(session, kind, lifted=lifted)
            allowed = lifted_kinds(session, self._twin_id)
            query = select(UtteranceRow).where(
                UtteranceRow.twin_id == self._twin_id,
                col(UtteranceRow.marks).contains(kind),
                UtteranceRow.private == lifted,
            )
            rows = [row for row in session.exec(query).all() if kind in row.marks.split()]
            turned = [row for row in rows if bool(set(row.marks.split()) - allowed) != lifted]
            for row in turned:
                row.private = not lifted
            queue(session, self._twin_id, [row.utterance_id or 0 for row in turned])
            session.commit()
            return len(turned)

    def _note(self, session: Session, kind: str, *, lifted: bool) -> None:
        if lifted:
            session.merge(LiftedRow(twin_id=self._twin_id, kind=kind))
        elif known := session.get(LiftedRow, (self._twin_id, kind)):
            session.delete(known)
        session.flush()


def lifted_kinds(session: Session, twin_id: int) -> set[str]:
    """Return the kinds that the owner lets visitors see."""
    return set(session.exec(select(LiftedRow.kind).where(LiftedRow.twin_id == twin_id)).all())
