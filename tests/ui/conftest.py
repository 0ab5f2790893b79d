"""What tests of the pages share: pages without a chat model, over the encoder that is loaded."""

from collections.abc import Iterator

import pytest

from memory.embedding import Embedding
from memory.store import Memory
from ui import session


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, embedding: Embedding) -> Iterator[None]:
    """Let pages quote the owner's words, and share the encoder that is loaded already."""
    monkeypatch.setenv("SELFSAME_CHAT", "none")
    monkeypatch.setattr("persona.bootstrap.open_embedding", lambda _settings: embedding)
    yield
    session.close()


@pytest.fixture
def ana(pages: None) -> Memory:
    """The memory of Ana, of whom nothing is known yet."""
    store = session.workshop().store
    return store.memory(store.create("ana", "Ana Reis").name)
