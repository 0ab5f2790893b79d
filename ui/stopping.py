"""Long work on the command line: Ctrl-C loses nothing of what is done, and its pace is told."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from time import monotonic
from types import FrameType

from memory.errors import Stopped
from ui.pace import Pace
from ui.terminal import ProgressLine
from ui.wording import time_left

_EVERY = 60.0
"""Seconds between two lines where there is no terminal to draw a bar on."""


@contextmanager
def stoppable(progress: ProgressLine) -> Generator[ProgressLine]:
    """Yield a progress line that raises `Stopped` once Ctrl-C was pressed; twice is at once."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, before)
        sys.stderr.write("stopping; what is done is kept (again: at once)\n")

    def show(label: str, done: int, total: int) -> None:
        progress(label, done, total)
        if asked:
            raise Stopped("stopped before anything was measured")

    before = signal.signal(signal.SIGINT, note)
    usual = signal.signal(signal.SIGTERM, note)
    try:
        yield show
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, usual)


def paced(progress: ProgressLine) -> ProgressLine:
    """Return a progress line that also says how long it takes where standard error is a file."""
    if sys.stderr.isatty():
        return progress
    pace, told = Pace(), [monotonic()]

    def show(label: str, done: int, total: int) -> None:
        now = monotonic()
        pace.note(now, done)
        if now - told[0] >= _EVERY:
            told[0] = now
            left = pace.seconds_left(now, total)
            rest = f", {time_left(left)}" if left is not None else ""
            sys.stderr.write(f"{label}: {done:,} of {total:,}{rest}\n")
            sys.stderr.flush()
        progress(label, done, total)

    return show
