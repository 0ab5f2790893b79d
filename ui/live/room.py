"""A room: one visitor's live conversation with one twin, whichever page shows it just now."""

import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from memory.errors import SelfsameError
from persona.live.events import Timed
from persona.live.ice import IceServer
from persona.live.timeline import summary
from ui.live.line import Line
from ui.live.outbox import Message, Outbox
from ui.live.said_so_far import SaidSoFar
from ui.live.wire import as_message

if TYPE_CHECKING:
    from persona.live.cast import Cast
    from persona.live.conversation import Conversation
    from persona.live.events import LiveEvent
    from persona.studio import Studio
    from persona.voice.speech import Speech

_LONGEST_TEXT = 4000
_LONGEST_WAIT_MS = 60_000
_MOST_TIMED = 200
GREETING = 0
"""Stands for the greeting where a turn is asked for."""

_log = logging.getLogger(__name__)


class Room:
    """One conversation; the page that came last is the one that sees and hears it."""

    def __init__(
        self,
        gather: "Callable[[], Cast]",
        zone: tzinfo,
        studio: "Callable[[], Studio]",
        servers: Sequence[IceServer] = (),
    ) -> None:
        """Get ready.

        Args:
            gather: brings the twin and its parts, and may take its time.
            zone: where times are told.
            studio: opens what it takes to film the twin.
            servers: help page and app to find each other through routers.
        """
        self.left_at: float | None = monotonic()
        """When the last page left; None while one is here, or the talk is being made ready."""
        self.over = False
        """Whether it is closed for good."""
        self._gather, self._zone, self._studio = gather, zone, studio
        self._conversation: Conversation | None = None
        self._greeting: list[Speech] = []
        self._notices: list[str] = []
        self._greeted = False
        self._lock = Lock()
        self._outbox: Outbox | None = None
        self._line = Line(servers)
        self._state = "listening"
        self._faced = False
        self._times: dict[int, Mapping[str, float]] = {}
        self._said = SaidSoFar()
        self._filming = Lock()
        self._idle = b""

    def open(self) -> "Conversation":
        """Return the conversation, begun at the first call, which takes a while.

        Raises:
            SelfsameError: it is over, or can't begin.
        """
        with self._lock:
            if self.over:
                raise SelfsameError("this talk is over", "reload the page to begin a new one")
            if self._conversation is None:
                self.left_at = None
                try:
                    self._conversation = self._begin()
                finally:
                    self.left_at = None if self._outbox else monotonic()
            return self._conversation

    def _begin(self) -> "Conversation":
        from persona.live.conversation import Conversation

        cast = self._gather()
        self._greeting = cast.warm_up()
        conversation = Conversation(cast, self._on_event)
        conversation.start()
        self._faced = conversation.stage.has_face
        self._notices = [notice[:1].upper() + notice[1:] for notice in cast.notices]
        return conversation

    def close(self) -> None:
        """End the conversation for good, and let its page go."""
        with self._lock:
            ended, self._conversation, self.over = self._conversation, None, True
        if (outbox := self._outbox) is not None:
            outbox.close()
        if ended is not None:
            ended.close()

    async def enter(self) -> Outbox:
        """Let a page in, in place of the one before; return what it is to be told."""
        if self._outbox is not None:
            self._outbox.close()
            await self._line.hang_up()
        self._outbox, self.left_at = Outbox(), None
        return self._outbox

    async def leave(self, outbox: Outbox) -> None:
        """Let a page go; the conversation waits for it to come back."""
        if outbox is self._outbox:
            self._outbox, self.left_at = None, monotonic()
            await self._line.hang_up()
            if self._conversation is not None:
                self._conversation.stop()

    async def obey(self, asked: Message) -> None:
        """Do what the page asks."""
        conversation = self._conversation
        if conversation is None:
            return
        match asked:
            case {"do": "offer", "sdp": str(offer)}:
                await self._answer(conversation, offer)
            case {"do": "stream"} if self._outbox is not None:
                await self._line.stream(conversation, self._outbox)
            case {"do": "clips"}:
                await self._line.off_air(conversation)
            case {"do": "mic", "rate": int() | float() as rate}:
                self._line.tune(rate)
            case {"do": "say", "text": str(text)}:
                conversation.type(text[:_LONGEST_TEXT])
            case {"do": "shown", "ms": int() | float() as late} if 0 <= late < _LONGEST_WAIT_MS:
                conversation.shown(float(late))
            case {"do": "delay", "ms": int() | float() as late}:
                conversation.client_delay = min(1.0, max(0.02, late / 1000))
            case {"do": str(what)}:
                self._press(conversation, what)
            case _:
                pass

    def hear(self, pcm: bytes) -> None:
        """Take sound of the page's microphone: 16 bit, mono."""
        self._line.listen(pcm)

    def _press(self, conversation: "Conversation", what: str) -> None:
        """Do what one of the page's buttons stands for."""
        if what == "begin" and not self._greeted:
            self._greeted = True
            conversation.perform(self._greeting)
        elif what == "stop":
            conversation.stop()
        elif what == "replay":
            conversation.replay()
        elif what == "done":
            conversation.microphone.finish()

    def clip(self, turn_id: int) -> bytes | None:
        """Return a film (MP4) of a reply as it was said; None when its sound is gone.

        Raises:
            FaceProblem: the twin has no face, or the film can't be made.
        """
        said = self._spoken(turn_id)
        return None if said is None else self._film(*said)

    def idle(self) -> bytes:
        """Return a film (MP4) of the twin while it says nothing, to be shown again and again.

        Raises:
            FaceProblem: the twin has no face, or the film can't be made.
        """
        from persona.face.still import still_sound

        with self._filming:
            self._idle = self._idle or self._film([still_sound()], "")
            return self._idle

    def _film(self, pieces: "Sequence[Speech]", text: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="selfsame-clip-") as folder:
            out = Path(folder) / "reply.mp4"
            self._studio().film_said(pieces, text, out)
            return out.read_bytes()

    def words(self, turn_id: int) -> str | None:
        """Return the captions of a reply's film (WebVTT); None when its sound is gone."""
        from persona.face.web_captions import as_webvtt

        said = self._spoken(turn_id)
        return None if said is None else as_webvtt(said[0])

    def _spoken(self, turn_id: int) -> "tuple[Sequence[Speech], str] | None":
        if turn_id == GREETING and self._greeting:
            return self._greeting, " ".join(piece.text for piece in self._greeting)
        return self._conversation.said(turn_id) if self._conversation else None

    def tell(self, message: Message) -> None:
        """Tell the page something, from any thread."""
        outbox = self._outbox
        if outbox is not None:
            outbox.put(message)

    def ready(self) -> Message:
        """Return what a page that comes in is told first."""
        conversation = self._conversation
        return {
            "kind": "ready",
            "state": self._state,
            "hears": conversation is not None and conversation.hears,
            "has_face": conversation is not None and conversation.stage.has_face,
            "begun": self._greeted,
            "notices": self._notices,
            "said": self._said.messages(),
            "stages": summary(list(self._times.values())),
        }

    async def _answer(self, conversation: "Conversation", offer: str) -> None:
        try:
            answer = await self._line.call(conversation, offer)
        except (ValueError, SelfsameError):
            _log.warning("a page sent an offer that can't be read")
            self.tell({"kind": "no_call"})
            return
        self.tell({"kind": "answer", "sdp": answer})

    def _on_event(self, event: "LiveEvent") -> None:
        message = as_message(event, self._zone)
        if message["kind"] == "state":
            self._state = message["state"]
        self._said.note(message)
        self.tell(message)
        if isinstance(event, Timed):
            self._add_times(event)
        self._look_for_face()

    def _add_times(self, event: Timed) -> None:
        """Take note of a turn's times, and tell what they come to over the whole talk."""
        self._times[event.turn_id] = event.timings_ms
        while len(self._times) > _MOST_TIMED:
            self._times.pop(next(iter(self._times)))
        self.tell({"kind": "session", "stages": summary(list(self._times.values()))})

    def _look_for_face(self) -> None:
        """Tell the page when the picture is gone, whatever the reason."""
        conversation = self._conversation
        if self._faced and conversation is not None and not conversation.stage.has_face:
            self._faced = False
            self.tell({"kind": "faceless"})
