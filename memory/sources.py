"""The sources of one twin and the conversations in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from memory.database import cut_log
from memory.model import Form, Source
from memory.tables import AliasRow, ConversationRow, SourceRow, TwinRow, UtteranceRow

_select: Any = select
"""The typed `select` takes four columns at most."""

TALK = "talk"
"""Format and name of the source that holds what the owner told the twin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSize:
    """How much of a source is in memory, and from when to when it runs."""

    source: Source
    utterances: int
    own: int
    first: datetime | None
    last: datetime | None


class Sources:
    """Where the words of one twin come from, and the names its owner goes by in them."""

    def __init__(self, engine: Engine, twin_id: int) -> None:
        self._engine = engine
        self._twin_id = twin_id

    def add(self, name: str, format: str, digest: str = "") -> int:
        """Return the id of a source, entered if it is not known by name, format and content."""
        same = (SourceRow.name == name, SourceRow.format == format, SourceRow.digest == digest)
        with Session(self._engine) as session:
            query = select(SourceRow).where(SourceRow.twin_id == self._twin_id, *same)
            row = session.exec(query).first()
            if row is None:
                row = SourceRow(twin_id=self._twin_id, name=name, format=format, digest=digest)
                session.add(row)
                session.commit()
            return row.source_id or 0

    def sizes(self) -> list[SourceSize]:
        """Return every source with its size, oldest first."""
        query: Any = (
            _select(
                SourceRow,
                func.count(col(UtteranceRow.utterance_id)),
                func.count().filter(col(UtteranceRow.own)),
                func.min(UtteranceRow.said_at),
                func.max(UtteranceRow.said_at),
            )
            .join(UtteranceRow, col(UtteranceRow.source_id) == SourceRow.source_id, isouter=True)
            .where(SourceRow.twin_id == self._twin_id)
            .group_by(col(SourceRow.source_id))
        )
        with Session(self._engine) as session:
            return [_size(*row) for row in cast(Any, session).exec(query).all()]

    def put_report(self, source_id: int, report: dict[str, Any]) -> None:
        """Store what an import found in a source and what it skipped."""
        with Session(self._engine) as session:
            row = session.get_one(SourceRow, source_id)
            row.report = report
            session.commit()

    def report(self, source_id: int) -> dict[str, Any] | None:
        """Return what the last import of a source found, as it was put."""
        with Session(self._engine) as session:
            row = session.get(SourceRow, source_id)
            return row.report if row and row.twin_id == self._twin_id else None

    def by_month(self, source_id: int) -> list[tuple[str, str, bool, int]]:
        """Return how much each person said in each month: month, speaker, is the owner, count."""
        month = func.coalesce(func.strftime("%Y-%m", UtteranceRow.said_at), "")
        query: Any = (
            _select(month, UtteranceRow.speaker, col(UtteranceRow.own), func.count())
            .where(UtteranceRow.twin_id == self._twin_id, UtteranceRow.source_id == source_id)
            .group_by(month, UtteranceRow.speaker, col(UtteranceRow.own))
            .order_by(month)
        )
        with Session(self._engine) as session:
            return [(m, s, own, n) for m, s, own, n in cast(Any, session).exec(query).all()]

    def conversation(self, format: str, key: str, title: str, form: Form) -> int:
        """Return the id of a conversation, entered if it is not known by format and key."""
        with Session(self._engine) as session:
            found = session.exec(self._conversation(format, key)).first()
            if found is not None:
                return found
            row = ConversationRow(
                twin_id=self._twin_id, format=format, key=key, title=title, form=form
            )
            session.add(row)
            session.commit()
            return row.conversation_id or 0

    def find_conversation(self, format: str, key: str) -> int | None:
        """Return the id of a conversation, if it is known."""
        with Session(self._engine) as session:
            return session.exec(self._conversation(format, key)).first()

    def _conversation(self, format: str, key: str):
        return (
            select(ConversationRow.conversation_id)
            .where(ConversationRow.twin_id == self._twin_id)
            .where(ConversationRow.format == format, ConversationRow.key == key)
        )

    def aliases(self) -> list[str]:
        """Return the names that stand for the owner in exports."""
        with Session(self._engine) as session:
            query = select(AliasRow.name).where(AliasRow.twin_id == self._twin_id)
            return list(session.exec(query).all())

    def add_aliases(self, names: Sequence[str]) -> None:
        """Remember names of the owner."""
        with Session(self._engine) as session:
            for name in names:
                session.merge(AliasRow(twin_id=self._twin_id, name=name))
            session.commit()

    def style(self) -> dict[str, Any] | None:
        """Return the stored style of the owner: None before the first, empty once it is spoilt."""
        with Session(self._engine) as session:
            row = session.get(TwinRow, self._twin_id)
            return row.style if row else None

    def spoil_style(self) -> None:
        """Drop a style that may quote words which are no more; it is to be measured anew."""
        if self.style() is not None:
            self.put_style({})

    def put_style(self, style: dict[str, Any]) -> None:
        """Store the style of the owner; no byte stays of the last one, which quoted them."""
        with Session(self._engine) as session:
            row = session.get_one(TwinRow, self._twin_id)
            row.style = style
            session.commit()
        cut_log(self._engine)


def _size(
    row: SourceRow, utterances: int, own: int, first: datetime | None, last: datetime | None
) -> SourceSize:
    source = Source(
        source_id=row.source_id or 0,
        twin_id=row.twin_id,
        name=row.name,
        format=row.format,
        imported_at=row.imported_at,
    )
    return SourceSize(source=source, utterances=utterances, own=own, first=first, last=last)
