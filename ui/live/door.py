"""The door to live conversations: who may come in, and who is shown out."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Lock, Thread
from time import monotonic

from ui.live.room import Room

MOST_ROOMS = 4
_log = logging.getLogger(__name__)
_WAITS = 60.0
"""Seconds that a conversation waits for its page to come back."""


@dataclass(frozen=True, slots=True)
class _Guest:
    """A token and the room it opens."""

    token: str
    room: Room


class Door:
    """Gives out tokens, each for one room, and closes rooms that nobody comes back to."""

    def __init__(self) -> None:
        self._guests: dict[str, _Guest] = {}
        self._lock = Lock()

    def admit(self, who: str, make: Callable[[], Room]) -> str:
        """Return the token of `who`, one browser session with one twin as one speaker.

        The room is made at the first call and begins to warm up at once.
        """
        with self._lock:
            if who not in self._guests:
                self._make_place()
                guest = _Guest(token_urlsafe(32), make())
                self._guests[who] = guest
                Thread(target=_warm, args=(guest.room,), name="selfsame-warm", daemon=True).start()
            return self._guests[who].token

    def room(self, token: str) -> Room | None:
        """Return the room that a token opens."""
        with self._lock:
            self._close_deserted()
            return next((g.room for g in self._guests.values() if g.token == token), None)

    def close(self) -> None:
        """Close every room."""
        with self._lock:
            guests, self._guests = list(self._guests.values()), {}
        for guest in guests:
            guest.room.close()

    def _close_deserted(self) -> None:
        now = monotonic()
        for who, guest in list(self._guests.items()):
            left = guest.room.left_at
            if left is not None and now - left > _WAITS:
                self._show_out(who)

    def _make_place(self) -> None:
        """Close the room that was left longest ago when there are too many."""
        self._close_deserted()
        if len(self._guests) >= MOST_ROOMS:
            self._show_out(min(self._guests, key=lambda w: self._guests[w].room.left_at or 1e18))

    def _show_out(self, who: str) -> None:
        guest = self._guests.pop(who)
        Thread(target=guest.room.close, name="selfsame-close", daemon=True).start()


def _warm(room: Room) -> None:
    try:
        room.open()
    except Exception:  # the edge of a thread: the page that comes tries again, and tells why not
        _log.info("a twin is not ready before its page comes")


_door = Door()


def door() -> Door:
    """Return the one door of this process."""
    return _door
