"""Faces at providers: what is asked of them, what is told when they fail, what is left behind."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from persona.errors import FaceProblem
from persona.face.face import FaceSession, Frame, Interrupted, SpeakEnded
from persona.face.faces import close_left_open
from persona.face.hosted import Likeness
from persona.face.patience import Patience, Stopped
from persona.face.profile import OpenList, load_profile
from persona.face.segment_face import SegmentFace
from persona.voice.consent import give_consent
from tests.faces import HELLO, RATE
from tests.persona.face.elsewhere import (
    AVATARS,
    QUICK,
    Things,
    clip_of_hello,
    hosted_face,
    provider,
)
from tests.persona.face.face_server import KEY, FaceServer, face_server

AGREED = give_consent("Ana Reis", "I am Ana Reis and I agree to moving pictures of me.")
LIKENESS = Likeness(portrait=b"\xff\xd8 a portrait")
PROVIDERS = list(AVATARS)
KEY_HEADERS = {
    "d-id": ("authorization", f"Basic {KEY}"),
    "heygen": ("x-api-key", KEY),
    "a2e": ("authorization", f"Bearer {KEY}"),
}


@pytest.fixture
def server() -> Iterator[FaceServer]:
    with face_server(clip_of_hello()) as running:
        yield running


@pytest.fixture(params=PROVIDERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def say_hello(face: SegmentFace) -> list[Any]:
    face.start(FaceSession(sample_rate=RATE))
    face.push_pcm(HELLO.samples, HELLO.phones)
    face.end_segment()
    return list(face.events())


def test_an_avatar_is_made_speaks_and_is_deleted(name: str, server: FaceServer) -> None:
    things = Things()
    faces = provider(name, server, things)
    avatar = faces.create("Ana Reis", LIKENESS, AGREED, QUICK)
    assert faces.clip(avatar, HELLO, QUICK) == server.clip
    faces.delete(avatar)
    assert not server.there
    assert not things.open
    faces.delete(avatar)


def test_the_key_goes_to_the_provider_and_not_to_where_files_lie(
    name: str, server: FaceServer
) -> None:
    faces = provider(name, server, Things())
    faces.clip(AVATARS[name], HELLO, QUICK)
    header, value = KEY_HEADERS[name]
    for method, path, headers, _ in server.asked:
        lower = {key.lower(): content for key, content in headers.items()}
        if path in ("/file.mp4", "/put"):
            assert KEY not in str(headers)
        else:
            assert lower[header] == value, (method, path)


def test_d_id_is_asked_in_its_own_shape(server: FaceServer) -> None:
    provider("d-id", server, Things()).clip("images-1 s3://images/images-1", HELLO, QUICK)
    assert server.sent("POST /talks") == {
        "source_url": "s3://images/images-1",
        "script": {"type": "audio", "audio_url": "s3://audios/audios-1"},
        "config": {"stitch": True, "fluent": True, "result_format": "mp4"},
    }
    assert server.calls()[-2:] == ["DELETE /talks/talks-2", "DELETE /audios/audios-1"]


def test_heygen_is_asked_in_its_own_shape(server: FaceServer, tmp_path: Path) -> None:
    faces = provider("heygen", server, Things())
    video = tmp_path / "ana.mp4"
    video.write_bytes(b"a video")
    faces.create("Ana", Likeness(portrait=b"", video=video), AGREED, QUICK)
    assert server.sent("POST /v3/avatars") == {
        "type": "digital_twin",
        "name": "Ana",
        "file": {"type": "asset_id", "asset_id": "asset-1"},
    }
    faces.clip("group-1 look-1", HELLO, QUICK)
    sent = server.sent("POST /v3/videos")
    assert (sent["type"], sent["avatar_id"], sent["audio_asset_id"]) == (
        "avatar",
        "look-1",
        "asset-1",
    )


def test_a2e_is_asked_in_its_own_shape(server: FaceServer) -> None:
    faces = provider("a2e", server, Things())
    assert faces.create("Ana", LIKENESS, AGREED, QUICK) == "twin-1 anchor-1"
    assert server.sent("POST /api/v1/userVideoTwin/startTraining")["image_url"].endswith("/laid")
    faces.clip("twin-1 anchor-1", HELLO, QUICK)
    sent = server.sent("POST /api/v1/video/generate")
    assert (sent["anchor_id"], sent["anchor_type"]) == ("anchor-1", 1)
    assert sent["audioSrc"].endswith("/laid")


def test_heygens_own_consent_page_is_told_and_nothing_stays(server: FaceServer) -> None:
    server.consent = False
    with pytest.raises(FaceProblem, match="consent") as problem:
        provider("heygen", server, Things()).create("Ana", LIKENESS, AGREED, QUICK)
    assert "https://agree" in str(problem.value)
    assert not server.there


ERRORS: list[tuple[str, int, Any, str]] = [
    ("d-id", 401, {"kind": "AuthorizationError", "description": KEY}, "take the key"),
    ("d-id", 402, {"kind": "InsufficientCreditsError"}, "used up"),
    ("d-id", 403, {"kind": "Forbidden", "description": "Max user sessions reached"}, "no place"),
    ("d-id", 451, {"kind": "ModerationError"}, "refuses"),
    ("d-id", 429, {}, "too often"),
    ("d-id", 500, {}, r"\(500\)"),
    ("heygen", 401, {"error": {"code": "unauthorized", "message": KEY}}, "take the key"),
    ("heygen", 402, {"error": {"code": "insufficient_credit"}}, "used up"),
    ("heygen", 429, {"error": {"code": "quota_exceeded"}}, "used up"),
    ("heygen", 429, {"error": {"code": "rate_limit_exceeded"}}, "too often"),
    ("heygen", 404, {"error": {"code": "avatar_not_found"}}, "no longer has"),
    ("heygen", 413, {"error": {"code": "payload_too_large"}}, "too large"),
    ("a2e", 401, {"code": 401, "msg": KEY}, "take the key"),
    ("a2e", 200, {"code": 401, "msg": f"invalid token {KEY}"}, "take the key"),
    ("a2e", 200, {"code": 2, "msg": "not enough coins"}, "used up"),
    ("a2e", 200, {"code": 1001, "msg": "hosts are occupied"}, "no place"),
    ("a2e", 200, {"code": 9, "msg": "oh"}, "an error"),
    ("a2e", 503, {}, r"\(503\)"),
]


@pytest.mark.parametrize(("which", "status", "body", "told"), ERRORS)
def test_errors_are_told_in_plain_words(
    server: FaceServer,
    caplog: pytest.LogCaptureFixture,
    which: str,
    status: int,
    body: Any,
    told: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail(status, body)
    with pytest.raises(FaceProblem, match=told) as problem:
        provider(which, server, Things()).clip(AVATARS[which], HELLO, QUICK)
    assert KEY not in str(problem.value)
    assert KEY not in caplog.text


def test_a_provider_that_is_busy_is_asked_again(name: str, server: FaceServer) -> None:
    server.fail(503, {}, once=True)
    assert provider(name, server, Things()).clip(AVATARS[name], HELLO, QUICK) == server.clip


def test_a_failed_job_is_told_and_leaves_nothing(name: str, server: FaceServer) -> None:
    server.job = "failed"
    things = Things()
    with pytest.raises(FaceProblem) as problem:
        provider(name, server, things).clip(AVATARS[name], HELLO, QUICK)
    assert KEY not in str(problem.value)
    assert not server.there
    assert not things.open


def test_a_job_that_never_ends_is_given_up(name: str, server: FaceServer) -> None:
    server.job = "never"
    short = Patience(first=0.005, longest=0.01, deadline=0.1)
    with pytest.raises(FaceProblem, match="takes too long"):
        provider(name, server, Things()).clip(AVATARS[name], HELLO, short)
    assert not server.there


def test_a_provider_that_hangs_is_given_up(name: str, server: FaceServer) -> None:
    server.hangs = threading.Event()
    with pytest.raises(FaceProblem, match="too long to answer"):
        provider(name, server, Things(), timeout=0.2).clip(AVATARS[name], HELLO, QUICK)
    server.hangs.set()


def test_a_provider_that_is_not_there_is_told(name: str) -> None:
    nowhere = FaceServer(url="http://127.0.0.1:9")
    with pytest.raises(FaceProblem, match="can't be reached"):
        provider(name, nowhere, Things()).clip(AVATARS[name], HELLO, QUICK)


def test_a_clip_is_shown_on_the_clock_of_the_sound(name: str, server: FaceServer) -> None:
    notices: list[str] = []
    face = hosted_face(name, server, Things(), notices.append)
    events = say_hello(face)
    frames = [event for event in events if isinstance(event, Frame)]
    assert [f.number for f in frames] == list(range(len(HELLO.samples) * 25 // RATE))
    assert isinstance(events[-1], SpeakEnded)
    assert not notices


def test_where_the_provider_fails_the_local_face_speaks_and_says_so(
    name: str, server: FaceServer
) -> None:
    server.fail(402, {"kind": "InsufficientCreditsError"})
    notices: list[str] = []
    face = hosted_face(name, server, Things(), notices.append)
    events = say_hello(face)
    frames = [event for event in events if isinstance(event, Frame)]
    assert [f.number for f in frames] == list(range(len(HELLO.samples) * 25 // RATE))
    assert isinstance(events[-1], SpeakEnded)
    assert notices
    assert notices[0].endswith("the local face speaks instead")


def test_an_interrupt_ends_the_wait_for_a_provider(name: str, server: FaceServer) -> None:
    """The job is called off: it isn't paid for, nor left behind."""
    server.job = "never"
    things = Things()
    face = hosted_face(name, server, things)
    face.start(FaceSession(sample_rate=RATE))
    face.push_pcm(HELLO.samples, HELLO.phones)
    face.end_segment()
    events: list[Any] = []
    waiting = threading.Thread(target=lambda: events.extend(face.events()))
    waiting.start()
    while not any("GET /talks/" in c or "/videos/video" in c or "aws" in c for c in server.calls()):
        waiting.join(0.01)
    face.interrupt()
    waiting.join(5)
    assert [type(event) for event in events] == [Interrupted]
    assert not server.there
    assert not things.open


