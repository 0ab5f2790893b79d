"""An import that is killed in the middle is finished by importing again, with nothing doubled."""

import signal
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.pipeline import Plan, run
from memory.adapters.qdrant_edge import QdrantEdgeIndex
from memory.embedding import Embedding
from memory.home import Home
from memory.store import Store

KILLED_IMPORT = """
import os, signal, sys
from datetime import UTC
from pathlib import Path
import numpy as np
from ingest import pipeline
from memory.adapters.qdrant_edge import QdrantEdgeIndex
from memory.home import Home
from memory.store import Store

class OneVector:
    name, dimension = "all-minilm-l6-v2", 384
    def embed(self, texts):
        return np.full((len(texts), 384), 384**-0.5, np.float32)

class Killing(QdrantEdgeIndex):
    calls = 0
    def upsert(self, twin_id, points):
        self.calls += 1
        last = self.calls == int(sys.argv[3])
        if last and sys.argv[4] == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        super().upsert(twin_id, points)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)

home, chat = Home(Path(sys.argv[1])), Path(sys.argv[2])
store = Store(home, Killing(home.index_path, 384), OneVector())
memory = store.memory(store.create("ana", "Ana").name)
pipeline.BATCH = 8
pipeline.run([chat], memory, pipeline.Plan(owner_names=["Ana"], zone=UTC))
"""
"""Dies before or after a batch that is written is indexed; loading the encoder for it is not worth
the time."""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("batch", [1, 2, 4])
def test_an_import_that_was_killed_is_made_whole_by_importing_again(
    batch: int,
    when: str,
    tmp_path: Path,
    embedding: Embedding,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chat = tmp_path / "WhatsApp Chat with Ben.txt"
    lines = [f"03/11/2024, 21:{n:02} - {'Ana' if n % 2 else 'Ben'}: number {n}" for n in range(30)]
    chat.write_text("\n".join(lines), encoding="utf-8")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_IMPORT, str(tmp_path / "home"), str(chat), str(batch), when]
    )
    assert killed.returncode == -signal.SIGKILL

    home = Home(tmp_path / "home")
    index = QdrantEdgeIndex(home.index_path, 384)
    store = Store(home, index, embedding)
    memory = store.memory("ana")
    assert len(memory.all_utterances()) == min(8 * batch, 30)
    monkeypatch.setattr(pipeline, "BATCH", 8)
    run([chat], memory, Plan(owner_names=["Ana"], zone=UTC))
    assert [u.text for u in memory.all_utterances()] == [f"number {n}" for n in range(30)]
    assert index.count(memory.twin.twin_id) == 30
    store.close()
