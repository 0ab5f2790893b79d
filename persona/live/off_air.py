"""A conversation whose page gets no stream: it goes on, and its replies are fetched as clips."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from persona.face.footage import FPS
from persona.live.stage import Stage

_LOOK_EVERY = 0.004


class OffAir:
    """Takes what is drawn and drops it; the words of replies as soon as they are drawn."""

    def __init__(self, stage: Stage, take: Callable[[], object]) -> None:
        """Get ready.

        Args:
            stage: where the beats are drawn.
            take: takes the next one.
        """
        self._stage, self._take = stage, take
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            hurry = self._stage.has_words
            if not hurry or self._stage.depth:
                self._take()
            await asyncio.sleep(_LOOK_EVERY if hurry else 1 / FPS)
