"""Facts over time: hold, supersede, retract, forget. The past stays known as past."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from sqlalchemy import Engine, bindparam, delete, update
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from memory.attributes import is_single
from memory.errors import NotFound
from memory.home import Home
from memory.model import Fact, FactState, NewFact
from memory.tables import FactEvidenceRow, FactRow, TombstoneRow

OWNER = "owner"
"""The subject of facts about the owner."""
_AT_ONCE = 500
"""Utterances in one statement; SQLite takes a limited number of values."""
_SHOWN = core_select(col(FactEvidenceRow.fact_id)).where(
    col(FactEvidenceRow.utterance_id).in_(bindparam("ids", expanding=True))
)


class Beliefs:
    """What one twin believes; no method reaches another twin's facts."""

    def __init__(self, home: Home, twin_id: int) -> None:
        self._home = home
        self._engine: Engine = home.engine
        self._twin_id = twin_id

    def hold(self, facts: Iterable[NewFact]) -> list[Fact]:
        """Add facts; return those that are new.

        The same value again only adds its evidence. A newer value of an attribute that has one
        value at a time closes the older one; an older value learnt later is added as past.
        A forgotten fact does not come back unless the owner teaches it.
        """
        with Session(self._engine) as session:
            rows = [row for fact in facts if (row := self._hold(session, fact)) is not None]
            session.commit()
            return [self._fact(session, row) for row in rows]

    def all(self, *, past: bool = False) -> list[Fact]:
        """Return the facts that hold, or all that are not forgotten; newest last."""
        states = [FactState.ACTIVE, *([FactState.SUPERSEDED, FactState.RETRACTED] if past else [])]
        query = select(FactRow).where(
            FactRow.twin_id == self._twin_id, col(FactRow.state).in_(states)
        )
        return self._read(
            query.order_by(FactRow.attribute, col(FactRow.valid_from), col(FactRow.fact_id))
        )  # pyright: ignore

    def get(self, fact_id: int) -> Fact:
        """Return one fact.

        Raises:
            NotFound: this twin has no such fact.
        """
        with Session(self._engine) as session:
            return self._fact(session, self._row(session, fact_id))

    def shown_by(self, utterance_ids: Sequence[int]) -> list[Fact]:
        """Return the facts, of any state but forgotten, that some of the utterances show."""
        shown = {"ids": [int(i) for i in utterance_ids]}
        with self._engine.connect() as connection:
            fact_ids = set(connection.execute(_SHOWN, shown).scalars())
        if not fact_ids:
            return []
        query = (
            select(FactRow)
            .where(FactRow.twin_id == self._twin_id)
            .where(FactRow.state != FactState.FORGOTTEN)
            .where(col(FactRow.fact_id).in_(fact_ids))
        )
        return self._read(query)

    def show_private(self, utterance_ids: Sequence[int]) -> set[int]:
        """Return those of the utterances that show a fact for the owner alone."""
        private = (fact for fact in self.shown_by(utterance_ids) if fact.private)
        return {shown for fact in private for shown in fact.evidence}.intersection(utterance_ids)

    def correct(self, fact_id: int, value: str, *, evidence: Sequence[int] = ()) -> Fact:
        """Put a new value, taught by the owner, in the place of a fact that was never true."""
        with Session(self._engine) as session:
            old = self._row(session, fact_id)
            new = self._insert(
                session,
                NewFact(
                    subject=old.subject,
                    attribute=old.attribute,
                    value=value,
                    valid_from=old.valid_from,
                    private=old.private,
                    taught=True,
                    evidence=tuple(evidence),
                ),
            )
            _close(old, FactState.RETRACTED, at=old.valid_from, by=new.fact_id)
            session.commit()
            return self._fact(session, new)

    def retract(self, fact_id: int, *, at: datetime | None = None) -> None:
        """Close a fact that no longer holds; it stays known as past."""
        with Session(self._engine) as session:
            row = self._row(session, fact_id)
            _close(row, FactState.SUPERSEDED, at=at or datetime.now(UTC), by=None)
            session.commit()

    def deny(self, fact_id: int) -> None:
        """Close a fact that was never true; the words it was read from stay."""
        with Session(self._engine) as session:
            row = self._row(session, fact_id)
            _close(row, FactState.RETRACTED, at=row.valid_from, by=None)
            session.commit()

    def reopen(self, fact_id: int) -> None:
        """Let a fact hold again that was closed, unless a later value has taken its place."""
        with Session(self._engine) as session:
            row = self._row(session, fact_id)
            row.state, row.valid_to, row.superseded_by = FactState.ACTIVE, None, None
            if is_single(row.attribute):
                same = NewFact(subject=row.subject, attribute=row.attribute, value=row.value)
                _settle(self._slot(session, same))
            session.commit()

    def hide(self, fact_id: int, *, private: bool) -> None:
        """Set whether only the owner may be told of a fact."""
        with Session(self._engine) as session:
            self._row(session, fact_id).private = private
            session.commit()

    def forget(self, fact_id: int) -> list[int]:
        """Erase a fact and every fact of the same words; return the utterances that showed it.

        A keyed hash stays behind so that a later import can't bring it back.
        """
        with Session(self._engine) as session:
            row = self._row(session, fact_id)
            same = self._same(session, row)
            ids = [r.fact_id for r in same]
            shown = session.exec(
                select(FactEvidenceRow.utterance_id).where(col(FactEvidenceRow.fact_id).in_(ids))
            ).all()
            session.merge(TombstoneRow(twin_id=self._twin_id, digest=self._digest(row)))
            session.exec(
                update(FactRow)
                .where(col(FactRow.superseded_by).in_(ids))
                .values(superseded_by=None)
            )
            session.exec(delete(FactRow).where(col(FactRow.fact_id).in_(ids)))
            session.commit()
            return sorted(set(shown))

    def resting_on(self, utterance_ids: Sequence[int]) -> list[Fact]:
        """Return the facts that no other utterance shows; what the owner taught rests on itself."""
        gone = set(utterance_ids)
        shown: dict[int, Fact] = {}
        for start in range(0, len(utterance_ids), _AT_ONCE):
            some = self.shown_by(utterance_ids[start : start + _AT_ONCE])
            shown.update((fact.fact_id, fact) for fact in some)
        return [f for f in shown.values() if not f.taught and gone.issuperset(f.evidence)]

    def withdraw(self, utterance_ids: Sequence[int]) -> None:
        """Drop the facts that only these utterances show; the same may be learnt anew."""
        self.drop([fact.fact_id for fact in self.resting_on(utterance_ids)])

    def drop(self, fact_ids: Sequence[int]) -> None:
        """Take facts back as if they had never been read; what they had replaced holds again."""
        with Session(self._engine) as session:
            rows = [self._row(session, fact_id) for fact_id in fact_ids]
            slots = {(row.subject, row.attribute) for row in rows}
            session.exec(
                update(FactRow)
                .where(col(FactRow.superseded_by).in_(fact_ids))
                .values(superseded_by=None, valid_to=None, state=FactState.ACTIVE)
            )
            session.exec(delete(FactRow).where(col(FactRow.fact_id).in_(fact_ids)))
            session.expire_all()
            for subject, attribute in slots:
                slot = self._slot(session, NewFact(subject=subject, attribute=attribute, value=""))
                if is_single(attribute) and any(not _ended_by_itself(row) for row in slot):
                    _settle(slot)
            session.commit()

    def _hold(self, session: Session, fact: NewFact) -> FactRow | None:
        key = fold(fact.value)
        if not key or (not fact.taught and self._forgotten(session, fact, key)):
            return None
        slot = self._slot(session, fact)
        known = next((row for row in slot if row.value_key == key), None)
        if known is not None:
            self._add_evidence(session, known, fact.evidence)
            if fact.taught:
                return self._renew(session, known, slot)
            if _ends(fact, known):
                _close(known, FactState.SUPERSEDED, at=fact.valid_to, by=None)
            return None
        row = self._insert(session, fact)
        if is_single(fact.attribute) and fact.valid_to is None:
            _settle([*slot, row])
        return row

    def _renew(self, session: Session, row: FactRow, slot: Sequence[FactRow]) -> FactRow | None:
        """Let the owner's word make a closed value current again."""
        if row.state == FactState.ACTIVE:
            row.taught = True
            return None
        fresh = NewFact(
            subject=row.subject,
            attribute=row.attribute,
            value=row.value,
            valid_from=datetime.now(UTC),
            private=row.private,
            taught=True,
            evidence=self._evidence(session, row),
        )
        new = self._insert(session, fresh)
        if is_single(row.attribute):
            _settle([*slot, new])
        return new

    def _slot(self, session: Session, fact: NewFact) -> list[FactRow]:
        query = select(FactRow).where(
            FactRow.twin_id == self._twin_id,
            FactRow.subject == fact.subject,
            FactRow.attribute == fact.attribute,
            col(FactRow.state).in_([FactState.ACTIVE, FactState.SUPERSEDED]),
        )
        return list(session.exec(query.order_by(col(FactRow.fact_id).desc())).all())

    def _insert(self, session: Session, fact: NewFact) -> FactRow:
        row = FactRow(
            twin_id=self._twin_id,
            subject=fact.subject,
            attribute=fact.attribute,
            value=fact.value,
            value_key=fold(fact.value),
            valid_from=fact.valid_from,
            valid_to=fact.valid_to,
            state=FactState.SUPERSEDED if fact.valid_to else FactState.ACTIVE,
            private=fact.private,
            taught=fact.taught,
        )
        session.add(row)
        session.flush()
        self._add_evidence(session, row, fact.evidence)
        return row

    def _add_evidence(self, session: Session, row: FactRow, utterance_ids: Sequence[int]) -> None:
        for utterance_id in utterance_ids:
            session.merge(FactEvidenceRow(fact_id=_id(row), utterance_id=utterance_id))

    def _row(self, session: Session, fact_id: int) -> FactRow:
        row = session.get(FactRow, fact_id)
        if row is None or row.twin_id != self._twin_id:
            raise NotFound(f"there is no fact {fact_id}", "run: selfsame facts TWIN")
        return row

    def _same(self, session: Session, row: FactRow) -> list[FactRow]:
        query = select(FactRow).where(
            FactRow.twin_id == self._twin_id,
            FactRow.subject == row.subject,
            FactRow.attribute == row.attribute,
            FactRow.value_key == row.value_key,
        )
        return list(session.exec(query).all())

    def _forgotten(self, session: Session, fact: NewFact, key: str) -> bool:
        digest = self._home.digest(fact.subject, fact.attribute, key)
        return session.get(TombstoneRow, (self._twin_id, digest)) is not None

    def _digest(self, row: FactRow) -> str:
        return self._home.digest(row.subject, row.attribute, row.value_key)

    def _evidence(self, session: Session, row: FactRow) -> tuple[int, ...]:
        query = select(FactEvidenceRow.utterance_id).where(FactEvidenceRow.fact_id == row.fact_id)
        return tuple(sorted(session.exec(query).all()))

    def _fact(self, session: Session, row: FactRow) -> Fact:
        return Fact(
            fact_id=_id(row),
            subject=row.subject,
            attribute=row.attribute,
            value=row.value,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            evidence=self._evidence(session, row),
            state=FactState(row.state),
            learnt_at=row.learnt_at,
            superseded_by=row.superseded_by,
            private=row.private,
            taught=row.taught,
        )

    def _read(self, query: object) -> list[Fact]:
        with Session(self._engine) as session:
            return [self._fact(session, row) for row in session.exec(query).all()]  # pyright: ignore


