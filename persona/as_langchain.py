"""Our encoder and our model in the shapes that memories built on LangChain take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatResult
from langchain_core.runnables import Runnable
from langgraph.store.base import BaseStore
from langgraph.store.memory import InMemoryStore

from memory.embedding import Embedding
from persona.chat_model import open_reader, seeded
from persona.settings import Settings


class _Encoder(Embeddings):
    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedding.embed(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self._embedding.embed_query(text).tolist()


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model that has room for long instructions and for lists as answers."""

    name: str
    model: BaseChatModel
    usage: UsageMetadataCallbackHandler

    def spent(self) -> tuple[int, int]:
        """Return how many tokens it has read, and how many it has written."""
        every = list(self.usage.usage_metadata.values())
        return sum(u["input_tokens"] for u in every), sum(u["output_tokens"] for u in every)


class _Insisting(BaseChatModel):
    """A chat model that has to call a tool wherever it is given any.

    A small model left to choose writes its call down as plain words, which nobody reads.
    """

    inner: BaseChatModel

    @property
    def _llm_type(self) -> str:
        return self.inner._llm_type

    def _generate(self, *args: Any, **more: Any) -> ChatResult:
        return self.inner._generate(*args, **more)

    def bind_tools(self, tools: Sequence[Any], **more: Any) -> Runnable[Any, AIMessage]:
        choice = more.pop("tool_choice", None) or "any"
        return self.inner.bind_tools(tools, tool_choice=choice, **more)


def insisting(model: BaseChatModel) -> BaseChatModel:
    """Return a chat model that has to call a tool wherever it is given any."""
    return _Insisting(inner=model)


def as_embeddings(embedding: Embedding) -> Embeddings:
    """Return our encoder for LangChain."""
    return _Encoder(embedding)


def as_store(embedding: Embedding) -> BaseStore:
    """Return an empty store of LangGraph in memory, searched by our encoder."""
    return InMemoryStore(index={"dims": embedding.dimension, "embed": _Encoder(embedding)})


def open_writer(settings: Settings, *, seed: int) -> Writer | None:
    """Return the chat model that the settings name; None where there is none.

    Raises:
        ModelProblem: it isn't there or can't be loaded.
    """
    chat = open_reader(settings)
    if chat is None:
        return None
    usage = UsageMetadataCallbackHandler()
    model = seeded(chat, seed).model.model_copy(update={"callbacks": [usage]})
    return Writer(chat.name, model, usage)
