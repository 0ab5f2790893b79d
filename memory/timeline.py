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
_ROWS = 5000
"""Rows that are read at once."""
_select: Any = select
"""The typed `select` takes four columns at most."""


_Entry = tuple[int, int, float, int, bool, int]
"""Id, conversation, time, speaker, whether it asks, and the question it answers in an interview."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One entry per utterance, ordered by conversation and time; all arrays have shape [n]."""

    ids: NDArray[np.int64]
    sessions: NDArray[np.int64]
    """Number of the sitting, counted through all conversations; each question of an interview
    begins one, since the answer before it is on something else."""
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
    asked = f"{utterance.prompt} " if utterance.prompt else ""
    return f"{speaker}: {asked}{said_in(utterance)}"


def said_in(utterance: NewUtterance | UtteranceRow) -> str:
    """Return the words of an utterance and what it shares."""
    shared = f" [shares {utterance.attachment}]" if utterance.attachment else ""
    return f"{utterance.text}{shared}"


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
    query: Any = _select(*columns).where(UtteranceRow.twin_id == twin_id).order_by(*order)
    codes: dict[str, int] = {OWNER: 0}
    lexicon = Lexicon()
    prompts: dict[str | None, int] = {None: 0}
    entries: list[_Entry] = []
    with Session(engine) as session:
        # Row by row: the words of a large memory need not all be held at once.
        for row in cast(Any, session).exec(query.execution_options(yield_per=_ROWS)):
            said_at = row[2].timestamp() if row[2] else np.nan
            code = codes.setdefault(OWNER if row[4] else row[3], len(codes))
            asks = row[5].rstrip().endswith("?")
            prompt = prompts.setdefault(row[7], len(prompts))
            entries.append((row[0], row[1], said_at, code, asks, prompt))
            lexicon.add(f"{owner if row[4] else row[3]}: {row[7] or ''} {row[5]} {row[6] or ''}")
    ids, conversations, said_at, speakers, asks, prompted = _columns(entries)
    return Timeline(
        ids=ids,
        sessions=_sessions(conversations, said_at, prompted),
        speakers=speakers,
        asks=asks,
        said_at=said_at,
        names=(owner, *list(codes)[1:]),
        lexicon=lexicon,
        by_id=np.argsort(ids),
    )


def _columns(
    entries: list[_Entry],
) -> tuple[
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.float64],
    NDArray[np.int64],
    NDArray[np.bool_],
    NDArray[np.int64],
]:
    """Return the entries as arrays."""
    ids, conversations, said_at, speakers, asks, prompts = (
        zip(*entries, strict=True) if entries else [()] * 6
    )
    return (
        np.array(ids, np.int64),
        np.array(conversations, np.int64),
        np.array(said_at, np.float64),
        np.array(speakers, np.int64),
        np.array(asks, np.bool_),
        np.array(prompts, np.int64),
    )


def _sessions(
    conversations: NDArray[np.int64], said_at: NDArray[np.float64], prompts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Number the sittings; of an interview each question is one, as its answers lie far apart."""
    if not len(conversations):
        return conversations
    pause = np.diff(said_at) > SILENCE_SECONDS
    breaks = (np.diff(conversations) != 0) | (np.diff(prompts) != 0) | pause
    return np.concatenate(([0], np.cumsum(breaks)))
