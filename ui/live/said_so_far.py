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
                self._turns = [*self._turns[1 - _MOST :], []]
            turn = self._of(message)
            turn[:] = [told for told in turn if told["kind"] != kind] + [message]

    def messages(self) -> list[Message]:
        """Return them, oldest first."""
        with self._lock:
            return [message for turn in self._turns for message in turn]

    def _of(self, message: Message) -> list[Message]:
        """Return the turn that a message belongs to."""
        number = message.get("turn")
        for turn in reversed(self._turns):
            if number is not None and any(told.get("turn") == number for told in turn):
                return turn
        if message["kind"] == "cut":  # told late, of a reply that was never finished
            unanswered = [turn for turn in self._turns if len(turn) == 1]
            return (unanswered or self._turns or [[]])[-2 if len(unanswered) > 1 else -1]
        return self._turns[-1] if self._turns else []
