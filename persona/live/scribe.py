"""Writing down what is heard, beside the conversation: partial results never pile up."""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread

from memory.errors import SelfsameError
from persona.voice.hearing import Hearing, Transcript
from persona.voice.speech import Speech

_MOST_TURNS = 4

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A stretch of speech to be written down."""

    utterance: int
    """Which turn of the visitor it belongs to."""
    spoken: float
    """Seconds of speech in it: the same number means the same words."""
    speech: Speech
    loudness: float = -30.0
    """In dB below full scale."""

    def same(self, other: "Job") -> bool:
        """Whether another holds the same words."""
        return (self.utterance, self.spoken) == (other.utterance, other.spoken)


class Scribe:
    """A thread that writes down: finished turns first and all of them, of the rest the newest."""

    def __init__(
        self,
        hearing: Hearing,
        written: Callable[[Job, Transcript], None],
        failed: Callable[[SelfsameError], None],
    ) -> None:
        self.hosted = hearing.hosted
        self._hearing = hearing
        self._written, self._failed = written, failed
        self._whole: deque[Job] = deque(maxlen=_MOST_TURNS)
        self._part: Job | None = None
        self._current: Job | None = None
        self._closed = False
        self._changed = Condition()
        self._thread = Thread(target=self._run, name="selfsame-scribe", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether something is being written down."""
        return self._current is not None

    def write(self, job: Job, *, whole: bool) -> None:
        """Write down a whole turn, or a part of one in place of a part that still waits."""
        with self._changed:
            if not whole:
                self._part = job
            else:
                self._part = None
                if self._current is None or not job.same(self._current):
                    self._whole.append(job)
            self._changed.notify()

    def close(self) -> None:
        """Stop."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(5)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._whole or self._part or self._closed)
                if self._closed:
                    return
                job = self._whole.popleft() if self._whole else self._part
                self._part = None if job is self._part else self._part
                self._current = job
            assert job is not None
            try:
                self._written(job, self._hearing.transcribe(job.speech, timed=False))
            except SelfsameError as error:
                self._failed(error)
            except Exception as error:  # the edge of a thread: whatever a library raises
                _log.exception("hearing failed")
                self._failed(SelfsameError(f"hearing failed ({type(error).__name__})"))
            self._current = None
