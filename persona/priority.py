"""Which threads wait where there are more of them than cores."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import get_native_id
from typing import TypeVar

_NICENESS = 5
"""Where both want a core, about a quarter of it is theirs."""

Result = TypeVar("Result")


def started_behind(start: Callable[[], Result]) -> Result:
    """Return what `start` returns; the threads that it starts give way to all others, for good.

    Where the system knows no priority of single threads, they don't.
    """
    with ThreadPoolExecutor(1, "selfsame-behind", initializer=_give_way) as starter:
        return starter.submit(start).result()


def _give_way() -> None:
    if sys.platform == "linux":  # elsewhere the number of a thread may be another process
        os.setpriority(os.PRIO_PROCESS, get_native_id(), _NICENESS)
