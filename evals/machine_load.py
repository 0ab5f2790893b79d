"""What a measurement costs the machine, and who else uses it: read from Linux's /proc."""

import os
from pathlib import Path

import numpy as np

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_MB = 1024


class MachineLoad:
    """Follows a process with all that it started, and a browser, from look to look."""

    def __init__(self, app: int) -> None:
        """Begin to follow the process `app`; what this one started besides is the browser."""
        self._app = app
        self._begun = self._look()
        self._memory: list[tuple[float, float]] = []

    def look(self, seconds: float) -> None:
        """Take note of the memory that is held `seconds` after the start."""
        held = _resident_mb(self._app)
        if held is not None:
            self._memory.append((seconds, held))

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
        """Return the memory at the start and the end, and how fast it grew in the later half."""
        if len(self._memory) < 4:
            return {}
        end = self._memory[-1][0]
        hours, held = zip(
            *((at / 3600, mb) for at, mb in self._memory if at >= end / 2), strict=True
        )
        growth = float(np.polyfit(hours, held, 1)[0])
        return {
            "before": self._memory[0][1],
            "after": self._memory[-1][1],
            "growth_an_hour": round(growth, 1),
            "minutes": round(end / 60, 1),
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


def _resident_mb(process: int) -> float | None:
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return None
    row = next((line for line in lines if line.startswith("VmRSS")), None)
    return round(int(row.split()[1]) / _MB) if row else None
