"""Who has the word when a visitor sounds while the twin speaks: a moment is not an interruption."""

from collections.abc import Callable

from persona.live.events import Lowered
from persona.live.performance import Performance
from persona.live.stage import DUCKED, Stage
from persona.voice.ear import Sounding

HOLD_AFTER, HUM_AFTER, CUT_AFTER = 0.09, 0.5, 1.3
"""Seconds of a visitor's words at most, and of their hum, after which the twin falls silent, and of
either after which it gives up what it was saying whatever the words are."""
_OPENING = 0.2
"""Share of a visitor's first sounds made with the mouth open from which they are words already."""
_RELENT = 0.15
"""Seconds of quiet after which a voice that was lowered is as loud as before."""
_BACK = 0.1
"""Seconds said again when a false stop resumes."""


class BargeIn:
    """Lowers the voice, holds the reply, and goes on with it if nobody took the word."""

    def __init__(self, stage: Stage, tell: Callable[[Lowered], None]) -> None:
        """Begin.

        Args:
            stage: where the twin is heard.
            tell: told how loud it is from now on; a page can do the same at once, while what was
                sent already is on its way.
        """
        self._stage, self._tell = stage, tell
        self._level = 1.0
        self._now: Sounding | None = None
        self._spoken = self._worded = 0.0
        """What of the visitor's turn was an aside, in seconds."""

    def weigh(self, state: Sounding, act: Performance | None) -> bool:
        """Meet a visitor who sounds while `act` is said; return whether the word is theirs."""
        if self._now is None or state.running < self._now.running:
            self._spoken = self._worded = 0.0
        self._now = state
        if state.quiet > 0:
            if state.quiet >= _RELENT and self._level == DUCKED:
                self._set(1.0)
            return False
        spoken, worded = state.spoken - self._spoken, state.worded - self._worded
        are_words = worded > 0 and worded >= min(HOLD_AFTER, _OPENING * spoken)
        if self._level and (are_words or spoken >= HUM_AFTER) and act is not None:
            self._set(0.0)
            act.hold()
        elif self._level == 1.0 and spoken > 0:
            self._set(DUCKED)
        return spoken >= CUT_AFTER

    def resume(self, act: Performance | None, client_delay: float) -> None:
        """Go on speaking after what was no interruption.

        Args:
            act: what was being said.
            client_delay: seconds between a beat that is taken and its sound at the visitor's ear.
        """
        if self._now is not None:
            self._spoken, self._worded = self._now.spoken, self._now.worded
        held = self._level == 0.0
        self._set(1.0)
        if held and act is not None:
            act.resume(back=client_delay + _BACK)

    def forget(self, *, silent: bool) -> None:
        """Take note that what was said is over, or is made to be, which is `silent`."""
        if silent:
            self._set(0.0)
        self._now = None
        self._set(1.0)

    def _set(self, level: float) -> None:
        if level != self._level:
            self._level = level
            self._stage.duck(low=level == DUCKED)
            self._tell(Lowered(level))
