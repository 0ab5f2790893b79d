"""Taking a source out again, with everything that came only from it."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Engine, delete, update
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from memory.beliefs import Beliefs
from memory.errors import NotFound
from memory.model import Fact
from memory.outbox import queue
from memory.tables import AlsoInRow, ConversationRow, SourceRow, UtteranceRow

_AT_ONCE = 500


class Removal(NamedTuple):
    """What goes with a source."""

    source_id: int
    name: str
    utterances: list[int]
    """Ids of the utterances that stand in no other source."""
    kept: int
    """How many stand in another source too, and stay."""
    facts: list[Fact]
    """Facts that nothing else shows."""


class Removals:
    """Takes sources out of one twin's memory."""

    def __init__(self, engine: Engine, twin_id: int, beliefs: Beliefs) -> None:
        self._engine = engine
        self._twin_id = twin_id
        self._beliefs = beliefs

    def preview(self, source_id: int) -> Removal:
        """Return what would go; changes nothing.

        Raises:
            NotFound: this twin has no such source.
        """
        with Session(self._engine) as session:
            row = self._source(session, source_id)
            ids = list(session.exec(self._of(source_id)).all())
            elsewhere = set(session.exec(self._of(source_id).join(AlsoInRow)).all())
        alone = [i for i in ids if i is not None and i not in elsewhere]
        facts = self._beliefs.resting_on(alone)
        return Removal(source_id, row.name, alone, len(elsewhere), facts)

    def remove(self, source_id: int) -> Removal:
        """Erase the source; what stands in another source too is that one's from then on.

        Unlike forgetting, nothing keeps a later import from bringing the words back.
        """
        removal = self.preview(source_id)
        self._beliefs.drop([fact.fact_id for fact in removal.facts])
        with Session(self._engine) as session:
            for start in range(0, len(removal.utterances), _AT_ONCE):
                self._erase(session, removal.utterances[start : start + _AT_ONCE])
            self._hand_over(session, source_id)
            session.delete(self._source(session, source_id))
            session.flush()
            self._drop_empty_conversations(session)
            session.commit()
        return removal

    def _source(self, session: Session, source_id: int) -> SourceRow:
        row = session.get(SourceRow, source_id)
        if row is None or row.twin_id != self._twin_id:
            raise NotFound(f"there is no source {source_id}", "run: selfsame show TWIN")
        return row

    def _of(self, source_id: int):
        return select(UtteranceRow.utterance_id).where(
            UtteranceRow.twin_id == self._twin_id, UtteranceRow.source_id == source_id
        )

    def _erase(self, session: Session, ids: Sequence[int]) -> None:
        session.exec(delete(UtteranceRow).where(col(UtteranceRow.utterance_id).in_(ids)))
        queue(session, self._twin_id, ids, removed=True)

    def _hand_over(self, session: Session, source_id: int) -> None:
        """Make the next source that holds them the source of the utterances that stay."""
        other = (
            core_select(col(AlsoInRow.source_id))
            .where(col(AlsoInRow.utterance_id) == UtteranceRow.utterance_id)
            .order_by(col(AlsoInRow.source_id))
            .limit(1)
            .scalar_subquery()
        )
        kept = [i for i in session.exec(self._of(source_id)).all() if i is not None]
        session.exec(
            update(UtteranceRow)
            .where(col(UtteranceRow.source_id) == source_id)
            .values(source_id=other)
        )
        queue(session, self._twin_id, kept)

    def _drop_empty_conversations(self, session: Session) -> None:
        held = core_select(col(UtteranceRow.conversation_id)).distinct()
        session.exec(
            delete(ConversationRow)
            .where(col(ConversationRow.twin_id) == self._twin_id)
            .where(col(ConversationRow.conversation_id).not_in(held))
        )
