"""The live page's socket: who may come in, and what is said through it."""

import io
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from threading import Event, Thread
from typing import Any

import av
import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from memory.errors import SelfsameError
from memory.store import Memory, Store
from persona.face.open_face import open_face
from persona.live.cast import Cast
from persona.provenance.signer import signing_key
from persona.settings import load_settings
from persona.studio import Studio
from persona.twin import Twin
from persona.voice.voices import FAST, TwinVoice
from tests.faces import drawn_face
from ui.live.door import MOST_ROOMS, Door, door
from ui.live.room import GREETING, Room
from ui.live.routes import CLIPS, PATH, routes

ORIGIN = {"origin": "http://testserver"}
HEAD = 9
"""Bytes before each fragment: whether a run begins with it, and where."""


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Memory], Room]:
    """Makes a room for a twin, as its visitor Vera, with the fast voice and nothing else."""
    settings = load_settings(home=tmp_path / "voices", chat="none")

    def room(memory: Memory) -> Room:
        voice = TwinVoice(settings, memory.voice, FAST)
        twin = Twin(memory, None)
        return Room(
            lambda: Cast(twin=twin, visitor="Vera", voice=voice, hearing=None, face=None),
            UTC,
            lambda: Studio(
                twin=memory.twin,
                voice=voice,
                face=open_face(drawn_face()),
                key=signing_key(settings.home),
            ),
        )

    return room


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A client of the live routes alone."""
    with TestClient(Starlette(routes=routes())) as opened:
        yield opened
    door().close()


def no_studio() -> Studio:
    """Stand where nothing is filmed."""
    raise AssertionError("nothing is filmed")


def until(socket: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """Return the next message of a kind."""
    while True:
        message = socket.receive_json()
        if message["kind"] == kind:
            return message


def test_a_page_of_another_origin_is_turned_away(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", "ana", lambda: make(memory))
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
    door().admit("vera", "ana", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json(first)
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()


def test_each_token_opens_the_talk_with_its_own_twin(
    client: TestClient, store: Store, make: Callable[[Memory], Room]
) -> None:
    memories = [store.memory(store.create(n, o).name) for n, o in (("ana", "Ana"), ("bob", "Bob"))]
    tokens = [door().admit(m.twin.name, m.twin.name, lambda m=m: make(m)) for m in memories]
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
    token = door().admit("vera", "ana", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token})
        until(socket, "ready")
        for text in ("{", "[]", '{"do": 3}', '{"do": "offer", "sdp": "nonsense"}', '"x"'):
            socket.send_text(text)
        assert until(socket, "no_call")
        socket.send_json({"do": "say", "text": "hello"})
        assert until(socket, "heard") == {
            "kind": "heard",
            "text": "hello",
            "final": True,
            "tone": "",
        }


def test_a_reply_is_sent_as_a_film_to_its_own_page_alone(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room], tmp_path: Path
) -> None:
    token = door().admit("vera", "ana", lambda: make(memory))
    other = door().admit("walt", "ana", lambda: make(memory))
    room = door().room(token)
    assert room is not None
    conversation = room.open()
    conversation.type("hello")
    while (
        not (turns := memory.talks.last("Vera", 1)) or conversation.said(turns[0].turn_id) is None
    ):
        conversation.take()
        time.sleep(0.005)
    address = f"{CLIPS}/{turns[0].turn_id}"
    film = client.get(address, headers={"authorization": f"Bearer {token}"})
    assert film.headers["content-type"] == "video/mp4"
    written = tmp_path / "reply.mp4"
    written.write_bytes(film.content)
    with av.open(str(written)) as opened:
        assert {stream.type for stream in opened.streams} >= {"video", "audio"}
    assert client.get(address, headers={"authorization": f"Bearer {other}"}).status_code == 404
    assert client.get(address).status_code == 403


def test_without_webrtc_sound_comes_by_the_socket_itself(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", "ana", lambda: make(memory))
    parts: list[bytes] = []
    states: list[str] = []
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token})
        until(socket, "ready")
        socket.send_json({"do": "stream"})
        socket.send_json({"do": "say", "text": "hello"})
        while states[-2:] != ["speaking", "listening"]:
            received = socket.receive()
            if "bytes" in received:
                parts.append(received["bytes"])
            elif (told := json.loads(received["text"]))["kind"] == "state":
                states.append(told["state"])
    begins = [at for at, part in enumerate(parts) if part[0]]
    assert begins[0] == 0
    newest = b"".join(part[HEAD:] for part in parts[begins[-1] :])
    with av.open(io.BytesIO(newest)) as film:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in film.decode(audio=0)])
    assert np.abs(sound).max() > 0.1


def test_with_nothing_live_a_reply_is_there_as_a_film(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", "ana", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token})
        until(socket, "ready")
        socket.send_json({"do": "clips"})
        socket.send_json({"do": "say", "text": "hello"})
        while "end_ms" not in (told := until(socket, "times"))["times"]:
            pass
        assert until(socket, "session")["stages"]["end_ms"]["n"] == 1
        headers = {"authorization": f"Bearer {token}"}
        film = client.get(f"{CLIPS}/{told['turn']}", headers=headers)
    assert film.headers["content-type"] == "video/mp4"


def test_the_page_is_told_when_the_picture_is_gone(client: TestClient, memory: Memory) -> None:
    cast = Cast(
        twin=Twin(memory, None),
        visitor="Vera",
        voice=None,
        hearing=None,
        face=open_face(drawn_face()),
    )
    token = door().admit("vera", "ana", lambda: Room(lambda: cast, UTC, no_studio))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token})
        assert until(socket, "ready")["has_face"]
        room = door().room(token)
        assert room is not None
        room.open().stage.drop_face()
        socket.send_json({"do": "say", "text": "hello"})
        assert until(socket, "faceless")


def test_a_newer_page_takes_over(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", "ana", lambda: make(memory))
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
    tokens = [own.admit(f"visitor {n}", "ana", lambda: make(memory)) for n in range(MOST_ROOMS + 1)]
    assert own.room(tokens[0]) is None
    assert own.room(tokens[-1]) is not None
    assert own.admit("visitor 4", "ana", lambda: make(memory)) == tokens[-1]
    own.close()
    assert own.room(tokens[-1]) is None


def test_a_talk_that_is_ended_lets_its_page_go_and_opens_no_more(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", "ana/vera", lambda: make(memory))
    other = door().admit("walt", "ana/walt", lambda: make(memory))
    room = door().room(token)
    assert room is not None
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token})
        until(socket, "ready")
        door().end("ana/vera")
        with pytest.raises(WebSocketDisconnect) as closed:
            until(socket, "nothing more")
        assert closed.value.code == 4404
    room.close()
    with pytest.raises(SelfsameError, match="over"):
        room.open()
    assert door().room(token) is None
    assert door().room(other) is not None


def test_a_room_that_is_being_made_ready_counts_as_entered(memory: Memory) -> None:
    begun, may = Event(), Event()

    def gather() -> Cast:
        begun.set()
        may.wait()
        return Cast(twin=Twin(memory, None), visitor="Vera", voice=None, hearing=None, face=None)

    room = Room(gather, UTC, no_studio)
    assert room.left_at is not None
    opening = Thread(target=room.open)
    opening.start()
    begun.wait()
    assert room.left_at is None
    may.set()
    opening.join()
    assert room.left_at is not None
    room.close()


def test_a_talk_that_can_not_begin_says_why(client: TestClient) -> None:
    def gather() -> Cast:
        raise SelfsameError("the chat model isn't there", "fetch it")

    token = door().admit("vera", "ana", lambda: Room(gather, UTC, no_studio))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token})
        assert until(socket, "failed")["text"] == "The chat model isn't there. Fetch it"
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 4500


def test_a_page_that_is_loaded_anew_goes_on_where_it_was(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    before = door().admit("first load", "ana", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": before})
        assert until(socket, "ready")["said"] == []
        socket.send_json({"do": "clips"})
        socket.send_json({"do": "begin"})
        socket.send_json({"do": "say", "text": "hello"})
        reply = until(socket, "reply")
    token = door().admit("second load", "ana", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": token, "before": before})
        ready = until(socket, "ready")
    assert ready["begun"]
    assert ready["said"][0] == {"kind": "heard", "text": "hello", "final": True, "tone": ""}
    assert reply in ready["said"]
    assert door().room(token) is door().room(before)


def test_a_token_of_another_talk_opens_nothing_but_that(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    theirs = door().admit("vera", "ana/vera", lambda: make(memory))
    mine = door().admit("walt", "ana/walt", lambda: make(memory))
    with client.websocket_connect(PATH, headers=ORIGIN) as socket:
        socket.send_json({"token": mine, "before": theirs})
        until(socket, "ready")
    assert door().room(mine) is not door().room(theirs)


def test_the_greeting_is_there_as_a_film_with_captions(
    client: TestClient, memory: Memory, make: Callable[[Memory], Room]
) -> None:
    token = door().admit("vera", "ana", lambda: make(memory))
    room = door().room(token)
    assert room is not None
    room.open()
    headers = {"authorization": f"Bearer {token}"}
    assert client.get(f"{CLIPS}/{GREETING}", headers=headers).headers["content-type"] == "video/mp4"
    resting = client.get(f"{CLIPS}/idle", headers=headers)
    with av.open(io.BytesIO(resting.content)) as film:
        assert sum(1 for _ in film.decode(video=0)) == 150
    assert client.get(f"{CLIPS}/idle").status_code == 403
    captions = client.get(f"{CLIPS}/{GREETING}/words", headers=headers)
    assert captions.text.startswith("WEBVTT\n\n00:00:00.")
    assert "twin of Ana" in " ".join(captions.text.split())
    assert client.get(f"{CLIPS}/77/words", headers=headers).status_code == 404
    assert client.get(f"{CLIPS}/{GREETING}/words").status_code == 403
