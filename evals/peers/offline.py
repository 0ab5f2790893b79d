"""Holds a run to this machine: a connection to anywhere else is refused, and told of."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

_HERE = ("127.0.0.1", "::1", "localhost", "")
_tried: list[str] | None = None
_listening = False


@contextmanager
def nothing_leaves() -> Generator[list[str]]:
    """Refuse connections of this process to other machines; yield the hosts that were tried.

    Python's own sockets are meant, by its audit events; what compiled code does is not seen.
    """
    global _tried, _listening
    if not _listening:  # a hook can't be taken off again
        sys.addaudithook(_look)
        _listening = True
    tried: list[str] = []
    _tried = tried
    try:
        yield tried
    finally:
        _tried = None


def _look(event: str, arguments: tuple[Any, ...]) -> None:
    if _tried is None:
        return
    if event == "socket.connect":
        address: Any = arguments[1]
        host = "" if isinstance(address, str | bytes) else str(address[0])  # a path is here
    elif event == "socket.getaddrinfo":
        host = str(arguments[0] or "")
    else:
        return
    if host not in _HERE:
        _tried.append(host)
        raise ConnectionRefusedError(f"{host} is not this machine")
