"""One reply on its way: words from the twin, clauses to the voice, pieces onto the stage.

It may begin before it is sure that the visitor has finished: nothing is heard of it until it is
released, and nothing is kept of it until some of it was heard.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event as Flag
from threading import Lock, Thread
from time import perf_counter

from memory.errors import SelfsameError
from persona.events import Done, Notice, Recalled, Revised, TextDelta
from persona.live.clause_stream import ClauseStream
from persona.live.events import CutShort, LiveEvent, Noticed, Replied, Timed, Writing
from persona.live.hesitation import BREATH, Hesitations
from persona.live.performance import Performance
from persona.live.take import heard_part
from persona.live.timeline import Timeline
from persona.twin import Twin
from persona.voice.voices import TwinVoice

_MOST_CLAUSES = 16
_LOOK_EVERY = 0.1

_log = logging.getLogger(__name__)
Tell = Callable[[LiveEvent], None]


class ReplyRun:
    """A reply from the message to the last word; starts at once."""

    def __init__(
        self,
        message: str,
        *,
        twin: Twin,
        visitor: str,
        tone: str,
        voice: TwinVoice | None,
        performance: Performance,
        hesitations: Hesitations,
        timeline: Timeline,
        tell: Tell,
        ended_silent: Callable[["ReplyRun"], None],
    ) -> None:
        """Begin the reply.

        Args:
            message: what was said.
            twin: who replies.
            visitor: who said it; empty for the owner.
            tone: how they sound.
            voice: says it; None for text alone.
            performance: brings it onto the stage.
            hesitations: what to say while it takes long.
            timeline: takes its times.
            tell: told what happens, once it is released.
            ended_silent: told when it is over without a sound.
        """
        self.message = message
        self.performance = performance
        self.timeline = timeline
        self._twin, self._visitor, self._voice = twin, visitor, voice
        self._tone, self._hesitations = tone, hesitations
        self._tell, self._ended_silent = tell, ended_silent
        self._stop, self._sure, self._released = Flag(), Flag(), Flag()
        self._sounded = Flag()
        self._made_in = 0.0
        self._over = False
        self._clauses: Queue[str | None] = Queue(_MOST_CLAUSES)
        self._text = ""
        self._done: Done | None = None
        self._heard_words: Sequence[str] | None = None
        self._lock = Lock()
        self._thinking = Thread(target=self._think, name="selfsame-think", daemon=True)
        self._thinking.start()
        self._speaking = Thread(target=self._speak, name="selfsame-speak", daemon=True)
        self._speaking.start()

    @property
    def text(self) -> str:
        """What is written of it so far."""
        return self._text

    @property
    def turn_id(self) -> int | None:
        """Which turn it was kept as; None while it isn't."""
        return self._done.turn_id if self._done else None

    @property
    def voice_pace(self) -> float:
        """Seconds that a voice of this machine took for a second of what it made; 0 for others."""
        made = self.performance.take.seconds
        return self._made_in / made if made else 0.0

    @property
    def over(self) -> bool:
        """Whether it was cancelled or cut short."""
        return self._over

    def release(self) -> None:
        """Let it be heard: the visitor has finished."""
        self._released.set()
        if self._text:
            self._tell(Writing(self._text))
        self.performance.begin()
        if self._voice is not None:
            Thread(target=self._hesitate, name="selfsame-hesitate", daemon=True).start()

    def keep(self) -> None:
        """Let it be kept: some of it was heard."""
        self._sure.set()

    def cancel(self) -> None:
        """Drop it without a trace; nothing of it was heard."""
        self._over = True
        self._stop.set()
        self.performance.cut()

    def wait(self, seconds: float) -> None:
        """Wait until nothing more is done for it, at most so long."""
        self._speaking.join(seconds)

    def cut(self, client_delay: float) -> None:
        """Stop it in the middle; memory keeps only what was heard.

        Args:
            client_delay: seconds between a beat that is sent and its sound at the visitor's ear.
        """
        take = self.performance.take
        with self._lock:
            self._heard_words = take.words(max(0.0, take.heard - client_delay))
            done = self._done
        self._sure.set()
        self._over = True
        self._stop.set()
        self.performance.cut()
        if done is not None:
            self._shorten(done)

    def _think(self) -> None:
        try:
            self._follow()
        except SelfsameError as error:
            self._tell(Noticed(str(error)))
        except Exception as error:  # the edge of a thread: the conversation must go on
            _log.exception("a live reply failed")
            self._tell(Noticed(f"something unforeseen went wrong ({type(error).__name__})"))
        self._put([], last=True)

    def _follow(self) -> None:
        """Take in what the twin makes of the message."""
        clauses = ClauseStream()
        for event in self._twin.reply(
            self.message,
            visitor=self._visitor,
            tone=self._tone,
            stop=self._stop,
            sure=self._sure,
        ):
            if isinstance(event, Recalled):
                self.timeline.mark("recall_ms")
            elif isinstance(event, TextDelta):
                self.timeline.mark("llm_first_token_ms")
                self._write(self._text + event.text)
                self._put(clauses.feed(event.text))
            elif isinstance(event, Revised):
                self._drop_unsaid()
                self._write(event.text)
                clauses = ClauseStream()
                self._put(clauses.feed(event.text))
            elif isinstance(event, Notice):
                self._tell(Noticed(event.text))
            elif isinstance(event, Done):
                self._finish(event)
            else:
                self._put(clauses.rest(), last=True)

    def _write(self, text: str) -> None:
        self._text = text
        if self._released.is_set() and not self.over:
            self._tell(Writing(text))

    def _put(self, clauses: Sequence[str], *, last: bool = False) -> None:
        """Hand clauses to the voice; waits while it has many, gives up when it's over."""
        for clause in [*clauses, *([None] if last else [])]:
            if clause is not None:
                self.timeline.mark("first_clause_ms")
            while not self.over:
                try:
                    self._clauses.put(clause, timeout=_LOOK_EVERY)
                    break
                except Full:
                    continue

    def _drop_unsaid(self) -> None:
        while True:
            try:
                self._clauses.get_nowait()
            except Empty:
                return

    def _finish(self, done: Done) -> None:
        with self._lock:
            self._done, cut = done, self._heard_words is not None
        if cut:
            self._shorten(done)
        else:
            self._tell(Replied(done, self.message))
        self.store_times()

    def _shorten(self, done: Done) -> None:
        heard = heard_part(done.reply, self._heard_words or ())
        self._twin.heard_only(done.turn_id, heard, visitor=self._visitor)
        self._tell(CutShort(heard, done.turn_id, self.message))

    def store_times(self) -> None:
        """Keep the times of the turn with it, as far as they are known."""
        with self._lock:
            done = self._done
        if done is not None:
            times = self.timeline.as_json()
            self._twin.memory.talks.add_timings(done.turn_id, self._visitor, times)
            self._tell(Timed(done.turn_id, times))

    def _hesitate(self) -> None:
        """Say a word in the owner's voice when the reply has no sound in time."""
        if self._sounded.wait(BREATH) or self.over:
            return
        if (piece := self._hesitations.next()) is not None:
            self.performance.hesitate(piece)

    def _speak(self) -> None:
        self._say_all()
        if not self.over or self._heard_words is not None:  # else another reply is on its way
            self._thinking.join()
            with suppress(SelfsameError):  # the next reply will tell
                self._twin.read_ahead(self._visitor)

    def _say_all(self) -> None:
        said = False
        while (clause := self._next_clause()) is not None:
            said = self._say(clause) or said
        self._sounded.set()
        if self.over:
            return
        if said:
            self.performance.complete()
        elif self._wait_for_release():
            self.keep()
            self.performance.cut()
            self._ended_silent(self)

    def _wait_for_release(self) -> bool:
        """Wait until it may be heard; return False when it was cancelled."""
        while not self._released.wait(_LOOK_EVERY):
            if self.over:
                return False
        return True

    def _next_clause(self) -> str | None:
        while not self.over:
            try:
                return self._clauses.get(timeout=_LOOK_EVERY)
            except Empty:
                continue
        return None

    def _say(self, clause: str) -> bool:
        """Say a clause; return whether there was a voice that could."""
        if self._voice is None:
            return False
        hosted = self._voice.hosted
        if hosted and not self._wait_for_release():
            return False  # what may never be heard isn't paid for
        began = perf_counter()
        try:
            for piece in self._voice.say([clause], notice=lambda text: self._tell(Noticed(text))):
                self._made_in += 0.0 if hosted else perf_counter() - began
                self.timeline.mark("tts_first_pcm_ms")
                self._sounded.set()
                if self.over or not self.performance.add(piece):
                    return True
                began = perf_counter()
        except SelfsameError as error:
            self._voice = None
            self._tell(Noticed(f"{error}; the reply goes on as text"))
            return False
        return True
