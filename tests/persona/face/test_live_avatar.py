"""A live avatar: what it is sent, what it tells, and how the local face takes over from it."""

import base64
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import numpy as np
import pytest

from persona.errors import BudgetUsedUp
from persona.face.adapters.live_avatar import LiveAvatarFace, LiveAvatarSessions
from persona.face.face import (
    FaceEvent,
    FaceSession,
    Frame,
    Interrupted,
    Room,
    SpeakEnded,
    SpeakStarted,
)
from persona.face.motion import Attention
from persona.voice.sound import from_pcm
from tests.faces import HELLO, RATE
from tests.persona.face.elsewhere import Things, local_face, silence
from tests.persona.face.face_server import KEY, FaceServer, face_server
from tests.persona.face.live_avatar_server import AvatarSocket, avatar_socket


class Stage:
    """A live avatar with all around it."""

    def __init__(self, server: FaceServer, socket: AvatarSocket) -> None:
        server.socket_url = socket.url
        self.server, self.socket, self.things = server, socket, Things()
        self.notices: list[str] = []
        self.spent = 0.0
        self.most = 60.0
        self.sessions = LiveAvatarSessions(KEY, self.things, base=server.url, timeout=2)
        self.face = LiveAvatarFace(
            self.sessions,
            "avatar-7",
            local_face(),
            spend=self.spend,
            notice=self.notices.append,
        )

    def spend(self, seconds: float) -> None:
        if self.spent + seconds > self.most:
            raise BudgetUsedUp("this month's budget of 60 seconds is used up", "")
        self.spent += seconds

    def start(self) -> None:
        self.face.start(FaceSession(sample_rate=RATE))

    def until(self, done: Callable[[list[FaceEvent]], Any]) -> list[FaceEvent]:
        """Return events until there is what is waited for."""
        seen: list[FaceEvent] = []
        end = monotonic() + 5
        while not done(seen):
            assert monotonic() < end, (seen, self.socket.kinds())
            seen += self.face.events()
        return seen


@pytest.fixture
def stage() -> Iterator[Stage]:
    with face_server(b"") as server, avatar_socket() as socket:
        made = Stage(server, socket)
        yield made
        made.face.close()


def test_pushed_sound_is_spoken_in_a_room(stage: Stage) -> None:
    stage.start()
    stage.face.push_pcm(silence(1, RATE))
    stage.face.push_pcm(HELLO.samples, HELLO.phones)
    stage.face.end_segment()
    events = stage.until(lambda seen: any(isinstance(e, SpeakEnded) for e in seen))
    assert events[0] == Room("wss://room", "viewer")
    assert Room("wss://room", "viewer").link.endswith("?liveKitUrl=wss%3A%2F%2Froom&token=viewer")
    assert [type(e) for e in events[1:]] == [SpeakStarted, SpeakEnded]
    spoken = [m["audio"] for m in stage.socket.heard if m["type"] == "agent.speak"]
    sound = np.concatenate([from_pcm(base64.b64decode(part)) for part in spoken])
    assert len(sound) == pytest.approx(HELLO.seconds * 24_000, abs=2)
    assert all(len(base64.b64decode(part)) <= 48_000 for part in spoken)
    assert stage.spent == pytest.approx(HELLO.seconds, abs=0.01)
    assert stage.server.sent("POST /v1/sessions/token") == {
        "mode": "LITE",
        "avatar_id": "avatar-7",
        "is_sandbox": False,
    }


def test_an_interrupt_is_told_to_the_avatar_at_once(stage: Stage) -> None:
    stage.start()
    stage.face.push_pcm(HELLO.samples, HELLO.phones)
    stage.face.interrupt()
    stage.face.express(Attention.LISTENING)
    events = stage.until(
        lambda seen: (
            any(isinstance(e, Interrupted) for e in seen)
            and "agent.start_listening" in stage.socket.kinds()
        )
    )
    at = int(HELLO.seconds * 25)
    assert Interrupted(at, 1) in events
    assert stage.socket.kinds()[-2:] == ["agent.interrupt", "agent.start_listening"]


def test_closing_ends_the_session(stage: Stage) -> None:
    stage.start()
    assert stage.things.open
    stage.face.close()
    assert not stage.things.open
    assert not stage.server.there
    assert stage.socket.over.wait(5)


def test_a_session_left_open_by_a_crash_is_ended(stage: Stage) -> None:
    left = stage.sessions.open("avatar-7")["session_id"]
    assert stage.things.open == [left]
    stage.sessions.discard(left)
    assert not stage.server.there
    assert not stage.things.open
    stage.things.opened(left)
    stage.sessions.discard(left)  # the provider ended it by itself in the meantime
    assert not stage.things.open


def test_a_session_that_expires_is_gone_on_with_by_the_local_face(stage: Stage) -> None:
    stage.socket.ends_after = 4
    stage.start()
    stage.face.push_pcm(HELLO.samples, HELLO.phones)
    stage.face.end_segment()
    stage.until(lambda _: stage.notices)
    assert stage.notices == ["the session at LiveAvatar is over; the local face speaks instead"]
    stage.face.push_pcm(HELLO.samples, HELLO.phones)
    stage.face.end_segment()
    frames = [e for e in stage.face.events() if isinstance(e, Frame)]
    first = len(HELLO.samples) * 25 // RATE
    assert frames[0].number == first
    assert len(frames) in (first, first + 1)


def test_a_used_up_budget_lets_the_local_face_speak(stage: Stage) -> None:
    stage.most = HELLO.seconds + 0.1
    stage.start()
    for _ in range(2):
        stage.face.push_pcm(HELLO.samples, HELLO.phones)
        stage.face.end_segment()
    frames = [e for e in stage.face.events() if isinstance(e, Frame)]
    assert "budget" in stage.notices[0]
    assert len(frames) == pytest.approx(HELLO.seconds * 25, abs=1)


ERRORS = [
    (401, {"code": 4001, "message": KEY}, "take the key"),
    (402, {"code": 4002, "message": "no credits left"}, "used up"),
    (429, {"code": 4003, "message": "concurrency limit"}, "no place free"),
    (200, {"code": 5000, "message": "oh"}, "an error"),
]


@pytest.mark.parametrize(("status", "body", "told"), ERRORS)
def test_a_session_that_cannot_be_had_is_told_and_stood_in_for(
    stage: Stage, status: int, body: Any, told: str
) -> None:
    stage.server.fail(status, body)
    stage.start()
    assert told in stage.notices[0]
    assert KEY not in stage.notices[0]
    stage.face.push_pcm(silence(0.2, RATE))
    assert sum(isinstance(e, Frame) for e in stage.face.events()) == 5


def test_an_avatar_that_never_connects_is_given_up(stage: Stage) -> None:
    stage.socket.state = "connecting"
    stage.sessions.timeout = 0.2
    stage.start()
    assert "takes too long" in stage.notices[0]
    assert not stage.server.there
