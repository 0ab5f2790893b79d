"""What tests share: a home of their own, and the real encoder loaded once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from memory.adapters.qdrant_edge import QdrantEdgeIndex
from memory.embedding import Embedding
from memory.home import Home
from memory.model import NewUtterance
from memory.store import Memory, Store
from persona.bootstrap import minilm
from persona.settings import load_settings

Tell = Callable[..., list[int]]


@pytest.fixture(autouse=True)
def _own_surroundings(  # pyright: ignore[reportUnusedFunction]
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Keep the tester's keys, settings and home out of the tests."""
    for name in ("OPENAI_API_KEY", "SELFSAME_API_KEY", "SELFSAME_BASE_URL", "SELFSAME_CHAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SELFSAME_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SELFSAME_TIMEZONE", "UTC")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def embedding() -> Embedding:
    """The embedded encoder."""
    return minilm(load_settings().models_dir)


@pytest.fixture
def store(tmp_path: Path, embedding: Embedding) -> Iterator[Store]:
    """An empty home with the embedded index."""
    home = Home(tmp_path / "home")
    opened = Store(home, QdrantEdgeIndex(home.index_path, 384), embedding)
    yield opened
    opened.close()


@pytest.fixture
def memory(store: Store) -> Memory:
    """The memory of a twin of Ana Reis."""
    return store.memory(store.create("ana", "Ana Reis").name)


@pytest.fixture
def tell(memory: Memory) -> Tell:
    """Puts utterances into the memory of Ana, as one chat with Ben."""
    return lambda *utterances: add_chat(memory, utterances)  # pyright: ignore


def add_chat(memory: Memory, utterances: "tuple[NewUtterance, ...]", key: str = "ben") -> list[int]:
    """Put a chat into a memory, index and all; return the ids of what was new."""
    source_id = memory.sources.add("chat.txt", "whatsapp")
    conversation_id = memory.sources.conversation("whatsapp", key, key, "chat")
    added = memory.utterances.add(conversation_id, source_id, [(u, 0, ()) for u in utterances])
    memory.index_pending()
    return added
