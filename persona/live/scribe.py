"""Writing down what is heard, beside the conversation: partial results never pile up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread

from memory.errors import SelfsameError
from persona.voice.hearing import Hearing, Transcript
from persona.voice.speech import Speech

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


class Scribe:
    """A thread that writes down; of jobs that wait only the newest counts."""

    def __init__(
        self,
        hearing: Hearing,
        written: Callable[[Job, Transcript], None],
        failed: Callable[[SelfsameError], None],
    ) -> None:
        self.hosted = hearing.hosted
        self._hearing = hearing
        self._written, self._failed = written, failed
        self._next: Job | None = None
        self._busy = self._closed = False
        self._changed = Condition()
        Thread(target=self._run, name="selfsame-scribe", daemon=True).start()

    @property
    def busy(self) -> bool:
        """Whether something is being written down."""
        return self._busy

    def write(self, job: Job) -> None:
        """Write a job down, in place of one that still waits."""
        with self._changed:
            self._next = job
            self._changed.notify()

    def close(self) -> None:
        """Stop."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._next is not None or self._closed)
                if self._closed:
                    return
                job, self._next = self._next, None
                self._busy = True
            assert job is not None
            try:
                self._written(job, self._hearing.transcribe(job.speech))
            except SelfsameError as error:
                self._failed(error)
            except Exception as error:  # the edge of a thread: whatever a library raises
                _log.exception("hearing failed")
                self._failed(SelfsameError(f"hearing failed ({type(error).__name__})"))
            self._busy = False
