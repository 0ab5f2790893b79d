"""Words as BM25 terms: how the index tokenises, and how rare each term is in one memory."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
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
    """Counts in how many texts each term stands, to weigh terms by rarity."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._documents = 0
        self._containing: Counter[int] = Counter()
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Count one more text."""
        self._documents += 1
        self._containing.update(document_terms(text).indices)

    def knows(self, term: int) -> bool:
        """Say whether any text holds the term."""
        return term in self._containing

    def rarity(self, term: int) -> float:
        """Return the inverse document frequency, as BM25 has it; that of one text if unknown."""
        containing = max(self._containing.get(term, 0), 1)
        return float(np.log1p((self._documents - containing + 0.5) / (containing + 0.5)))
