"""The list of changes that the index has not seen yet, written with the change itself."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlmodel import Session

from memory.tables import OutboxRow


def queue(session: Session, twin_id: int, ids: Sequence[int], *, removed: bool = False) -> None:
    """Put utterances that were added, changed or removed on the list."""
    if ids:
        changes = [{"twin_id": twin_id, "utterance_id": i, "removed": removed} for i in ids]
        session.connection().execute(insert(OutboxRow), changes)
