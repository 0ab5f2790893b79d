"""The seam between words and dense vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedding(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness."""

    @property
    def name(self) -> str:
        """Names the encoder; vectors of different names are never mixed."""
        ...

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape [len(texts), dimension]."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape [dimension]."""
        ...
