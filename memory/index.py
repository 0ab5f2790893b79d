"""The seam to a vector index that holds dense and BM25 vectors of every utterance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from memory.embedding import Vectors
from memory.lexical import Terms
from memory.model import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An utterance as the index keeps it: vectors and who may see it, no words."""

    utterance_id: int
    dense: Vectors
    terms: Terms
    audience: Audience


class Ranking(NamedTuple):
    """Utterances and their scores, best first."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]


class Candidates(NamedTuple):
    """The best utterances by each of the two measures."""

    dense: Ranking
    lexical: Ranking


def settled(found: Candidates, limit: int) -> Candidates:
    """Return candidates in an order, and with an end, that don't hang on the index.

    An index breaks ties as it likes, and differently each time. Where it was cut off among equals,
    which of them came through says nothing: they are all left out.
    """
    return Candidates(*(_settled(ranking, limit) for ranking in found))


def _settled(ranking: Ranking, limit: int) -> Ranking:
    order = np.lexsort((ranking.ids, -ranking.scores))
    ids, scores = ranking.ids[order], ranking.scores[order]
    if len(ids) == limit:
        kept = scores > scores[-1]
        ids, scores = ids[kept], scores[kept]
    return Ranking(ids, scores)


class VectorIndex(Protocol):
    """Keeps points per twin; every call names the twin, and only that twin's points answer."""

    def upsert(self, twin_id: int, points: Sequence[Point]) -> None:
        """Write points durably, replacing those with the same ids."""
        ...

    def search(
        self, twin_id: int, dense: Vectors, terms: Terms, *, limit: int, owner: bool
    ) -> Candidates:
        """Return up to `limit` points by cosine and by BM25.

        Points of the audience `owner` are left out unless `owner` is true.
        """
        ...

    def remove(self, twin_id: int, utterance_ids: Sequence[int] | None = None) -> None:
        """Remove the points named, or everything of the twin."""
        ...

    def count(self, twin_id: int) -> int:
        """Return how many points the twin has."""
        ...

    def close(self) -> None:
        """Flush and let go of files and connections."""
        ...
