"""Where words that are typed on a page arrive before they are sent, so that a reload keeps them."""

import asyncio
from collections.abc import Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.slots import Slots

PATH = "/interview/draft"
MOST_BYTES = 1 << 20
_MOST_SLOTS = 32

_slots = Slots[Callable[[str], None]](_MOST_SLOTS)


def slots() -> Slots[Callable[[str], None]]:
    """Return what keeps the words of each page of this process."""
    return _slots


def routes() -> list[BaseRoute]:
    """Return the route that words are handed in at."""
    return [Route(PATH, _take, methods=["POST"])]


async def _take(request: Request) -> Response:
    keep = slots().named_by(request)
    if keep is None:
        return Response("no such answer", 403)
    words = bytearray()
    try:
        async for chunk in request.stream():
            words += chunk
            if len(words) > MOST_BYTES:
                return Response("too many words", 413)
    except ClientDisconnect:
        return Response("it broke off", 400)
    await asyncio.to_thread(keep, words.decode("utf-8", "replace"))
    return Response(status_code=204)
