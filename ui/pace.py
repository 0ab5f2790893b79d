"""How long work will still take, by how fast it went lately."""

from collections import deque

_WINDOW = 30.0
"""Seconds that count: what is there already goes by faster than what is new."""
_ENOUGH = 3.0
"""Seconds that must be seen before anything is said."""


class Pace:
    """Watches how one piece of work gets on."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, at: float, done: int) -> None:
        """Note how much was done at a moment, in seconds of a steady clock."""
        self._seen.append((at, done))
        while len(self._seen) > 2 and at - self._seen[1][0] >= _WINDOW:
            self._seen.popleft()

    def seconds_left(self, at: float, total: int) -> float | None:
        """Return how long the rest will take from a moment on; None while that can't be said."""
        if not self._seen:
            return None
        (start, before), (last, done) = self._seen[0], self._seen[-1]
        if last - start < _ENOUGH or done <= before:
            return None
        return max(0.0, (total - done) * (last - start) / (done - before) - (at - last))
