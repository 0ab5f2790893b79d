"""Long work in a thread of its own, so that no click and no closed page can tear it down."""

import logging
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic
from typing import NamedTuple

from memory.errors import SelfsameError, Stopped
from ui.pace import Pace

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""

_log = logging.getLogger(__name__)


class Step(NamedTuple):
    """How far a job is."""

    label: str
    done: int
    total: int

    @property
    def share(self) -> float:
        """The done part, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class Job:
    """A piece of work on its way; starts at once."""

    def __init__(self, work: Callable[[Progress], object]) -> None:
        self._work = work
        self._ended = False
        self._stopped = False
        self._changed = Condition()
        self._pace = Pace()
        self.step = Step("starting", 0, 0)
        self.outcome: object = None
        self.problem: str | None = None
        """What went wrong, in words for the user."""
        Thread(target=self._run, name="selfsame-job", daemon=True).start()

    @property
    def running(self) -> bool:
        """True until the work is done or has failed."""
        return not self._ended

    @property
    def seconds_left(self) -> float | None:
        """How long the step will still take; None while that can't be said."""
        return self._pace.seconds_left(monotonic(), self.step.total)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end of the work; return whether it came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._ended, seconds)

    @property
    def stopping(self) -> bool:
        """True once it was asked to stop."""
        return self._stopped

    def stop(self) -> None:
        """Ask it to stop; it does so when it next tells how far it is."""
        self._stopped = True

    def _run(self) -> None:
        try:
            self.outcome = self._work(self._tell)
        except SelfsameError as error:
            self.problem = str(error)
        except Exception as error:  # the edge of a thread: whatever it is, the page must show it
            _log.exception("a job failed")
            self.problem = f"something unforeseen went wrong ({type(error).__name__})"
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _tell(self, label: str, done: int, total: int) -> None:
        if label != self.step.label:
            self._pace = Pace()
        self._pace.note(monotonic(), done)
        self.step = Step(label, done, total)
        if self._stopped:
            raise Stopped("stopped before anything was done")


class Jobs:
    """The jobs of this process by name; one of a name runs at a time."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._changed = Condition()

    def start(self, name: str, work: Callable[[Progress], object]) -> Job:
        """Start a job, unless the one of that name still runs, which is returned then."""
        with self._changed:
            known = self._jobs.get(name)
            if known is None or not known.running:
                known = self._jobs[name] = Job(work)
            return known

    def get(self, name: str) -> Job | None:
        """Return the latest job of that name."""
        return self._jobs.get(name)

    def drop(self, name: str) -> None:
        """Let go of a job that has been dealt with."""
        self._jobs.pop(name, None)
