"""What a page's own script may hand in, by a token that only this page holds."""

from secrets import token_urlsafe
from threading import Lock
from typing import Generic, TypeVar

from starlette.requests import Request

Place = TypeVar("Place")


class Slots(Generic[Place]):
    """Places for what is handed in, each opened by its token; the oldest goes when too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: dict[str, Place] = {}
        self._lock = Lock()

    def open(self, place: Place) -> str:
        """Return the token of a new place."""
        token = token_urlsafe(32)
        with self._lock:
            while len(self._places) >= self._most:
                self._places.pop(next(iter(self._places)))
            self._places[token] = place
        return token

    def find(self, token: str) -> Place | None:
        """Return the place that a token opens."""
        return self._places.get(token)

    def named_by(self, request: Request) -> Place | None:
        """Return the place that a request names; the header is one no other origin may send."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        return self.find(token) if kind == "Bearer" else None
