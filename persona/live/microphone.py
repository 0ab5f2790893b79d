"""The visitor's microphone: sound comes in without waiting, turns come out."""

from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Thread
from time import perf_counter

from persona.live.scribe import Job
from persona.voice.ear import HUSHED, Ear, Finished, Sounding
from persona.voice.sound import Samples

_MOST_WAITING = 150
"""Chunks of sound that may wait, three seconds of them; then the oldest are dropped."""
_PARTIAL_EVERY = 0.8


class _End:
    """Stands in the queue for "that was all", such as when the talk button is let go."""


class Microphone:
    """A thread with an ear."""

    def __init__(
        self,
        sounding: Callable[[Sounding, int, float], None],
        snapshot: Callable[[Job, bool], None],
        finished: Finished | None = None,
    ) -> None:
        """Listen.

        Args:
            sounding: told how a turn stands, which it is, and when that sound came in, by
                `time.perf_counter`, for each 32 ms of it.
            snapshot: given the sound of a turn when it is time to write it down: now and then,
                after a last word, and, with True, when it is over.
            finished: tells from the sound whether a turn is over.
        """
        self.dropped = 0
        self._ear = Ear(finished)
        self._sounding, self._snapshot = sounding, snapshot
        self._utterance = 1
        self._waiting: Queue[tuple[Samples, float] | _End | None] = Queue(_MOST_WAITING)
        self._told_at = 0.0
        self._hushed = False
        self._last: Sounding | None = None
        self._thread = Thread(target=self._run, name="selfsame-ear", daemon=True)
        self._thread.start()

    def hear(self, chunk: Samples) -> None:
        """Take sound at 16 kHz that follows what came before."""
        self._put((chunk, perf_counter()))

    def finish(self) -> None:
        """Say that the visitor has finished."""
        self._put(_End())

    def hint(self, text: str) -> None:
        """Say what was heard so far."""
        self._ear.hint(text)

    def close(self) -> None:
        """Stop."""
        self._put(None)
        self._thread.join(5)

    def _put(self, chunk: "tuple[Samples, float] | _End | None") -> None:
        while True:
            try:
                self._waiting.put_nowait(chunk)
                return
            except Full:
                self.dropped += 1
                try:
                    self._waiting.get_nowait()
                except Empty:
                    continue

    def _run(self) -> None:
        while (chunk := self._waiting.get()) is not None:
            if isinstance(chunk, _End):
                self._over()
                continue
            samples, came = chunk
            for state in self._ear.feed(samples):
                self._take(state, came)

    def _take(self, state: Sounding, came: float) -> None:
        self._last = state
        self._sounding(state, self._utterance, came)
        if state.ended:
            self._over()
        elif state.quiet >= HUSHED and not self._hushed:
            self._hushed = True
            self._tell(state, over=False)
        elif state.quiet == 0:
            self._hushed = False
            if state.running - self._told_at >= _PARTIAL_EVERY:
                self._tell(state, over=False)

    def _over(self) -> None:
        if self._last is not None:
            self._tell(self._last, over=True)
            self._utterance += 1
        self._ear.end()
        self._last, self._told_at, self._hushed = None, 0.0, False

    def _tell(self, state: Sounding, *, over: bool) -> None:
        self._told_at = state.running
        job = Job(
            utterance=self._utterance,
            spoken=state.spoken,
            speech=self._ear.turn(),
            loudness=state.loudness,
        )
        self._snapshot(job, over)
