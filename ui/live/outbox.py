"""What a page is yet to be told: words first, then sound and pictures; both bounded."""

import asyncio
from collections import deque
from threading import Lock
from typing import Any

Message = dict[str, Any]

_MOST_MESSAGES = 256
_MOST_PARTS = 50
"""Fragments of 40 ms that may wait for a slow page, two seconds of them."""
_DROPPABLE = ("writing", "heard", "caption")


class Outbox:
    """Filled from any thread, emptied in one loop; a page that reads too slowly misses some."""

    def __init__(self) -> None:
        """Begin in the loop that is running."""
        self._loop = asyncio.get_running_loop()
        self._some = asyncio.Event()
        self._lock = Lock()
        self._messages: deque[Message] = deque()
        self._parts: deque[bytes] = deque()
        self._closed = False

    def put(self, message: Message) -> None:
        """Tell the page something; what can be missed is dropped first when much waits."""
        with self._lock:
            if len(self._messages) >= _MOST_MESSAGES:
                if message["kind"] in _DROPPABLE:
                    return
                self._messages.popleft()
            self._messages.append(message)
        self._wake()

    def stream(self, part: bytes, *, anew: bool) -> bool:
        """Send a fragment; return False when so many waited that all were thrown away.

        Args:
            part: what follows those before.
            anew: whether those that wait are void.
        """
        with self._lock:
            if anew:
                self._parts.clear()
            elif len(self._parts) >= _MOST_PARTS:
                self._parts.clear()
                return False
            self._parts.append(part)
        self._wake()
        return True

    def close(self) -> None:
        """Say that nothing more comes."""
        self._closed = True
        self._wake()

    async def get(self) -> Message | bytes | None:
        """Return the next thing when there is one; None at the end."""
        while True:
            with self._lock:
                if self._closed:
                    return None
                if self._messages:
                    return self._messages.popleft()
                if self._parts:
                    return self._parts.popleft()
                self._some.clear()
            await self._some.wait()

    def _wake(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._some.set)
