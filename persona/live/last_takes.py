"""What was said in the last turns: to be heard again, or made a film of."""

from collections.abc import Sequence

from persona.voice.speech import Speech

_MOST = 12


class LastTakes:
    """The sound and the text of some turns, the oldest forgotten first."""

    def __init__(self) -> None:
        self.newest: Sequence[Speech] = ()
        """What was said last, whether in a turn or not."""
        self._turns: dict[int, tuple[Sequence[Speech], str]] = {}

    def keep(self, pieces: Sequence[Speech], turn_id: int | None, text: str) -> None:
        """Keep what was said; under its turn, where it belongs to one."""
        self.newest = list(pieces)
        if turn_id is not None:
            self._turns[turn_id] = (self.newest, text)
            while len(self._turns) > _MOST:
                self._turns.pop(next(iter(self._turns)))

    def of(self, turn_id: int) -> tuple[Sequence[Speech], str] | None:
        """Return what was said in a turn, if it is at hand."""
        return self._turns.get(turn_id)
