"""What a measurement costs the machine, and who else uses it: read from Linux's /proc."""

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_MB = 1024
_ROWS = ("VmRSS", "RssAnon")


class _Held(NamedTuple):
    """Memory at some time, in MB."""

    seconds: float
    whole: float
    own: float


class MachineLoad:
    """Follows a process with all that it started, and a browser, from look to look."""

    def __init__(self, app: int) -> None:
        """Begin to follow the process `app`; what this one started besides is the browser."""
        self._app = app
        self._begun = self._look()
        self._memory: list[_Held] = []

    def look(self, seconds: float) -> None:
        """Take note of the memory that is held `seconds` after the start."""
        held = _held_mb(self._app)
        if held is not None:
            self._memory.append(_Held(seconds, *held))

    def cores(self) -> dict[str, float]:
        """Return how many cores were kept busy since the start, on average, and by whom."""
        if self._begun is None or (now := self._look()) is None:
            return {}
        seconds, app, mine, everyone = (b - a for a, b in zip(self._begun, now, strict=True))
        shares = {"app": app, "browser": mine - app, "others": everyone - mine}
        return {
            who: round(max(0.0, spent) / max(1e-9, seconds), 2) for who, spent in shares.items()
        }

    def memory_mb(self) -> dict[str, float]:
        """Return the memory at the start and the end, and how fast it grew in the later half.

        Growth is that of the process's own memory: what it holds of files (weights, the index)
        comes and goes as the system likes.
        """
        if len(self._memory) < 4:
            return {}
        first, last = self._memory[0], self._memory[-1]
        later = [held for held in self._memory if held.seconds >= last.seconds / 2]
        hours = [held.seconds / 3600 for held in later]
        growth = float(np.polyfit(hours, [held.own for held in later], 1)[0])
        return {
            "before": round(first.whole),
            "after": round(last.whole),
            "own_before": round(first.own),
            "own_after": round(last.own),
            "growth_an_hour": round(growth, 1),
            "minutes": round(last.seconds / 60, 1),
        }

    def _look(self) -> tuple[float, float, float, float] | None:
        """Return the time, and the processor seconds of the app, of all of ours, of everyone."""
        try:
            first = (_PROC / "stat").read_text().splitlines()[0].split()[1:9]
            uptime = float((_PROC / "uptime").read_text().split()[0])
            spent = _spent_by_process()
        except OSError:
            return None
        idle = int(first[3]) + int(first[4])
        everyone = (sum(map(int, first)) - idle) / _TICKS
        return uptime, _tree(self._app, spent), _tree(os.getpid(), spent), everyone


def _spent_by_process() -> dict[int, tuple[int, float]]:
    """Return of each process its parent and its processor seconds."""
    found: dict[int, tuple[int, float]] = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        found[int(folder.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / _TICKS)
    return found


def _tree(root: int, spent: dict[int, tuple[int, float]]) -> float:
    """Return the processor seconds of a process and of all that it started."""
    own = spent.get(root, (0, 0.0))[1]
    return own + sum(_tree(child, spent) for child, (parent, _) in spent.items() if parent == root)


def _held_mb(process: int) -> tuple[float, float] | None:
    """Return the memory that a process holds, and what of it is its own, no page of a file."""
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return None
    kept = {name: line for line in lines if (name := line.partition(":")[0]) in _ROWS}
    if len(kept) < len(_ROWS):
        return None
    whole, own = (int(kept[name].split()[1]) / _MB for name in _ROWS)
    return whole, own
