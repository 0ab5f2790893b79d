"""Taking beats off a stage at the pace of their sound."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from persona.face.footage import FPS
from persona.live.beat import Beat

_HALF = 0.5 / FPS
_LATE = 0.3
"""Seconds behind from which on the clock is set anew instead of catching up."""


@dataclass(slots=True)
class PaceCounts:
    """How steady the pace was."""

    beats: int = 0
    reset: int = 0
    """How often it fell so far behind that the clock was set anew."""
    latest: float = 0.0
    """The latest that a beat ever was, in seconds."""


class Pacer:
    """Calls for a beat each 40 ms, and in between for the second half of its sound."""

    def __init__(self, take: Callable[[], Beat], send: Callable[[Beat, int, int], None]) -> None:
        """Take beats and send them.

        Args:
            take: gives the next beat at once.
            send: given the beat, its number, and which half of its sound it is time for.
        """
        self.counts = PaceCounts()
        self.began: float | None = None
        """When the first beat was due, by the loop's clock."""
        self._take, self._send = take, send

    async def run(self) -> None:
        """Go on until cancelled."""
        loop = asyncio.get_running_loop()
        start, ticks = loop.time(), 0
        self.began = start
        beat = self._take()
        while True:
            number, half = divmod(ticks, 2)
            if half == 0 and ticks:
                beat = self._take()
                self.counts.beats += 1
            self._send(beat, number, half)
            ticks += 1
            ahead = start + ticks * _HALF - loop.time()
            self.counts.latest = max(self.counts.latest, -ahead)
            if ahead < -_LATE:
                start, self.counts.reset = start - ahead, self.counts.reset + 1
            await asyncio.sleep(max(0.0, ahead))
