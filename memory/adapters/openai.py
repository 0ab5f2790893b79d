"""Text embedding by OpenAI, or any server that speaks its API."""

from collections.abc import Sequence

import numpy as np
from openai import OpenAI, OpenAIError

from memory.embedding import Vectors
from memory.errors import IndexProblem

_BATCH = 256


class OpenAIEmbedding:
    """Asks a hosted encoder for vectors."""

    def __init__(self, client: OpenAI, model: str) -> None:
        self.name = f"openai:{model}"
        self._client = client
        self._model = model
        self._dimension: int | None = None

    @property
    def dimension(self) -> int:
        """Length of each vector, as the server gives them."""
        if self._dimension is None:
            self._dimension = len(self.embed_query("a"))
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape [len(texts), dimension]."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        batches = [self._ask(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(batches)

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape [dimension]."""
        return self._ask([text])[0]

    def _ask(self, texts: Sequence[str]) -> Vectors:
        try:
            answer = self._client.embeddings.create(
                model=self._model, input=list(texts), encoding_format="float"
            )
        except OpenAIError as error:
            raise IndexProblem(
                f"{self.name} gives no vectors: {type(error).__name__}",
                "check the key and the address, or set SELFSAME_EMBEDDING",
            ) from error
        vectors = np.array([item.embedding for item in answer.data], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
