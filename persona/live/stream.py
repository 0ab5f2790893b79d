"""Sound and pictures to a browser over a plain connection, where WebRTC doesn't pass.

What goes down are fragments of MP4, at the pace of the same pacer.
"""

import asyncio
from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Thread
from typing import NamedTuple, Protocol

from persona.face.footage import FPS
from persona.face.landmarks import Picture
from persona.live.beat import Beat
from persona.live.fragments import Fragments
from persona.live.pacer import Pacer

_MOST_QUEUED = 12


class Send(Protocol):
    """Sends fragments to the browser."""

    def __call__(self, part: bytes, *, anew: bool, start: float) -> bool:
        """Send `part`, at once; return False when so much waited that all was thrown away.

        Args:
            part: what follows.
            anew: whether a new run begins with it and all that is not shown yet is void.
            start: where that run begins, in seconds of the whole stream.
        """
        ...


class _Due(NamedTuple):
    """A beat to be sent: its number, and the epoch in which it was taken."""

    beat: Beat
    number: int
    epoch: int


class Stream:
    """One browser's connection to one conversation."""

    def __init__(
        self,
        take: Callable[[], Beat],
        epoch: Callable[[], int],
        send: Send,
        *,
        pictures: bool,
    ) -> None:
        """Get ready.

        Args:
            take: gives the next beat at once.
            epoch: which epoch it is; what was sent in an older one is not to be shown.
            send: takes what goes to the browser; called from a thread of its own.
            pictures: whether there are any; then nothing is sent before the first of them.
        """
        self.pacer = Pacer(self._take, self._put)
        self._next, self._epoch, self._send = take, epoch, send
        self._taken_in = -1
        self._pictures = pictures
        self._picture: Picture | None = None
        self._due: Queue[_Due | None] = Queue(_MOST_QUEUED)
        self._run: Fragments | None = None
        self._last: _Due | None = None
        self._start = 0.0
        self._told = self._behind = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to send."""
        Thread(target=self._encode, name="selfsame-stream", daemon=True).start()
        self._task = asyncio.get_running_loop().create_task(self.pacer.run())

    async def close(self) -> None:
        """Hang up."""
        if self._task is not None:
            self._task.cancel()
        _put(self._due, None)

    def _take(self) -> Beat:
        self._taken_in = self._epoch()  # before the beat: none of an older epoch counts as new
        return self._next()

    def _put(self, beat: Beat, number: int, half: int) -> None:
        if half == 0:
            _put(self._due, _Due(beat, number, self._taken_in))

    def _encode(self) -> None:
        while (due := self._due.get()) is not None:
            if self._pictures:
                self._picture = self._picture if due.beat.picture is None else due.beat.picture
            if self._picture is not None or not self._pictures:
                self._add(due)
        self._close_run()

    def _add(self, due: _Due) -> None:
        anew = self._is_new(due)
        if anew or self._run is None:
            self._close_run()
            self._run = Fragments(self._picture)
            self._start, self._told = due.number / FPS, False
        self._last = due
        part = self._run.add(due.beat)
        if part:
            self._behind = not self._send(part, anew=not self._told, start=self._start)
            self._told = True

    def _is_new(self, due: _Due) -> bool:
        """Whether a beat can't follow those before it in one run."""
        last = self._last
        return (
            self._behind or last is None or due.epoch != last.epoch or due.number != last.number + 1
        )

    def _close_run(self) -> None:
        if self._run is not None:
            self._run.close()


def _put(queue: "Queue[_Due | None]", due: _Due | None) -> None:
    """Put a beat in; if nobody takes them, the oldest is dropped."""
    while True:
        try:
            queue.put_nowait(due)
            return
        except Full:
            try:
                queue.get_nowait()
            except Empty:
                continue
