"""LiveAvatar: an avatar at HeyGen that speaks pushed sound at once, seen in a LiveKit room.

Its pictures go from the provider straight to the viewer's browser. When the session is lost, the
local face takes over, on the same clock.
"""

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from persona.errors import BudgetUsedUp, FaceProblem
from persona.face.adapters.caller import Caller, part
from persona.face.face import (
    FaceAbilities,
    FaceEvent,
    FaceSession,
    Interrupted,
    Room,
    SpeakEnded,
    SpeakStarted,
)
from persona.face.footage import FPS
from persona.face.hosted import OpenThings
from persona.face.landmarks import Picture
from persona.face.local import LocalFace
from persona.face.motion import Attention
from persona.face.patience import Patience
from persona.voice.sound import resampled, to_pcm
from persona.voice.speech import Speech, TimedPhone

BASE = "https://api.liveavatar.com"
NAME = "LiveAvatar"
_RATE = 24_000
_ALIVE_EVERY = 60
"""Seconds of sound after which the provider is told that somebody is still there."""
_FINE = (100, 1000, None)
_USED_UP, _EXPIRED = ("credit", "quota"), ("expired", "not active")
_BUSY = "concurren"


class LiveAvatarSessions:
    """Opening and closing sessions; also closes those that a crash left open."""

    def __init__(self, key: str, things: OpenThings, base: str = BASE, timeout: float = 20) -> None:
        self.things = things
        self.timeout = timeout
        self._keyed = self._caller(base, {"x-api-key": key})
        self._base = base

    def open(self, avatar: str) -> dict[str, str]:
        """Return `session_id`, `livekit_url`, `livekit_client_token` and `ws_url`."""
        asked = {"mode": "LITE", "avatar_id": avatar, "is_sandbox": False}
        made = self._keyed.ask("POST", "/v1/sessions/token", Patience(), json=asked)
        session = self._keyed.text(made, "data", "session_id")
        token = self._keyed.text(made, "data", "session_token")
        self.things.opened(session)
        bearer = self._caller(self._base, {"authorization": f"Bearer {token}"})
        try:
            started = bearer.ask("POST", "/v1/sessions/start", Patience())
        finally:
            bearer.close()
        names = ("livekit_url", "livekit_client_token", "ws_url")
        return {"session_id": session} | {n: bearer.text(started, "data", n) for n in names}

    def discard(self, session: str) -> None:
        """End a session; one that is over already counts as ended."""
        asked = {"session_id": session, "reason": "USER_DISCONNECTED"}
        try:
            self._keyed.ask("POST", "/v1/sessions/stop", Patience(), json=asked)
        except FaceProblem as problem:
            if problem.message not in (self.over().message, self._keyed.problem("gone").message):
                raise
        self.things.closed(session)

    def check(self) -> str:
        """Return how the account stands."""
        found = self._keyed.ask("GET", "/v1/users/credits", Patience())
        return f"{part(found, 'data', 'credits_left')} credits left"

    def over(self) -> FaceProblem:
        """Return that the session has ended."""
        return self._keyed.problem("expired")

    def unreached(self) -> FaceProblem:
        """Return that there is no connection."""
        return FaceProblem(f"{NAME} can't be reached", "is there a network?")

    def close(self) -> None:
        """Let go of the connection."""
        self._keyed.close()

    def _caller(self, base: str, headers: dict[str, str]) -> Caller:
        return Caller(
            name=NAME,
            setting="LIVEAVATAR_API_KEY",
            base=base,
            headers=headers,
            explain=_why,
            timeout=self.timeout,
        )


