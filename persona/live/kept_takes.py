"""What was said in the last turns, to be heard again or made a clip of."""

from collections import deque
from collections.abc import Sequence

from persona.live.reply_run import ReplyRun
from persona.voice.speech import Speech

_MOST = 12


class KeptTakes:
    """The sound and text of the last replies; asked from any thread."""

    def __init__(self) -> None:
        self.last: Sequence[Speech] = ()
        """What was said last, a greeting too."""
        self._replies: deque[tuple[Sequence[Speech], ReplyRun]] = deque(maxlen=_MOST)

    def keep(self, pieces: Sequence[Speech], run: ReplyRun | None) -> None:
        """Keep what was said, and the reply that it was; it may be kept as a turn only later."""
        self.last = list(pieces)
        if run is not None:
            self._replies.append((self.last, run))

    def of(self, turn_id: int) -> tuple[Sequence[Speech], str] | None:
        """Return what was said in a turn; None when it is gone."""
        replies = list(self._replies)
        return next(((said, run.text) for said, run in replies if run.turn_id == turn_id), None)
