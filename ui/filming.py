"""Where films recorded on a page arrive: one slot for each page that records, from this origin."""

import asyncio
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.slots import Slots
from ui.uploads import Tray

PATH = "/enrolment/film"
MOST_BYTES = 2 << 30
MOST_SLOTS = 8
_ENDINGS = {"video/mp4": "mp4", "video/webm": "webm"}


@dataclass(slots=True)
class Slot:
    """Takes one film at a time."""

    arrived: Tray | None = None
    """Holds the film that came last, until it is collected."""


_slots = Slots[Slot](MOST_SLOTS)


def slots() -> Slots[Slot]:
    """Return the slots of this process."""
    return _slots


def routes() -> list[BaseRoute]:
    """Return the route that films are handed in at."""
    return [Route(PATH, _take, methods=["POST"])]


async def _take(request: Request) -> Response:
    slot = slots().named_by(request)
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
