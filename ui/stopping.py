"""Long work on the command line that can be stopped without losing what is done."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

from memory.errors import Stopped
from ui.terminal import ProgressLine


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
