"""Where films recorded on a page arrive: one slot for each page that records, from this origin."""

import asyncio
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.uploads import Tray

PATH = "/enrolment/film"
MOST_BYTES = 2 << 30
MOST_SLOTS = 8
_ENDINGS = {"video/mp4": "mp4", "video/webm": "webm"}


@dataclass(slots=True)
class Slot:
    """Takes one film at a time."""

    token: str = field(default_factory=lambda: token_urlsafe(32))
    """Whoever holds it may hand in a film."""
    arrived: Tray | None = None
    """Holds the film that came last, until it is collected."""


class Slots:
    """The slots of this process; the oldest goes when there are too many."""

    def __init__(self) -> None:
        self._slots: dict[str, Slot] = {}
        self._lock = Lock()

    def open(self) -> Slot:
        """Return a new slot."""
        slot = Slot()
        with self._lock:
            while len(self._slots) >= MOST_SLOTS:
                self._slots.pop(next(iter(self._slots)))
            self._slots[slot.token] = slot
        return slot

    def find(self, token: str) -> Slot | None:
        """Return the slot that a token opens."""
        return self._slots.get(token)


_slots = Slots()


def slots() -> Slots:
    """Return the slots of this process."""
    return _slots


def routes() -> list[BaseRoute]:
    """Return the route that films are handed in at."""
    return [Route(PATH, _take, methods=["POST"])]


async def _take(request: Request) -> Response:
    # The token stands in a header, which no page of another origin may send along.
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    slot = slots().find(token) if kind == "Bearer" else None
    if slot is None:
        return Response("no such recording", 403)
    said = request.headers.get("content-type", "").partition(";")[0].strip()
    if said not in _ENDINGS:
        return Response("this is no film", 415)
    tray = Tray()
    path = tray.folder / f"film.{_ENDINGS[said]}"
    size = 0
    try:
        with path.open("wb") as file:
            async for chunk in request.stream():
                size += len(chunk)
                if size > MOST_BYTES:
                    tray.empty()
                    return Response("the film is too long", 413)
                await asyncio.to_thread(file.write, chunk)
    except (ClientDisconnect, OSError):
        tray.empty()
        return Response("the film broke off", 400)
    slot.arrived = tray
    return Response(status_code=204)
