"""Words as BM25 terms: how the index tokenises, and how rare each term is in one memory."""

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from qdrant_edge import Bm25, Bm25Config


class Terms(NamedTuple):
    """A text as sparse vector: hashed terms and their weights."""

    indices: Sequence[int]
    values: Sequence[float]


_bm25 = Bm25(Bm25Config(language="english"))


def document_terms(text: str) -> Terms:
    """Return the terms of a text with BM25 term-frequency weights."""
    vector = _bm25.embed_document(text)
    return Terms(vector.indices, vector.values)


def query_terms(text: str) -> Terms:
    """Return the distinct terms of a question, each with weight one."""
    vector = _bm25.embed_query(text)
    return Terms(vector.indices, vector.values)


class Lexicon:
    """Knows in which texts each term stands, to weigh terms by rarity and to look around a text."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._documents = 0
        self._places: dict[int, array[int]] = {}
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Take in one more text."""
        for term in document_terms(text).indices:
            self._places.setdefault(term, array("i")).append(self._documents)
        self._documents += 1

    def knows(self, term: int) -> bool:
        """Say whether any text holds the term."""
        return term in self._places

    def places(self, term: int) -> NDArray[np.int32]:
        """Return the numbers of the texts that hold a term, in the order they were added."""
        return np.array(self._places.get(term, _NOWHERE), np.int32)

    def rarity(self, term: int) -> float:
        """Return the inverse document frequency, as BM25 has it; that of one text if unknown."""
        containing = max(len(self._places.get(term, _NOWHERE)), 1)
        return float(np.log1p((self._documents - containing + 0.5) / (containing + 0.5)))


_NOWHERE: "array[int]" = array("i")
