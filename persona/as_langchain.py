"""Our encoder and our model in the shapes that memories built on LangChain take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any, cast
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun, UsageMetadataCallbackHandler
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolCall
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langgraph.store.base import BaseStore
from langgraph.store.memory import InMemoryStore

from memory.embedding import Embedding
from persona.chat_model import open_reader, seeded
from persona.settings import Settings

_CALL = re.compile(r'\{\s*"name"\s*:')
"""How a tool call begins that is written as plain words."""


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


class _CallReader(BaseChatModel):
    inner: BaseChatModel

    @property
    def _llm_type(self) -> str:
        return self.inner._llm_type

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **more: Any,
    ) -> ChatResult:
        said = self.inner.invoke(messages, stop=stop, **more)
        return ChatResult(generations=[ChatGeneration(message=with_calls(said))])

    def bind_tools(self, tools: Sequence[Any], **more: Any) -> Runnable[Any, AIMessage]:
        bound: Any = self.inner.bind_tools(tools, **more)
        return cast(Any, self.bind(**bound.kwargs))


def reading_calls(model: BaseChatModel) -> BaseChatModel:
    """Return a chat model whose tool calls are also read where it writes them as plain words.

    Small models do, the embedded one since its own template shows a call in doubled braces.
    """
    return _CallReader(inner=model)


def with_calls(message: BaseMessage) -> BaseMessage:
    """Return a message with the call that stands in its words, if it makes none itself."""
    if not isinstance(message, AIMessage) or message.tool_calls:
        return message
    found = _CALL.search(message.text)
    if found is None:
        return message
    try:
        call, _ = JSONDecoder().raw_decode(message.text, found.start())
    except ValueError:
        return message
    if not isinstance(call.get("arguments"), dict):
        return message
    made = ToolCall(name=str(call["name"]), args=call["arguments"], id=f"call_{uuid4().hex}")
    return message.model_copy(update={"tool_calls": [made]})


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
