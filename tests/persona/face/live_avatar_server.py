"""The socket of a live avatar on the loopback, for tests."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve


@dataclass
class AvatarSocket:
    """What the avatar heard, and how it behaves."""

    url: str = ""
    state: str = "connected"
    """What it says of itself when somebody connects."""
    heard: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    ends_after: int = 10**9
    """Messages after which the session ends."""
    over: Event = field(default_factory=Event)

    def kinds(self) -> list[str]:
        """Return the kinds of messages that came."""
        return [str(message["type"]) for message in self.heard]


@contextmanager
def avatar_socket() -> Iterator[AvatarSocket]:
    """Run such a socket for as long as the block lasts."""
    state = AvatarSocket()

    def talk(connection: ServerConnection) -> None:
        try:
            for told in ("connecting", state.state):
                message = {"type": "session.state_updated", "state": told}
                connection.send(json.dumps(message))
            for message in connection:
                _hear(state, connection, json.loads(message))
        except ConnectionClosed:
            pass
        state.over.set()

    with serve(talk, "127.0.0.1", 0) as server:
        state.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield state
        server.shutdown()
        thread.join()


def _hear(state: AvatarSocket, connection: ServerConnection, message: dict[str, Any]) -> None:
    first = message["type"] == "agent.speak" and "agent.speak" not in state.kinds()
    state.heard.append(message)
    if len(state.heard) >= state.ends_after:
        connection.send(json.dumps({"type": "session.state_updated", "state": "closed"}))
        connection.close()
    elif first:
        connection.send(json.dumps({"type": "agent.speak_started"}))
    elif message["type"] == "agent.speak_end":
        connection.send(json.dumps({"type": "agent.speak_ended"}))
