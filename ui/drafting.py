"""Where words that are typed on a page arrive before they are sent, so that a reload keeps them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.slots import Slots

PATH = "/interview/draft"
MOST_BYTES = 1 << 20
_MOST_SLOTS = 32


@dataclass(slots=True)
class Draft:
    """An answer on its way."""

    keep: Callable[[str], None]
    """Keeps its words as they are now."""
    done: bool = False
    """Whether it was sent or dropped: words that come later are let go."""

    def take(self, words: str) -> None:
        """Keep its words as they are now, unless it is done."""
        if not self.done:
            self.keep(words)


_slots = Slots[Draft](_MOST_SLOTS)


def slots() -> Slots[Draft]:
    """Return the answers that are on their way on the pages of this process."""
    return _slots


def routes() -> list[BaseRoute]:
    """Return the route that words are handed in at."""
    return [Route(PATH, _take, methods=["POST"])]


async def _take(request: Request) -> Response:
    draft = slots().named_by(request)
    if draft is None:
        return Response("no such answer", 403)
    words = bytearray()
    try:
        async for chunk in request.stream():
            words += chunk
            if len(words) > MOST_BYTES:
                return Response("too many words", 413)
    except ClientDisconnect:
        return Response("it broke off", 400)
    await asyncio.to_thread(draft.take, words.decode("utf-8", "replace"))
    return Response(status_code=204)
