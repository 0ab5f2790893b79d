"""Where the live page talks to the app: one socket for words and signals, from the same origin."""

import asyncio
import json
import logging
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from memory.errors import SelfsameError
from ui.live.door import door
from ui.live.outbox import Outbox
from ui.live.room import Room
from ui.session import explain

PATH, CLIPS = "/live/socket", "/live/clips"
_STRANGER, _NO_ROOM, _REPLACED, _FAILED = 1008, 4404, 4409, 4500
_SECONDS_TO_KNOCK = 10
_LONGEST_MESSAGE = 200_000
_LONGEST_SOUND = 64_000

_log = logging.getLogger(__name__)


def routes() -> list[BaseRoute]:
    """Return the routes of the live conversation."""
    return [
        WebSocketRoute(PATH, _socket),
        Route(f"{CLIPS}/idle", _idle),
        Route(f"{CLIPS}/{{turn:int}}", _clip),
        Route(f"{CLIPS}/{{turn:int}}/words", _words),
    ]


def _room_of(request: Request) -> Room | None:
    """Return the room whose token a request holds."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return door().room(token) if kind == "Bearer" else None


async def _words(request: Request) -> Response:
    """Send the captions of a reply's film to whoever holds the token of its room."""
    room = _room_of(request)
    if room is None:
        return Response("no such conversation", 403)
    captions = room.words(request.path_params["turn"])
    if captions is None:
        return Response("this reply is not at hand any more", 404)
    return Response(captions, media_type="text/vtt", headers={"cache-control": "no-store"})


async def _clip(request: Request) -> Response:
    """Send a reply as a film to whoever holds the token of its room."""
    turn: int = request.path_params["turn"]
    return await _film(request, lambda room: room.clip(turn))


async def _idle(request: Request) -> Response:
    """Send the film of a twin that says nothing to whoever holds the token of its room."""
    return await _film(request, Room.idle)


async def _film(request: Request, make: Callable[[Room], bytes | None]) -> Response:
    room = _room_of(request)
    if room is None:
        return Response("no such conversation", 403)
    try:
        film = await asyncio.to_thread(make, room)
    except SelfsameError as error:
        return Response(str(error), 409)
    if film is None:
        return Response("this reply is not at hand any more", 404)
    return Response(film, media_type="video/mp4", headers={"cache-control": "no-store"})


async def _socket(socket: WebSocket) -> None:
    if not _same_origin(socket):
        await socket.close(_STRANGER)
        return
    await socket.accept()
    room = await _knock(socket)
    if room is None:
        await socket.close(_NO_ROOM)
        return
    try:
        await asyncio.to_thread(room.open)
    except Exception as error:  # the edge of the app: the page is told, the log has the rest
        _log.exception("a live conversation can't begin")
        await socket.send_json({"kind": "failed", "text": explain(error)})
        await socket.close(_FAILED)
        return
    outbox = await room.enter()
    room.tell(room.ready())
    sending = asyncio.create_task(_send(socket, room, outbox))
    try:
        while True:
            await _meet(room, await socket.receive())
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        sending.cancel()
        await room.leave(outbox)


def _same_origin(socket: WebSocket) -> bool:
    """Whether the page that opens the socket came from this very server."""
    return urlsplit(socket.headers.get("origin", "")).netloc == socket.headers.get("host")


async def _knock(socket: WebSocket) -> Room | None:
    """Return the room that the first message holds the token of."""
    with suppress(TimeoutError, ValueError, KeyError, TypeError, WebSocketDisconnect):
        first = await asyncio.wait_for(socket.receive_json(), _SECONDS_TO_KNOCK)
        return door().room(str(first["token"]), str(first.get("before", "")))
    return None


async def _meet(room: Room, message: MutableMapping[str, Any]) -> None:
    """Meet whatever the page sends: words in JSON, or sound of its microphone.

    Raises:
        WebSocketDisconnect: it has gone.
    """
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect
    text, sound = message.get("text"), message.get("bytes")
    if sound and len(sound) <= _LONGEST_SOUND:
        room.hear(sound)
    elif text and len(text) <= _LONGEST_MESSAGE:
        await _obey(room, text)


async def _obey(room: Room, text: str) -> None:
    try:
        asked = json.loads(text)
    except ValueError:
        return
    if isinstance(asked, dict):
        await room.obey(asked)  # pyright: ignore[reportUnknownArgumentType]


async def _send(socket: WebSocket, room: Room, outbox: Outbox) -> None:
    while (message := await outbox.get()) is not None:
        if isinstance(message, bytes):
            await socket.send_bytes(message)
        else:
            await socket.send_json(message)
    await socket.close(_NO_ROOM if room.over else _REPLACED)
