"""Every memory of the comparison takes in chats and finds turns again, each chat for itself."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from evals.bench import scratch_workshop
from evals.dialogue import load_locomo
from evals.errors import EvalProblem
from evals.peers.compare import beginning
from evals.peers.langmem_memory import LangMemMemory
from evals.peers.mem0_memory import Mem0Memory
from evals.peers.own_memory import OwnMemory
from evals.peers.peer import INSTALL, Peer, look_for
from memory.embedding import Embedding
from memory.model import NewUtterance
from persona.as_langchain import open_writer
from persona.settings import load_settings
from tests.persona.chat_server import Script, chat_server

OWN = Path(__file__).parents[1] / "data" / "locomo-shape.json"

needs_peers = pytest.mark.skipif(
    not all(map(find_spec, ("mem0", "langmem", "fastembed"))),
    reason=f"mem0, langmem or fastembed is not installed; {INSTALL}",
)


@pytest.fixture(
    params=[
        "selfsame",
        pytest.param("mem0", marks=needs_peers),
        pytest.param("langmem", marks=needs_peers),
    ]
)
def peer(request: pytest.FixtureRequest, embedding: Embedding, tmp_path: Path) -> Iterator[Peer]:
    """Each memory in turn, empty, keeping messages as they are."""
    with scratch_workshop(load_settings(chat="none")) as workshop:
        opened: Peer = {
            "selfsame": lambda: OwnMemory(workshop),
            "mem0": lambda: Mem0Memory(embedding, tmp_path),
            "langmem": lambda: LangMemMemory(embedding),
        }[request.param]()
        yield opened
        opened.close()


def test_what_was_said_is_found_by_its_turn(peer: Peer) -> None:
    (dialogue,) = load_locomo(OWN)
    peer.fill("one", dialogue.turns[:8])
    for turn in dialogue.turns[8:]:
        peer.add("one", turn)
    found = peer.search("one", "Where is Marta's sister opening a bakery?", limit=3)
    assert len(found) == 3
    assert found[0].shows == ("D3:1",)
    assert "Lyon" in found[0].text


def test_chats_are_kept_apart(peer: Peer) -> None:
    one, two = "Ana and Ben", "Eva and Ben"
    peer.fill(one, [_turn("Ana", "my boat is called Comet", "1"), _turn("Ben", "nice", "2")])
    peer.fill(two, [_turn("Eva", "my cat is called Bishop", "3"), _turn("Ben", "nice", "4")])
    found = peer.search(two, "What is the boat called?", limit=5)
    assert {turn for one in found for turn in one.shows} <= {"3", "4"}


@needs_peers
def test_mem0_weighs_words_and_not_meaning_alone(embedding: Embedding, tmp_path: Path) -> None:
    memory = Mem0Memory(embedding, tmp_path)
    memory.fill("one", [_turn("Ana", "the zyzzyva sits in the drawer", "1")])
    details = memory.explain("one", "zyzzyva")
    memory.close()
    assert details[0]["bm25_score"] > 0


@needs_peers
def test_a_memory_that_a_model_made_shows_the_turn_it_came_from(
    embedding: Embedding, tmp_path: Path
) -> None:
    made = json.dumps({"memory": [{"id": "0", "text": "Ana owns a boat named Comet"}]})
    with chat_server(Script(words=(made,))) as url:
        settings = load_settings(chat="openai:any", base_url=url, api_key="k")
        memory = Mem0Memory(embedding, tmp_path, open_writer(settings, seed=1))
        memory.add("one", _turn("Ana", "got a boat, she is called comet", "7"))
        found = memory.search("one", "What is the boat called?", limit=5)
        memory.close()
    assert [(one.text, one.shows) for one in found] == [("Ana owns a boat named Comet", ("7",))]


def test_a_missing_peer_is_named_with_what_to_install() -> None:
    with pytest.raises(EvalProblem) as refused:
        look_for("no_such_memory_at_all")
    assert "no_such_memory_at_all" in str(refused.value)
    assert "--group peers" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_beginning_keeps_only_what_it_can_answer() -> None:
    dialogues = load_locomo(OWN)
    begun = beginning(dialogues, 4)
    assert [turn.external_id for turn in begun.turns] == ["D1:1", "D1:2", "D1:3", "D1:4"]
    kept = {q.text for q in begun.questions}
    assert kept
    for question in dialogues[0].questions:
        here = bool(question.evidence) and all(e.startswith("D1:") for e in question.evidence)
        assert (question.text in kept) == (here and question.category != 5)


def _turn(speaker: str, text: str, turn: str) -> NewUtterance:
    return NewUtterance(speaker=speaker, own=False, text=text, said_at=None, external_id=turn)
