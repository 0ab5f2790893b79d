"""Keeps the index equal to the rows: drains the outbox, repairs what differs, rebuilds."""

from collections.abc import Callable, Sequence

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, func, select

from memory.embedding import Embedding
from memory.index import Point, VectorIndex
from memory.lexical import document_terms
from memory.tables import IndexStateRow, OutboxRow, TwinRow, UtteranceRow
from memory.timeline import indexed_text

BATCH = 512

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are."""


class Indexer:
    """Brings the index up to date with the rows of one twin at a time."""

    def __init__(self, engine: Engine, index: VectorIndex, embedding: Embedding) -> None:
        self._engine = engine
        self._index = index
        self._embedding = embedding

    def drain(self, twin_id: int, progress: Progress | None = None) -> int:
        """Carry every waiting change of the twin to the index; return how many there were.

        Each batch is durable in the index before it leaves the outbox, and carrying one over
        twice changes nothing, so a kill at any point loses nothing.
        """
        self._settle_encoder(twin_id)
        waiting = self._waiting(twin_id)
        done = 0
        while batch := self._next(twin_id):
            self._carry(twin_id, batch)
            done += len(batch)
            if progress:
                progress(done, waiting)
        return done

    def repair(self, twin_id: int) -> int:
        """Rebuild the twin's index if it differs from the rows; return how many it wrote."""
        self.drain(twin_id)
        with Session(self._engine) as session:
            rows = session.exec(_count_of(twin_id)).one()
        return 0 if self._index.count(twin_id) == rows else self.rebuild(twin_id)

    def rebuild(self, twin_id: int, progress: Progress | None = None) -> int:
        """Make the twin's index anew from its rows; return how many points it has."""
        with Session(self._engine) as session:
            _forget_index(session, twin_id)
            session.commit()
        return self.drain(twin_id, progress)

    def _settle_encoder(self, twin_id: int) -> None:
        """Start over when the vectors there were made by another encoder."""
        encoder = (self._embedding.name, self._embedding.dimension)
        with Session(self._engine) as session:
            state = session.get(IndexStateRow, twin_id)
            if state is not None and (state.encoder, state.dimension) == encoder:
                return
            self._index.remove(twin_id)
            if state is not None:
                session.delete(state)
                session.flush()
            _queue_all(session, twin_id)
            session.add(IndexStateRow(twin_id=twin_id, encoder=encoder[0], dimension=encoder[1]))
            session.commit()

    def _waiting(self, twin_id: int) -> int:
        with Session(self._engine) as session:
            query = select(func.count()).select_from(OutboxRow).where(OutboxRow.twin_id == twin_id)
            return session.exec(query).one()

    def _next(self, twin_id: int) -> Sequence[OutboxRow]:
        with Session(self._engine) as session:
            query = select(OutboxRow).where(OutboxRow.twin_id == twin_id)
            return session.exec(query.order_by(col(OutboxRow.outbox_id)).limit(BATCH)).all()

    def _carry(self, twin_id: int, batch: Sequence[OutboxRow]) -> None:
        final = {change.utterance_id: change.removed for change in batch}
        self._index.remove(twin_id, [u for u, removed in final.items() if removed])
        kept = [u for u, removed in final.items() if not removed]
        self._index.upsert(twin_id, self._points(twin_id, kept))
        with Session(self._engine) as session:
            ids = [change.outbox_id for change in batch]
            session.exec(delete(OutboxRow).where(col(OutboxRow.outbox_id).in_(ids)))
            session.commit()

    def _points(self, twin_id: int, utterance_ids: Sequence[int]) -> list[Point]:
        with Session(self._engine) as session:
            query = select(UtteranceRow).where(col(UtteranceRow.utterance_id).in_(utterance_ids))
            rows = session.exec(query).all()
            owner = session.exec(select(TwinRow.owner).where(TwinRow.twin_id == twin_id)).one()
        texts = [indexed_text(row, owner) for row in rows]
        vectors = self._embedding.embed(texts)
        return [
            Point(
                utterance_id=row.utterance_id or 0,
                dense=vector,
                terms=document_terms(text),
                audience="owner" if row.private else "public",
            )
            for row, text, vector in zip(rows, texts, vectors, strict=True)
        ]


def _count_of(twin_id: int):
    return select(func.count()).select_from(UtteranceRow).where(UtteranceRow.twin_id == twin_id)


def _forget_index(session: Session, twin_id: int) -> None:
    state = session.get(IndexStateRow, twin_id)
    if state is not None:
        session.delete(state)


def _queue_all(session: Session, twin_id: int) -> None:
    session.exec(delete(OutboxRow).where(col(OutboxRow.twin_id) == twin_id))
    ids = session.exec(select(UtteranceRow.utterance_id).where(UtteranceRow.twin_id == twin_id))
    session.add_all(OutboxRow(twin_id=twin_id, utterance_id=i or 0) for i in ids.all())
