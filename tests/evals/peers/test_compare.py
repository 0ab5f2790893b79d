"""The comparison is one table; nothing is sent while it is made."""

import socket
from pathlib import Path

import pytest

from evals.dialogue import load_locomo
from evals.peers.compare import measure_peers
from evals.peers.offline import nothing_leaves
from evals.peers.table import peers_table
from persona.settings import load_settings
from tests.evals.peers.test_memories import OWN, needs_peers
from ui.cli import run


def test_a_connection_to_elsewhere_is_refused_and_told_of() -> None:
    with nothing_leaves() as tried:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("192.0.2.1", 443), timeout=1)
        with pytest.raises(ConnectionRefusedError):
            socket.getaddrinfo("example.org", 443)
    assert tried == ["192.0.2.1", "example.org"]


def test_this_machine_can_be_reached_meanwhile() -> None:
    with nothing_leaves() as tried, socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
    assert tried == []


def test_the_table_has_a_row_for_each_memory() -> None:
    row = {
        "memory": "some memory",
        "recall": {"5": 0.5, "10": 0.6, "25": 0.7},
        "in_budget": 0.65,
        "tokens_at_10": 300.2,
        "fill_ms_per_message": 2.0,
        "add_ms": {"p50": 3.0, "p95": 4.0},
        "search_ms": {"p50": 5.0, "p95": 6.0},
        "messages": 20,
        "kept": 20,
        "n": 9,
    }
    written = row | {
        "memory": "other",
        "failed": 2,
        "add_ms_mean": 4000.0,
        "model_tokens_per_message": [900, 60],
        "fill_ms_per_message": None,
    }
    figures = {
        "raw": [row],
        "n_messages": 20,
        "n_questions": 9,
        "by_the_model": [row, written],
        "model": "llamacpp:small",
        "by_the_model_messages": 20,
        "by_the_model_questions": 9,
        "versions": {"mem0ai": "1.0"},
        "tried_to_reach": [],
    }
    text = peers_table(figures)
    assert text.count("| some memory | 20 of 20 | 0.500 | 0.600 | 0.700 | 0.650 | 300 | 2.0 |") == 2
    assert "other, 2 of 20 failed" in text
    assert "| 4,000.0 | 5.0 | 6.0 | 900 read, 60 written |" in text
    assert "Tried to reach: nowhere." in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--no-whole"], "--no-whole alone leaves nothing to measure (say how many"),
        (["--written", "3"], "there is no chat model"),
    ],
)
def test_what_can_measure_nothing_is_one_line(
    asked: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SELFSAME_CHAT", "none")
    file = tmp_path / "chats.json"
    file.write_text("[]")
    assert run(["eval", "peers", str(file), *asked]) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith(f"error: {told}")
    assert "\n" not in error


@needs_peers
def test_all_memories_are_asked_the_same(tmp_path: Path) -> None:
    settings = load_settings(chat="none", home=tmp_path)
    figures = measure_peers(settings, load_locomo(OWN), lambda *_: None, written=0)
    assert [row["memory"] for row in figures["raw"]] == ["selfsame", "mem0, raw", "LangMem, raw"]
    assert {row["n"] for row in figures["raw"]} == {7}
    assert {row["messages"] for row in figures["raw"]} == {11}
    assert all(row["recall"]["25"] == pytest.approx(6 / 7, abs=1e-3) for row in figures["raw"])
    assert "by_the_model" not in figures
    assert figures["tried_to_reach"] == []