def fold(value: str) -> str:
    """Return `value` without case, accents, punctuation and articles, for comparison."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(w for w in words if w not in {"a", "an", "the"})


def _settle(slot: Sequence[FactRow]) -> None:
    """Order the values of a single-valued attribute in time and close all but the latest."""
    ordered = sorted((row for row in slot if not _ended_by_itself(row)), key=_order)
    for row, later in pairwise(ordered):
        _close(row, FactState.SUPERSEDED, at=_end(row, later), by=later.fact_id)
    latest = ordered[-1]
    latest.state, latest.valid_to, latest.superseded_by = FactState.ACTIVE, None, None


def _ended_by_itself(row: FactRow) -> bool:
    """Say whether a value is past because it was said to be, not because another followed."""
    return row.valid_to is not None and row.superseded_by is None


def _ends(fact: NewFact, known: FactRow) -> bool:
    """Say whether a value told as past ends the same value held as current until now."""
    if fact.valid_to is None or known.taught or known.state != FactState.ACTIVE:
        return False
    return known.valid_from is None or known.valid_from <= fact.valid_to


def _order(row: FactRow) -> tuple[datetime, int]:
    """Order by when a value held; what the owner taught held when they said it."""
    held_at = row.learnt_at if row.taught else row.valid_from
    return (held_at or datetime.min.replace(tzinfo=UTC), _id(row))


def _end(row: FactRow, later: FactRow) -> datetime:
    followed = later.valid_from or later.learnt_at
    return max(row.valid_from, followed) if row.valid_from else followed


def _close(row: FactRow, state: FactState, *, at: datetime | None, by: int | None) -> None:
    row.state, row.superseded_by = state, by
    row.valid_to = at


def _id(row: FactRow) -> int:
    assert row.fact_id is not None, "the row was flushed"
    return row.fact_id
