"""Who has the word when a visitor sounds while the twin speaks: a moment is not an interruption."""

from persona.live.performance import Performance
from persona.live.stage import Stage
from persona.voice.ear import Sounding

DUCK_AFTER, HOLD_AFTER, CUT_AFTER = 0.16, 0.45, 1.3
"""Seconds of a visitor's speech after which the twin lowers its voice, falls silent, and gives up
what it was saying whatever the words are."""
_BACK = 0.1
"""Seconds said again when a false stop resumes."""


class BargeIn:
    """Lowers the voice, holds the reply, and goes on with it if nobody took the word."""

    def __init__(self, stage: Stage) -> None:
        """Begin; `stage` is where the twin is heard."""
        self._stage = stage
        self._held = False

    def weigh(self, state: Sounding, act: Performance | None) -> bool:
        """Meet a visitor who sounds while `act` is said; return whether the word is theirs."""
        if state.quiet > 0:
            return False
        if state.spoken >= HOLD_AFTER and not self._held and act is not None:
            self._held = True
            act.hold()
        elif state.spoken >= DUCK_AFTER:
            self._stage.duck(low=True)
        return state.spoken >= CUT_AFTER

    def resume(self, act: Performance | None, client_delay: float) -> None:
        """Go on speaking after what was no interruption.

        Args:
            act: what was being said.
            client_delay: seconds between a beat that is taken and its sound at the visitor's ear.
        """
        self._stage.duck(low=False)
        if self._held and act is not None:
            act.resume(back=client_delay + _BACK)
        self._held = False

    def forget(self) -> None:
        """Take note that what was said is over."""
        self._stage.duck(low=False)
        self._held = False
