"""The order of everything one twin knows, as arrays: who spoke, in which sitting, beside whom."""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from memory.lexical import Lexicon
from memory.model import OWNER, NewUtterance
from memory.tables import UtteranceRow

SILENCE_SECONDS = 6 * 3600
"""A pause as long as this ends a sitting."""
_select: Any = select
"""The typed `select` takes four columns at most."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One entry per utterance, ordered by conversation and time; all arrays have shape [n]."""

    ids: NDArray[np.int64]
    sessions: NDArray[np.int64]
    """Number of the sitting, counted through all conversations."""
    speakers: NDArray[np.int64]
    """Position in `names`."""
    asks: NDArray[np.bool_]
    """True where the words end in a question mark."""
    said_at: NDArray[np.float64]
    """Seconds since 1970; NaN where unknown."""
    names: tuple[str, ...]
    """The speakers; the first is the owner, whatever they are called in a source."""
    lexicon: Lexicon
    by_id: NDArray[np.int64]
    """Positions sorted by id, for look-ups."""

    def positions(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where each of `ids` stands; -1 for those not there."""
        if not len(self.ids):
            return np.full(len(ids), -1)
        sorted_ids = self.ids[self.by_id]
        at = np.minimum(np.searchsorted(sorted_ids, ids), len(sorted_ids) - 1)
        return np.where(sorted_ids[at] == ids, self.by_id[at], -1)


def indexed_text(utterance: NewUtterance | UtteranceRow, owner: str) -> str:
    """Return the words that stand for an utterance in the index.

    The owner goes by one name there, whatever they are called in the source.
    """
    speaker = owner if utterance.own else utterance.speaker
    shared = f" [shares {utterance.attachment}]" if utterance.attachment else ""
    asked = f"{utterance.prompt} " if utterance.prompt else ""
    return f"{speaker}: {asked}{utterance.text}{shared}"


def load_timeline(engine: Engine, twin_id: int, owner: str) -> Timeline:
    """Read the timeline of a twin from its rows; `owner` is what to call its owner."""
    order = (
        col(UtteranceRow.conversation_id),
        col(UtteranceRow.said_at).nulls_first(),
        col(UtteranceRow.utterance_id),
    )
    columns: tuple[Any, ...] = (
        col(UtteranceRow.utterance_id),
        col(UtteranceRow.conversation_id),
        col(UtteranceRow.said_at),
        col(UtteranceRow.speaker),
        col(UtteranceRow.own),
        col(UtteranceRow.text),
        col(UtteranceRow.attachment),
        col(UtteranceRow.prompt),
    )
    with Session(engine) as session:
        query: Any = _select(*columns).where(UtteranceRow.twin_id == twin_id).order_by(*order)
        rows: list[Any] = cast(Any, session).exec(query).all()
    codes: dict[str, int] = {OWNER: 0}
    lexicon = Lexicon()
    n = len(rows)
    ids, conversations = np.zeros(n, np.int64), np.zeros(n, np.int64)
    speakers, asks = np.zeros(n, np.int64), np.zeros(n, np.bool_)
    said_at = np.full(n, np.nan)
    for i, row in enumerate(rows):
        ids[i], conversations[i] = row[0], row[1]
        said_at[i] = row[2].timestamp() if row[2] else np.nan
        speakers[i] = codes.setdefault(OWNER if row[4] else row[3], len(codes))
        asks[i] = row[5].rstrip().endswith("?")
        lexicon.add(f"{owner if row[4] else row[3]}: {row[7] or ''} {row[5]} {row[6] or ''}")
    return Timeline(
        ids=ids,
        sessions=_sessions(conversations, said_at),
        speakers=speakers,
        asks=asks,
        said_at=said_at,
        names=(owner, *list(codes)[1:]),
        lexicon=lexicon,
        by_id=np.argsort(ids),
    )


def _sessions(conversations: NDArray[np.int64], said_at: NDArray[np.float64]) -> NDArray[np.int64]:
    if not len(conversations):
        return conversations
    pause = np.diff(said_at) > SILENCE_SECONDS
    breaks = (np.diff(conversations) != 0) | pause
    return np.concatenate(([0], np.cumsum(breaks)))
