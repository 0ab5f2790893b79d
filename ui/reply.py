"""A reply on its way: made in a thread, so that leaving the page loses nothing of it."""

import logging
from collections.abc import Callable, Iterator
from threading import Condition, Thread
from threading import Event as Flag
from typing import TYPE_CHECKING

from memory.errors import SelfsameError

if TYPE_CHECKING:
    from persona.events import Done, Event
    from persona.twin import Twin

_LOOK_EVERY = 0.2
"""Seconds after which a follower looks up even when nothing is new, to notice the stop button."""

_log = logging.getLogger(__name__)


class Reply:
    """One reply of a twin, from the message to the kept turn; starts at once."""

    def __init__(
        self,
        heard: str,
        *,
        twin: str,
        visitor: str,
        after: int,
        open_twin: Callable[[], "Twin"],
    ) -> None:
        """Begin the reply.

        Args:
            heard: the message.
            twin: name of the twin.
            visitor: who said it; empty for the owner.
            after: id of the last turn of the thread before it.
            open_twin: gives the twin, and may take its time.
        """
        self.heard = heard
        self.twin = twin
        self.visitor = visitor
        self.after = after
        self.text = ""
        self.notices: list[str] = []
        self.done: Done | None = None
        self.problem: str | None = None
        """Why there is no reply, in words for the user."""
        self.ended = False
        self._open_twin = open_twin
        self._stop = Flag()
        self._changes = 0
        self._changed = Condition()
        Thread(target=self._run, name="selfsame-reply", daemon=True).start()

    def stop(self) -> None:
        """Stop it; what was said until then is kept."""
        self._stop.set()

    def follow(self) -> Iterator[None]:
        """Yield when there is something new to see, and at least every moment, until the end."""
        seen = -1
        while True:
            with self._changed:
                self._changed.wait_for(lambda n=seen: self._changes != n, _LOOK_EVERY)
                seen, ended = self._changes, self.ended
            yield
            if ended:
                return

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end; return whether it came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self.ended, seconds)

    def _run(self) -> None:
        try:
            events = self._open_twin().reply(self.heard, visitor=self.visitor, stop=self._stop)
            for event in events:
                self._take(event)
        except SelfsameError as error:
            self.problem = str(error)
        except Exception as error:  # the edge of a thread: whatever it is, the page must show it
            _log.exception("a reply failed")
            self.problem = f"something unforeseen went wrong ({type(error).__name__})"
        self.ended = True
        self._tell()

    def _take(self, event: "Event") -> None:
        from persona.events import Done, Notice, Revised, TextDelta

        if isinstance(event, TextDelta):
            self.text += event.text
        elif isinstance(event, Revised):
            self.text = event.text
        elif isinstance(event, Notice):
            self.notices.append(event.text)
        elif isinstance(event, Done):
            self.text, self.done = event.reply, event
        self._tell()

    def _tell(self) -> None:
        with self._changed:
            self._changes += 1
            self._changed.notify_all()
