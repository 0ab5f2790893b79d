"""LangMem in the comparison: its own tools, or its store manager with a model, on LangGraph."""

import os
import re
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evals.peers.peer import Found, needed, said
from memory.embedding import Embedding
from memory.model import NewUtterance
from persona.as_langchain import as_store, reading_calls

if TYPE_CHECKING:
    from persona.as_langchain import Writer

_KEY = re.compile(r"[0-9a-f-]{36}$")
_NAMESPACE = ("chats", "{chat}")
_ALL = 100_000


class LangMemMemory:
    """LangMem with raw messages, or with what a model makes of them."""

    def __init__(self, embedding: Embedding, writer: "Writer | None" = None) -> None:
        """Open it in memory, the only store without a server that it comes with.

        Args:
            embedding: our encoder.
            writer: the model that extracts memories; None keeps messages as they are.
        """
        self.name = "LangMem, by the model" if writer else "LangMem, raw"
        os.environ.update(LANGSMITH_TRACING="false", LANGCHAIN_TRACING_V2="false")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one of its packages imports from a former place
            langmem: Any = needed("langmem")
        store = self._store = as_store(embedding)
        self._shows: dict[str, tuple[str, ...]] = {}
        self._put: Any = langmem.create_manage_memory_tool(_NAMESPACE, store=store)
        self._find: Any = langmem.create_search_memory_tool(
            _NAMESPACE, store=store, response_format="content_and_artifact"
        )
        self._manager: Any = writer and langmem.create_memory_store_manager(
            reading_calls(writer.model), namespace=_NAMESPACE, store=store
        )

    def fill(self, chat: str, turns: Sequence[NewUtterance]) -> None:
        for turn in turns:
            self.add(chat, turn)

    def add(self, chat: str, turn: NewUtterance) -> None:
        config = {"configurable": {"chat": chat}}
        if self._manager is None:
            told = str(self._put.invoke({"content": said(turn)}, config=config))
            keys = _KEY.findall(told)
        else:
            messages = [{"role": "user", "content": said(turn)}]
            puts = self._manager.invoke({"messages": messages}, config=config)
            keys = [put["key"] for put in puts]
        for key in keys:
            self._shows[key] = (*self._shows.get(key, ()), turn.external_id or "")

    def search(self, chat: str, question: str, *, limit: int) -> list[Found]:
        call = {"query": question, "limit": limit}
        config = {"configurable": {"chat": chat}}
        wanted = {"type": "tool_call", "id": "1", "name": self._find.name, "args": call}
        items = self._find.invoke(wanted, config=config).artifact
        return [Found(text=_text(item.value), shows=self._shows[item.key]) for item in items]

    def kept(self, chat: str) -> int:
        return len(self._store.search((_NAMESPACE[0], chat), limit=_ALL))

    def close(self) -> None:
        self._shows.clear()


def _text(value: Any) -> str:
    """Return the words of a memory: those kept as they are, or the content that a model gave."""
    content: Any = value["content"]
    return content if isinstance(content, str) else str(content["content"])