def test_what_a_crash_left_open_is_closed_at_the_next_start(
    server: FaceServer, tmp_path: Path
) -> None:
    from memory.shelf import Shelf

    class Killed(BaseException):
        pass

    class Dying(Patience):
        def looks(self, who: str) -> Iterator[int]:
            raise Killed

    shelf = Shelf(tmp_path)
    things = OpenList(shelf, "d-id")
    faces = provider("d-id", server, things)
    talk = faces.discard
    faces.discard = lambda thing: (_ for _ in ()).throw(FaceProblem("gone", ""))  # type: ignore[method-assign]
    with pytest.raises(Killed):
        faces.clip(AVATARS["d-id"], HELLO, Dying())
    faces.discard = talk  # type: ignore[method-assign]
    assert load_profile(shelf).opened == {"d-id": ["audios/audios-1", "talks/talks-2"]}
    again = OpenList(shelf, "d-id")
    close_left_open(provider("d-id", server, again), again)
    assert not server.there
    assert load_profile(shelf).opened == {}


def test_waiting_grows_and_can_be_called_off() -> None:
    patience = Patience(first=0.001, growth=2.0, longest=0.003, deadline=5)
    looks = patience.looks("It")
    assert [next(looks) for _ in range(4)] == [0, 1, 2, 3]
    patience.stop.set()
    with pytest.raises(Stopped):
        next(looks)
