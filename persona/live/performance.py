"""One reply on the stage: it can be held when somebody speaks up, resumed, or cut short."""

from threading import Condition

from persona.live.stage import Stage
from persona.live.take import LiveTake
from persona.voice.speech import Speech

_MOST_AHEAD = 8.0
"""Seconds of speech that may be made before they are heard."""


class Performance:
    """Brings the pieces of a take onto a stage."""

    def __init__(self, stage: Stage) -> None:
        self.take = LiveTake()
        self._stage = stage
        self._epoch: int | None = None
        self._complete = self._over = False
        self._changed = Condition()

    @property
    def begun(self) -> bool:
        """Whether any of it was heard."""
        return self.take.heard > 0

    def begin(self) -> None:
        """Let what there is be heard, and what comes."""
        with self._changed:
            self._epoch = self._stage.epoch
            self._say_left(0.0)

    def hesitate(self, piece: Speech) -> None:
        """Say a word that is no part of the take, unless that has begun."""
        with self._changed:
            if self._epoch is not None and not self.take.pieces:
                self._stage.say(piece, -piece.seconds, self._epoch)

    def add(self, piece: Speech) -> bool:
        """Add a piece; waits while much is still to be heard. False when it's over."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._over or self.take.seconds - self.take.heard < _MOST_AHEAD
            )
            if self._over:
                return False
            start = self.take.add(piece)
            if self._epoch is not None:
                self._stage.say(piece, start, self._epoch)
        return True

    def complete(self) -> None:
        """Say that no more pieces come."""
        with self._changed:
            self._complete = True
            if self._epoch is not None:
                self._stage.finish(self._epoch)

    def heard(self, seconds: float) -> None:
        """Take note of how far it was heard."""
        with self._changed:
            self.take.heard = seconds
            self._changed.notify_all()

    def hold(self) -> None:
        """Be silent for now."""
        with self._changed:
            self._epoch = None
            self._stage.flush()

    def resume(self, *, back: float = 0.0) -> None:
        """Go on with the word where it was held, `back` seconds before."""
        with self._changed:
            self._epoch = self._stage.epoch
            self._say_left(max(0.0, self.take.heard - back))

    def cut(self) -> None:
        """End it here; what others say on the stage is left alone."""
        with self._changed:
            self._over = True
            if self._epoch is not None and self._stage.speaking:
                self._stage.flush()
            self._epoch = None
            self._changed.notify_all()

    def _say_left(self, since: float) -> None:
        assert self._epoch is not None
        for start, piece in self.take.left(since):
            self._stage.say(piece, start, self._epoch)
        if self._complete:
            self._stage.finish(self._epoch)
