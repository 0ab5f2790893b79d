"""Conversations with the twin: one thread for the owner and one for each visitor, never mixed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from memory.database import cut_log
from memory.model import OWNER
from memory.tables import ThreadRow, TurnRow, WishRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One exchange: what was heard and what the twin replied."""

    turn_id: int
    said_at: datetime
    heard: str
    reply: str
    outcome: str
    evidence: tuple[int, ...] = ()
    learned: tuple[str, ...] = ()
    timings_ms: Mapping[str, float]


class Talks:
    """The threads of one twin; every call names whose thread, and reads no other."""

    def __init__(self, engine: Engine, twin_id: int) -> None:
        self._engine = engine
        self._twin_id = twin_id

    def add(
        self,
        visitor: str,
        *,
        heard: str,
        reply: str,
        outcome: str,
        evidence: Sequence[int] = (),
        learned: Sequence[str] = (),
        timings_ms: Mapping[str, float] | None = None,
    ) -> int:
        """Keep a turn in the thread of `visitor`; return its id."""
        with Session(self._engine) as session:
            turn = TurnRow(
                thread_id=self._thread(session, visitor),
                heard=heard,
                reply=reply,
                outcome=outcome,
                evidence=list(evidence),
                learned=list(learned),
                timings_ms=dict(timings_ms or {}),
            )
            session.add(turn)
            session.commit()
            return turn.turn_id or 0

    def last(self, visitor: str, count: int) -> list[Turn]:
        """Return the last turns of the thread of `visitor`, oldest first."""
        query = (
            select(TurnRow)
            .join(ThreadRow, col(ThreadRow.thread_id) == TurnRow.thread_id)
            .where(ThreadRow.twin_id == self._twin_id, ThreadRow.visitor == visitor)
            .order_by(col(TurnRow.turn_id).desc())
            .limit(count)
        )
        with Session(self._engine) as session:
            return [_as_turn(row) for row in reversed(session.exec(query).all())]

    def shorten(self, turn_id: int, visitor: str, reply: str) -> None:
        """Keep of a reply only `reply`, the part that was heard."""
        self._change(turn_id, visitor, lambda row: setattr(row, "reply", reply))

    def add_timings(self, turn_id: int, visitor: str, timings_ms: Mapping[str, float]) -> None:
        """Keep more times of a turn."""
        self._change(
            turn_id,
            visitor,
            lambda row: setattr(row, "timings_ms", {**row.timings_ms, **timings_ms}),
        )

    def _change(self, turn_id: int, visitor: str, change: Callable[[TurnRow], None]) -> None:
        """Change a turn, if it stands in the thread of `visitor`."""
        query = (
            select(TurnRow)
            .join(ThreadRow, col(ThreadRow.thread_id) == TurnRow.thread_id)
            .where(ThreadRow.twin_id == self._twin_id, ThreadRow.visitor == visitor)
            .where(TurnRow.turn_id == turn_id)
        )
        with Session(self._engine) as session:
            row = session.exec(query).first()
            if row is not None:
                change(row)
                session.add(row)
                session.commit()

    def visitors(self) -> list[str]:
        """Return the names of those who have talked with the twin."""
        query = select(ThreadRow.visitor).where(ThreadRow.twin_id == self._twin_id)
        with Session(self._engine) as session:
            return [name for name in session.exec(query).all() if name != OWNER]

    def erase(self, visitor: str) -> None:
        """Erase the thread of `visitor`."""
        with Session(self._engine) as session:
            session.exec(
                delete(ThreadRow)
                .where(col(ThreadRow.twin_id) == self._twin_id)
                .where(col(ThreadRow.visitor) == visitor)
            )
            session.commit()
        cut_log(self._engine)

    def wish(self, kind: str, sentence: str) -> None:
        """Keep what the owner wishes of the manner; it replaces an older wish of its kind."""
        with Session(self._engine) as session:
            for older in session.exec(self._active_wishes().where(WishRow.kind == kind)):
                older.active = False
            session.add(WishRow(twin_id=self._twin_id, kind=kind, sentence=sentence))
            session.commit()

    def wishes(self) -> list[str]:
        """Return the sentences of the wishes that hold, oldest first."""
        with Session(self._engine) as session:
            return [w.sentence for w in session.exec(self._active_wishes())]

    def drop_wish(self, sentence: str) -> None:
        """Let go of a wish."""
        with Session(self._engine) as session:
            for row in session.exec(self._active_wishes().where(WishRow.sentence == sentence)):
                row.active = False
            session.commit()

    def take_up_wish(self, sentence: str) -> None:
        """Let a wish hold again that was dropped or replaced."""
        mine = (WishRow.twin_id == self._twin_id, WishRow.sentence == sentence)
        with Session(self._engine) as session:
            newest = select(WishRow).where(*mine).order_by(col(WishRow.wish_id).desc())
            if (row := session.exec(newest).first()) is not None:
                row.active = True
                session.commit()

    def _active_wishes(self):
        query = select(WishRow).where(WishRow.twin_id == self._twin_id, col(WishRow.active))
        return query.order_by(col(WishRow.wish_id))

    def _thread(self, session: Session, visitor: str) -> int:
        mine = (ThreadRow.twin_id == self._twin_id, ThreadRow.visitor == visitor)
        row = session.exec(select(ThreadRow).where(*mine)).first()
        if row is None:
            row = ThreadRow(twin_id=self._twin_id, visitor=visitor)
            session.add(row)
            session.flush()
        return row.thread_id or 0


def _as_turn(row: TurnRow) -> Turn:
    return Turn(
        turn_id=row.turn_id or 0,
        said_at=row.said_at,
        heard=row.heard,
        reply=row.reply,
        outcome=row.outcome,
        evidence=tuple(row.evidence),
        learned=tuple(row.learned),
        timings_ms=row.timings_ms,
    )
