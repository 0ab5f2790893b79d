"""Ends a long measurement early without losing what it has: by Ctrl-C, or by a polite kill."""

import signal
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TypeVar

Put = TypeVar("Put")
Got = TypeVar("Got")


class Count:
    """How far a measurement is, and whether it was cut off there."""

    def __init__(self, progress: Callable[[str, int, int], None], total: int) -> None:
        """Take whom to tell how far it is, and how many replies it needs."""
        self._progress = progress
        self.total, self.done, self.cut = total, 0, False

    def each(self, ask: Callable[[Put], Got], chosen: Sequence[Put]) -> list[Got]:
        """Return what comes of each; of those before it was cut off."""
        said: list[Got] = []
        try:
            for one in chosen if not self.cut else ():
                said.append(ask(one))
                self.done += 1
                self._progress("replies", self.done, self.total)
        except KeyboardInterrupt:
            self.cut = True
        return said

    @property
    def as_figure(self) -> dict[str, str]:
        """Where it was cut off; empty if it wasn't."""
        return {"cut_off": f"after {self.done} of {self.total} replies"} if self.cut else {}


@contextmanager
def ends_early() -> Generator[None]:
    """Let a request to end (SIGTERM) arrive as a KeyboardInterrupt, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
