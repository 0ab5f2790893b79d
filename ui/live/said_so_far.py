"""What a page was told of the last turns, for a page that is loaded anew."""

from threading import Lock

from ui.live.outbox import Message

_MOST = 12
_KEPT = ("heard", "reply", "cut", "times")


class SaidSoFar:
    """Keeps the messages of the last turns; filled from any thread."""

    def __init__(self) -> None:
        self._turns: list[list[Message]] = []
        self._lock = Lock()

    def note(self, message: Message) -> None:
        """Take note of what a page is told; what doesn't last is overlooked."""
        kind = message["kind"]
        if kind not in _KEPT or message.get("final") is False:
            return
        with self._lock:
            if kind == "heard":
                self._turns = [*self._turns[1 - _MOST :], [message]]
            else:
                turn = self._of(message)
                turn[:] = [told for told in turn if told["kind"] != kind] + [message]

    def messages(self) -> list[Message]:
        """Return them, oldest first."""
        with self._lock:
            return [message for turn in self._turns for message in turn]

    def _of(self, message: Message) -> list[Message]:
        """Return the turn that a message belongs to, though the next may have begun."""
        for turn in reversed(self._turns):
            if any(told.get("turn") == message["turn"] for told in turn):
                return turn
        for turn in reversed(self._turns):
            if len(turn) == 1 and turn[0]["text"] == message.get("asked"):
                return turn
        return []