class LiveAvatarFace:
    """A `Face` seen in a room."""

    name = NAME
    abilities = FaceAbilities(live=True, hosted=True, needs_phones=False, pictures=False)

    def __init__(
        self,
        sessions: LiveAvatarSessions,
        avatar: str,
        stand_in: LocalFace,
        *,
        spend: Callable[[float], None],
        notice: Callable[[str], None],
    ) -> None:
        """Take an avatar by its id at the provider.

        Args:
            sessions: the provider.
            avatar: whom to show.
            stand_in: the local face, for when the session is lost.
            spend: told seconds of sound before they are sent; raises when they are too many.
            notice: told in words for the user when the local face takes over.
        """
        self._sessions, self._avatar, self._stand_in = sessions, avatar, stand_in
        self._spend, self._notice = spend, notice
        self._socket: ClientConnection | None = None
        self._held = ExitStack()
        self._session = ""
        self._heard: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._ready: list[FaceEvent] = []
        self._pushed = self._epoch = self._segments = 0
        self._open = self._lost = False
        self._rate = _RATE

    def start(self, session: FaceSession) -> None:
        """Open a session; where that fails, the local face it is."""
        self.close()
        self._rate, self._pushed, self._epoch = session.sample_rate, 0, 0
        self._open = self._lost = False
        self._ready = []
        self._heard = SimpleQueue()
        try:
            self._connect()
        except FaceProblem as problem:
            self._lose(problem)

    def push_pcm(self, chunk: NDArray[np.float32], track: Sequence[TimedPhone] = ()) -> None:
        """Send sound; silence between segments is not sent, it only moves the clock."""
        if self._lost:
            self._stand_in.push_pcm(chunk, track)
            return
        self._open = self._open or bool(track)
        after = self._pushed + len(chunk)
        if self._open:
            self._speak(chunk)
        elif self._pushed // (_ALIVE_EVERY * self._rate) < after // (_ALIVE_EVERY * self._rate):
            self._send("session.keep_alive")
        if self._lost:  # just now: the local face began where this chunk does
            self._stand_in.push_pcm(chunk, track)
        self._pushed = after

    def end_segment(self) -> None:
        """Say that the words are complete."""
        if self._lost:
            self._stand_in.end_segment()
        elif self._open:
            self._open = False
            self._segments += 1
            self._send("agent.speak_end", event_id=str(self._segments))

    def interrupt(self) -> None:
        """Stop at once."""
        if self._lost:
            self._stand_in.interrupt()
            return
        self._open = False
        self._epoch += 1
        self._ready.append(Interrupted(self._frame, self._epoch))
        self._send("agent.interrupt")

    def express(self, attention: Attention, mood: float = 0.0) -> None:
        """Listen or not: all that the provider knows."""
        self._stand_in.express(attention, mood)
        listens = attention is Attention.LISTENING
        self._send("agent.start_listening" if listens else "agent.stop_listening")

    def events(self) -> Iterator[FaceEvent]:
        """Yield what the provider has told since."""
        while True:
            with suppress(Empty):
                while True:
                    self._hear(self._heard.get_nowait())
            if not self._ready:
                break
            yield self._ready.pop(0)
        if self._lost:
            yield from self._stand_in.events()

    def close(self) -> None:
        """End the session."""
        self._socket = None
        self._held.close()
        if self._session:
            with suppress(FaceProblem):  # it stays in the list, for the next start to end
                self._sessions.discard(self._session)
            self._session = ""
        self._sessions.close()

    def film(self, take: Speech) -> Iterator[Picture]:
        """Yield the pictures of the local face: the provider hands out none."""
        self._notice(f"{NAME} is for live conversations; the local face speaks instead")
        return self._stand_in.film(take)

    @property
    def _frame(self) -> int:
        return self._pushed * FPS // self._rate

    def _connect(self) -> None:
        made = self._sessions.open(self._avatar)
        self._session = made["session_id"]
        seconds = self._sessions.timeout
        try:
            opening = connect(made["ws_url"], open_timeout=seconds, close_timeout=1)
            self._socket = self._held.enter_context(opening)
            while _told(self._socket.recv(timeout=seconds)).get("state") != "connected":
                pass
        except TimeoutError:
            raise FaceProblem(f"{NAME} takes too long to answer", "try again") from None
        except (WebSocketException, OSError, ValueError):
            raise self._sessions.unreached() from None
        self._ready.append(Room(made["livekit_url"], made["livekit_client_token"]))
        Thread(target=_listen, args=(self._socket, self._heard), daemon=True).start()

    def _speak(self, chunk: NDArray[np.float32]) -> None:
        try:
            self._spend(len(chunk) / self._rate)
        except (FaceProblem, BudgetUsedUp) as problem:
            self._lose(problem)
            return
        sound = resampled(chunk, self._rate, _RATE)
        for start in range(0, len(sound), _RATE):
            audio = base64.b64encode(to_pcm(sound[start : start + _RATE])).decode()
            self._send("agent.speak", audio=audio)

    def _send(self, kind: str, **content: str) -> None:
        if self._lost or self._socket is None:
            return
        try:
            self._socket.send(json.dumps({"type": kind, **content}))
        except (WebSocketException, OSError):
            self._lose(self._sessions.over())

    def _hear(self, told: dict[str, Any] | None) -> None:
        kind = told.get("type") if told else "session.state_updated"
        if kind == "agent.speak_started":
            self._ready.append(SpeakStarted(self._frame, self._epoch))
        elif kind == "agent.speak_ended":
            self._ready.append(SpeakEnded(self._frame, self._epoch))
        elif kind == "session.state_updated" and (told or {}).get("state") in (None, "closed"):
            self._lose(self._sessions.over())

    def _lose(self, problem: FaceProblem | BudgetUsedUp) -> None:
        """Let the local face go on from here."""
        if self._lost:
            return
        self._lost = True
        self._notice(f"{problem.message}; the local face speaks instead")
        self._stand_in.start(FaceSession(sample_rate=self._rate, first_frame=self._frame))
        self.close()


def _listen(socket: ClientConnection, heard: "SimpleQueue[dict[str, Any] | None]") -> None:
    """Pass on what comes, and None at the end."""
    try:
        for message in socket:
            heard.put(_told(message))
    except (WebSocketException, OSError):
        pass
    heard.put(None)


def _told(message: str | bytes) -> dict[str, Any]:
    try:
        told: Any = json.loads(message)
    except ValueError:
        return {}
    return cast(dict[str, Any], told) if isinstance(told, dict) else {}


def _why(status: int, body: Any) -> str:
    code, said = part(body, "code"), str(part(body, "message") or "").casefold()
    if status < 400 and code in _FINE:
        return ""
    if any(word in said for word in _USED_UP):
        return "quota"
    if _BUSY in said:
        return "busy"
    if any(word in said for word in _EXPIRED):
        return "expired"
    return "" if status >= 400 else "error"
