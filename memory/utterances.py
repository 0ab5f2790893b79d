"""The utterances of one twin: adding without doubles, reading, hiding, forgetting."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, cast

from sqlalchemy import Engine, bindparam, delete, literal, update
from sqlalchemy import select as core_select
from sqlalchemy.dialects import sqlite
from sqlmodel import Session, col, func, select

from memory.home import Home
from memory.marks import lifted_kinds
from memory.model import NewUtterance, Utterance
from memory.outbox import queue
from memory.tables import (
    AlsoInRow,
    OutboxRow,
    SourceRow,
    TombstoneRow,
    UtteranceRow,
)

_COLUMNS: tuple[Any, ...] = cast(
    "tuple[Any, ...]",
    (
        col(UtteranceRow.utterance_id),
        col(UtteranceRow.conversation_id),
        col(SourceRow.name).label("source"),
        col(UtteranceRow.speaker),
        col(UtteranceRow.own),
        col(UtteranceRow.text),
        col(UtteranceRow.said_at),
        col(UtteranceRow.external_id),
        col(UtteranceRow.attachment),
        col(UtteranceRow.prompt),
        col(UtteranceRow.quoted),
        col(UtteranceRow.place),
        col(UtteranceRow.private),
    ),
)
"""The columns of an utterance as `Utterance` names them; read without the object mapper, which
is several times slower and stands in the way of every reply."""
_FIELDS: tuple[str, ...] = tuple(column.key for column in _COLUMNS)
_BY_ID: Any = (
    core_select(*_COLUMNS)
    .join(SourceRow, col(SourceRow.source_id) == UtteranceRow.source_id)
    .where(col(UtteranceRow.twin_id) == bindparam("twin_id"))
    .where(col(UtteranceRow.utterance_id).in_(bindparam("ids", expanding=True)))
)
_PUBLIC_BY_ID: Any = _BY_ID.where(col(UtteranceRow.private).is_(False))


class Utterances:
    """What was said to, by and around one owner; no method reaches another twin's words."""

    def __init__(self, home: Home, twin_id: int) -> None:
        self._home = home
        self._engine: Engine = home.engine
        self._twin_id = twin_id

    def add(
        self,
        conversation_id: int,
        source_id: int,
        utterances: Sequence[tuple[NewUtterance, int, Collection[str]]],
    ) -> list[int]:
        """Add utterances in one transaction; return the ids of those that were not there yet.

        Args:
            conversation_id: the conversation they belong to.
            source_id: the source they come from.
            utterances: each with how many of the very same stood before it in this source at
                the same time, and the kinds of private data in it.
        """
        with Session(self._engine) as session:
            new = self.add_within(session, conversation_id, source_id, utterances)
            session.commit()
            return new

    def add_within(
        self,
        session: Session,
        conversation_id: int,
        source_id: int,
        utterances: Sequence[tuple[NewUtterance, int, Collection[str]]],
    ) -> list[int]:
        """Do what `add` does as a part of a greater transaction, which the caller commits."""
        gone = self._tombstones(session)
        rows = [
            self._values(conversation_id, source_id, *entry)
            for entry in utterances
            if self._digest(fingerprint(entry[0])) not in gone
        ]
        if not rows:
            return []
        lifted = lifted_kinds(session, self._twin_id)
        for row in rows:
            row["private"] = bool(set(str(row["marks"]).split()) - lifted)
        statement = sqlite.insert(UtteranceRow).on_conflict_do_nothing()
        added = session.scalars(statement.returning(col(UtteranceRow.utterance_id)), rows).all()
        new = [i for i in added if i is not None]
        queue(session, self._twin_id, new)
        if len(new) < len(rows):
            self._note_also_in(session, source_id, rows)
        return new

    def _note_also_in(
        self, session: Session, source_id: int, rows: Sequence[dict[str, object]]
    ) -> None:
        """Note that utterances which came from another source before stand in this one too."""
        keys = [row["natural_key"] for row in rows]
        held = (
            core_select(col(UtteranceRow.utterance_id), literal(source_id))
            .where(col(UtteranceRow.conversation_id) == rows[0]["conversation_id"])
            .where(col(UtteranceRow.natural_key).in_(keys))
            .where(col(UtteranceRow.source_id) != source_id)
        )
        columns = ["utterance_id", "source_id"]
        note = sqlite.insert(AlsoInRow).from_select(columns, held).on_conflict_do_nothing()
        session.connection().execute(note)

    def by_id(
        self, ids: Iterable[int], *, owner: bool = True, sittings: Mapping[int, int] | None = None
    ) -> dict[int, Utterance]:
        """Return the utterances of this twin among `ids`.

        Args:
            ids: which to return; those of other twins are left out.
            owner: False leaves out what only the owner may be told.
            sittings: number of the sitting of each id, where it is known.
        """
        known = sittings or {}
        chosen = {"twin_id": self._twin_id, "ids": [int(i) for i in ids]}
        with self._engine.connect() as connection:
            rows = connection.execute(_BY_ID if owner else _PUBLIC_BY_ID, chosen).all()
        return {
            row[0]: Utterance(session=known.get(row[0], 0), **dict(zip(_FIELDS, row, strict=True)))
            for row in rows
        }

    def of(self, conversation_id: int) -> list[Utterance]:
        """Return the utterances of a conversation, in no order."""
        return self._where(col(UtteranceRow.conversation_id) == conversation_id)

    def with_text(self, texts: Sequence[str]) -> list[Utterance]:
        """Return the utterances that consist of one of some texts, in whatever conversation."""
        return self._where(col(UtteranceRow.text).in_(texts))

    def _where(self, condition: Any) -> list[Utterance]:
        query = (
            core_select(*_COLUMNS)
            .join(SourceRow, col(SourceRow.source_id) == UtteranceRow.source_id)
            .where(col(UtteranceRow.twin_id) == self._twin_id)
            .where(condition)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [Utterance(session=0, **dict(zip(_FIELDS, row, strict=True))) for row in rows]

    def note_also_in(self, source_id: int, ids: Sequence[int]) -> None:
        """Note that utterances which came from another source before stand in this one too."""
        with Session(self._engine) as session:
            rows = [{"utterance_id": i, "source_id": source_id} for i in ids]
            if rows:
                note = sqlite.insert(AlsoInRow).on_conflict_do_nothing()
                session.connection().execute(note, rows)
            session.commit()

    def known_fingerprints(self, prints: Sequence[str]) -> dict[int, int]:
        """Return for each conversation how many of the fingerprints it holds already."""
        query = (
            select(UtteranceRow.conversation_id, func.count())
            .where(UtteranceRow.twin_id == self._twin_id)
            .where(col(UtteranceRow.fingerprint).in_(prints))
            .group_by(col(UtteranceRow.conversation_id))
        )
        with Session(self._engine) as session:
            return dict(session.exec(query).all())

    def count_held(
        self, conversation_id: int, utterances: Sequence[tuple[NewUtterance, int]]
    ) -> int:
        """Count which of some utterances a conversation holds, or was told to forget."""
        with Session(self._engine) as session:
            gone = self._tombstones(session)
            kept = [e for e in utterances if self._digest(fingerprint(e[0])) not in gone]
            query = (
                select(func.count())
                .where(UtteranceRow.twin_id == self._twin_id)
                .where(UtteranceRow.conversation_id == conversation_id)
                .where(col(UtteranceRow.natural_key).in_([natural_key(*e) for e in kept]))
            )
            return session.exec(query).one() + len(utterances) - len(kept)

    def hide(self, ids: Sequence[int], *, private: bool) -> None:
        """Set whether only the owner may be told of some utterances."""
        with Session(self._engine) as session:
            session.exec(
                update(UtteranceRow)
                .where(col(UtteranceRow.twin_id) == self._twin_id)
                .where(col(UtteranceRow.utterance_id).in_(ids))
                .values(private=private)
            )
            queue(session, self._twin_id, ids)
            session.commit()

    def refresh(self, ids: Sequence[int]) -> None:
        """Have utterances that changed indexed anew."""
        with Session(self._engine) as session:
            queue(session, self._twin_id, ids)
            session.commit()

    def withdraw_within(self, session: Session, ids: Sequence[int]) -> None:
        """Take utterances back as if they had never been said, within a greater transaction."""
        mine = (col(UtteranceRow.twin_id) == self._twin_id, col(UtteranceRow.utterance_id).in_(ids))
        for utterance_id in session.exec(select(UtteranceRow.utterance_id).where(*mine)).all():
            gone = OutboxRow(twin_id=self._twin_id, utterance_id=utterance_id or 0, removed=True)
            session.add(gone)
        session.exec(delete(UtteranceRow).where(*mine))

    def forget(self, ids: Sequence[int]) -> int:
        """Erase utterances; a keyed hash keeps a later import from bringing them back."""
        with Session(self._engine) as session:
            query = (
                select(UtteranceRow)
                .where(UtteranceRow.twin_id == self._twin_id)
                .where(col(UtteranceRow.utterance_id).in_(ids))
            )
            rows = session.exec(query).all()
            for row in rows:
                digest = self._digest(row.fingerprint)
                session.merge(TombstoneRow(twin_id=self._twin_id, digest=digest))
                session.add(OutboxRow(twin_id=self._twin_id, utterance_id=_id(row), removed=True))
            found = [_id(row) for row in rows]
            session.exec(delete(UtteranceRow).where(col(UtteranceRow.utterance_id).in_(found)))
            session.commit()
            return len(rows)

    def _values(
        self,
        conversation_id: int,
        source_id: int,
        utterance: NewUtterance,
        repeat: int,
        marks: Collection[str],
    ) -> dict[str, object]:
        print_ = fingerprint(utterance)
        return {
            "twin_id": self._twin_id,
            "conversation_id": conversation_id,
            "source_id": source_id,
            "natural_key": natural_key(utterance, repeat),
            "fingerprint": print_,
            "external_id": utterance.external_id,
            "speaker": utterance.speaker,
            "own": utterance.own,
            "said_at": utterance.said_at,
            "text": utterance.text,
            "attachment": utterance.attachment,
            "prompt": utterance.prompt,
            "quoted": utterance.quoted,
            "marks": " ".join(sorted(marks)),
            "place": utterance.place,
        }

    def _tombstones(self, session: Session) -> set[str]:
        query = select(TombstoneRow.digest).where(TombstoneRow.twin_id == self._twin_id)
        return set(session.exec(query).all())

    def _digest(self, print_: str) -> str:
        return self._home.digest("utterance", print_)


def fingerprint(utterance: NewUtterance) -> str:
    """Return a short hash of when, by whom and what was said."""
    moment = utterance.said_at.isoformat() if utterance.said_at else ""
    parts = (moment, utterance.speaker, utterance.text, utterance.attachment or "")
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def natural_key(utterance: NewUtterance, repeat: int) -> str:
    """Return what an utterance is known by in its conversation."""
    if utterance.external_id:
        return f"id:{utterance.external_id}"
    return f"{fingerprint(utterance)}#{repeat}"


def _id(row: UtteranceRow) -> int:
    assert row.utterance_id is not None, "the row was read from the database"
    return row.utterance_id
