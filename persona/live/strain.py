"""When the machine can't keep up: how much is left out, step by step, and the words for it."""

from enum import IntEnum

from persona.live.stage import StageCounts

_TOO_MANY = 0.08
"""Share of a reply's beats that may come late."""
_LEAST_BEATS = 25
"""Beats from which on a share says something."""


class Relief(IntEnum):
    """What is left out; each step leaves out more."""

    NOTHING = 0
    HALF_THE_PICTURES = 1
    PICTURES = 2
    VOICE = 3


WORDS = {
    Relief.HALF_THE_PICTURES: "This machine is busy, so the picture moves at half its pace",
    Relief.PICTURES: "This machine is too busy for the picture: the voice goes on alone",
    Relief.VOICE: "This machine is too busy to speak: the replies come as text",
}


class Strain:
    """Watches from reply to reply how many beats came late."""

    def __init__(self) -> None:
        self.relief = Relief.NOTHING
        self._beats = self._late = 0

    def judge(self, counts: StageCounts) -> Relief | None:
        """Return the next step if the last reply was too much; None to go on as it is."""
        beats, late = counts.spoken - self._beats, counts.starved - self._late
        self._beats, self._late = counts.spoken, counts.starved
        if beats < _LEAST_BEATS or late / beats < _TOO_MANY or self.relief is Relief.VOICE:
            return None
        self.relief = Relief(self.relief + 1)
        return self.relief
