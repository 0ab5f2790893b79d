"""Waiting for something that is made elsewhere: longer and longer, up to an end, or until told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event
from time import monotonic

from persona.errors import FaceProblem


class Stopped(Exception):
    """What was waited for is no longer wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, and how often to look."""

    first: float = 1.0
    """Seconds before the first look."""
    growth: float = 1.4
    longest: float = 8.0
    """Seconds between looks at most."""
    deadline: float = 600.0
    """Seconds after which it is given up."""
    stop: Event = field(default_factory=Event)
    """Set by whoever no longer wants it."""

    def looks(self, who: str) -> Iterator[int]:
        """Yield the number of each look, after the wait before it.

        Raises:
            FaceProblem: it takes longer than the deadline.
            Stopped: it is no longer wanted.
        """
        began, pause, number = monotonic(), self.first, 0
        while monotonic() - began < self.deadline:
            self.rest(pause)
            yield number
            pause, number = min(pause * self.growth, self.longest), number + 1
        raise FaceProblem(f"{who} takes too long", "try again later, or use the local face")

    def rest(self, seconds: float) -> None:
        """Wait, but not on when it is no longer wanted."""
        if self.stop.wait(seconds):
            raise Stopped
