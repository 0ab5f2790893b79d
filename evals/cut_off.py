"""Ends a long measurement early without losing what it has: by Ctrl-C, or by a polite kill."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager


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
