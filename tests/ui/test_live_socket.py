"""The live page's socket: who may come in, and what is said through it."""

from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from memory.store import Memory, Store
from persona.live.cast import Cast
from persona.settings import load_settings
from persona.twin import Twin
from persona.voice.voices import FAST, TwinVoice
from ui.live.door import MOST_ROOMS, Door, door
from ui.live.room import Room
from ui.live.routes import PATH, routes

ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Memory], Room]:
    """Makes a room for a twin, as its visitor Vera, with the fast voice and nothing else."""
    settings = load_settings(home=tmp_path / "voices", chat="none")

    def room(memory: Memory) -> Room:
        voice = TwinVoice(settings, memory.voice, FAST)
        twin = Twin(memory, None)
        return Room(
            lambda: Cast(twin=twin, visitor="Vera", voice=voice, hearing=None, face=None), zone=UTC
        )

    return room


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A client of the live routes alone."""
    with TestClient(Starlette(routes=routes())) as opened:
        yield opened
    door().close()


def until(socket: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """Return the next message of a kind."""
    while True:
        message = socket.receive_json()
        if message["kind"] == kind:
            return message


def test_a_page_of_another_origin_is_turned_away(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", lambda: make(memory))
    for headers in ({"origin": "https://example.org"}, {}):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(PATH, headers=headers):
            pass
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token})
        assert until(socket, "ready")["hears"] is False


@pytest.mark.parametrize("first", [{"token": "guessed"}, {"token": None}, {}, [1], "word"])
def test_without_its_token_nobody_comes_in(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room], first: object
) -> None:
    door().admit("vera", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json(first)
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()


def test_each_token_opens_the_talk_with_its_own_twin(
    client: TestClient, store: Store, make: Callable[[Memory], Room]
) -> None:
    memories = [store.memory(store.create(n, o).name) for n, o in (("ana", "Ana"), ("bob", "Bob"))]
    tokens = [door().admit(m.twin.name, lambda m=m: make(m)) for m in memories]
    assert tokens[0] != tokens[1]
    for token, memory in zip(tokens, memories, strict=True):
        with client.websocket_connect(PATH, headers=ORIGIN) as socket:
            socket.send_json({"token": token})
            until(socket, "ready")
            socket.send_json({"do": "say", "text": f"are you a bot, twin of {memory.twin.owner}?"})
            assert memory.twin.owner in until(socket, "writing")["text"]


def test_nonsense_is_overlooked(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token})
        until(socket, "ready")
        for text in ("{", "[]", '{"do": 3}', '{"do": "offer", "sdp": "nonsense"}', '"x"'):
            socket.send_text(text)
        assert until(socket, "no_call")
        socket.send_json({"do": "say", "text": "hello"})
        assert until(socket, "heard") == {"kind": "heard", "text": "hello", "final": True}


def test_a_newer_page_takes_over(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as older:
        older.send_json({"token": token})
        until(older, "ready")
        with client.websocket_connect(PATH, headers=ORIGIN) as newer:
            newer.send_json({"token": token})
            until(newer, "ready")
            with pytest.raises(WebSocketDisconnect) as closed:
                older.receive_json()
            assert closed.value.code == 4409


def test_there_are_only_so_many_rooms(memory: Memory, make: Callable[[Memory], Room]) -> None:
    own = Door()
    tokens = [own.admit(f"visitor {n}", lambda: make(memory)) for n in range(MOST_ROOMS + 1)]
    assert own.room(tokens[0]) is None
    assert own.room(tokens[-1]) is not None
    assert own.admit("visitor 4", lambda: make(memory)) == tokens[-1]
    own.close()
    assert own.room(tokens[-1]) is None
