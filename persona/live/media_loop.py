"""The loop that live sound and pictures are sent from, apart from whatever else the app does."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


class MediaLoop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.loop.set_default_executor(ThreadPoolExecutor(4, "selfsame-coding"))
        Thread(target=self.loop.run_forever, name="selfsame-media", daemon=True).start()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` there and wait for it here, in another loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))


@lru_cache(maxsize=1)
def media_loop() -> MediaLoop:
    """Return the one loop of this process."""
    return MediaLoop()
