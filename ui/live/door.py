"""The door to live conversations: who may come in, and who is shown out."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Event, Lock, Thread
from time import monotonic

from ui.live.room import Room

MOST_ROOMS = 4
_log = logging.getLogger(__name__)
_WAITS = 60.0
"""Seconds that a conversation waits for its page to come back."""
_SECONDS_TO_ASK = 1.5
"""Seconds that a new room waits to hear from its page whether there is an older one to go on in."""


@dataclass(slots=True)
class _Guest:
    """A token and the room it opens."""

    token: str
    about: str
    """Which talk it is: the twin and who speaks to it."""
    room: Room
    entered: bool = False
    """Whether its page has come."""
    came: Event = field(default_factory=Event)
    """Set when it comes, so that nobody waits longer."""


class Door:
    """Gives out tokens, each for one room, and closes rooms that nobody comes back to."""

    def __init__(self) -> None:
        self._guests: dict[str, _Guest] = {}
        self._lock = Lock()

    def admit(self, session: str, about: str, make: Callable[[], Room]) -> str:
        """Return the token of one browser session for one talk.

        The room is made at the first call and warms up as soon as its page comes, or soon anyway.

        Args:
            session: a secret of the browser session.
            about: which talk: the twin and who speaks to it.
            make: makes the room.
        """
        who = f"{session}/{about}"
        with self._lock:
            if who not in self._guests:
                self._make_place()
                self._guests[who] = guest = _Guest(token_urlsafe(32), about, make())
                Thread(target=_warm, args=(guest,), name="selfsame-warm", daemon=True).start()
            return self._guests[who].token

    def room(self, token: str, before: str = "") -> Room | None:
        """Return the room that a token opens.

        Args:
            token: of the page that comes.
            before: the token that this page had before it was loaded anew. If the same talk goes
                on in its room, this token opens that room from now on.
        """
        with self._lock:
            self._close_deserted()
            guest, older = self._holder(token), self._holder(before)
            if guest is None:
                return None
            first, guest.entered = not guest.entered, True
            if first and older is not None and older.about == guest.about:
                spare, guest.room = guest.room, older.room
                Thread(target=spare.close, name="selfsame-close", daemon=True).start()
            guest.came.set()
            return guest.room

    def end(self, about: str) -> None:
        """End a talk whoever is in it: it has been erased, and nothing of it is to be seen."""
        with self._lock:
            for room in self._rooms(about):
                self._show_out(room)

    def close(self) -> None:
        """Close every room."""
        with self._lock:
            guests, self._guests = list(self._guests.values()), {}
        for guest in guests:
            guest.room.close()

    def _holder(self, token: str) -> _Guest | None:
        return next((guest for guest in self._guests.values() if guest.token == token), None)

    def _close_deserted(self) -> None:
        now = monotonic()
        for room in self._rooms():
            left = room.left_at
            if left is not None and now - left > _WAITS:
                self._show_out(room)

    def _make_place(self) -> None:
        """Close the room that was left longest ago when there are too many."""
        self._close_deserted()
        rooms = self._rooms()
        if len(rooms) >= MOST_ROOMS:
            self._show_out(min(rooms, key=lambda room: room.left_at or 1e18))

    def _rooms(self, about: str | None = None) -> list[Room]:
        """Return the rooms, all or those of a talk; two pages of one talk share one."""
        guests = [g for g in self._guests.values() if about in (None, g.about)]
        return list({id(guest.room): guest.room for guest in guests}.values())

    def _show_out(self, room: Room) -> None:
        for who, guest in list(self._guests.items()):
            if guest.room is room:
                del self._guests[who]
        Thread(target=room.close, name="selfsame-close", daemon=True).start()


def _warm(guest: _Guest) -> None:
    guest.came.wait(_SECONDS_TO_ASK)
    try:
        guest.room.open()
    except Exception:  # the edge of a thread: the page that comes tries again, and tells why not
        _log.info("a twin is not ready before its page comes")


_door = Door()


def door() -> Door:
    """Return the one door of this process."""
    return _door
