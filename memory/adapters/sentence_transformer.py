"""Text embedding by a sentence-transformers model in a folder or on Hugging Face."""

import os
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np

from memory.embedding import Vectors

_BATCH = 64


class SentenceTransformerEmbedding:
    """Loads the model at its first use, since that takes seconds, and once."""

    def __init__(self, model: str, *, name: str, dimension: int | None = None) -> None:
        """Prepare the encoder.

        Args:
            model: folder of a model, or a Hugging Face name.
            name: name the vectors are known by.
            dimension: length of its vectors; None asks the model, which loads it.
        """
        self.name = name
        self._dimension = dimension
        self._source = model
        self._loaded: Any = None
        self._lock = Lock()  # two first uses at once must not load it twice

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        if self._dimension is None:
            self._dimension = int(self._model().get_sentence_embedding_dimension())
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape [len(texts), dimension]."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return np.asarray(self._model().encode_document(list(texts), **_OPTIONS), np.float32)

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape [dimension]."""
        return np.asarray(self._model().encode_query(text, **_OPTIONS), np.float32)

    def _model(self) -> Any:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._source)
        return self._loaded


_OPTIONS: dict[str, Any] = {
    "batch_size": _BATCH,
    "normalize_embeddings": True,
    "show_progress_bar": False,
}


def _load(source: str) -> Any:
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    local = os.path.isdir(source)  # noqa: PTH112
    return SentenceTransformer(source, device="cpu", local_files_only=local)
