"""What is started behind gives way to everything else in the process."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import get_native_id

import pytest

from persona.priority import started_behind


def niceness() -> int:
    """Return how much the current thread gives way."""
    return os.getpriority(os.PRIO_PROCESS, get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own here")
def test_what_it_starts_later_gives_way_too_and_nothing_else_does() -> None:
    before = niceness()
    with started_behind(lambda: ThreadPoolExecutor(1)) as started_outside:
        assert started_outside.submit(niceness).result() == before  # its thread began out here
    inside = started_behind(_with_a_thread)
    with inside:
        assert inside.submit(niceness).result() > before
    assert niceness() == before


def _with_a_thread() -> ThreadPoolExecutor:
    pool = ThreadPoolExecutor(1)
    pool.submit(niceness).result()
    return pool


def test_what_fails_there_fails_here() -> None:
    def fails() -> None:
        raise ValueError("no such file")

    with pytest.raises(ValueError, match="no such file"):
        started_behind(fails)
