"""What was said in the last turns, to be heard again or made a clip of."""

from collections.abc import Sequence

from persona.voice.speech import Speech

_MOST = 12


class KeptTakes:
    """The sound and text of the last replies."""

    def __init__(self) -> None:
        self.last: Sequence[Speech] = ()
        """What was said last, a greeting too."""
        self._by_turn: dict[int, tuple[Sequence[Speech], str]] = {}

    def keep(self, pieces: Sequence[Speech], text: str, turn_id: int | None) -> None:
        """Keep what was said; by its turn where it was one."""
        self.last = list(pieces)
        if turn_id is not None:
            self._by_turn[turn_id] = (self.last, text)
            while len(self._by_turn) > _MOST:
                self._by_turn.pop(next(iter(self._by_turn)))

    def of(self, turn_id: int) -> tuple[Sequence[Speech], str] | None:
        """Return what was said in a turn; None when it is gone."""
        return self._by_turn.get(turn_id)
