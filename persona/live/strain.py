"""When the machine can't keep up: how much is left out, step by step, and the words for it."""

from dataclasses import replace
from enum import IntEnum

from persona.live.beat import Beat
from persona.live.stage import StageCounts

_TOO_MANY = 0.08
"""Share of a reply's beats that may come late."""
_LEAST_BEATS = 25
"""Beats from which on a share says something."""
_TOO_SLOW = 2.0
"""Seconds that a voice may take for a second of speech."""


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
    """Watches from reply to reply how many beats came late, and how long the voice took."""

    def __init__(self) -> None:
        self.relief = Relief.NOTHING
        self._beats = self._late = 0
        self._odd = False

    def judge(
        self, counts: StageCounts, *, voice_pace: float = 0.0, pictures: bool = True
    ) -> Relief | None:
        """Return the next step if the last reply was too much; None to go on as it is.

        Args:
            counts: what the stage did so far.
            voice_pace: seconds that a voice of this machine took for a second of the reply.
            pictures: whether there are any that could be left out.
        """
        beats, late = counts.spoken - self._beats, counts.starved - self._late
        self._beats, self._late = counts.spoken, counts.starved
        if beats < _LEAST_BEATS or self.relief is Relief.VOICE:
            return None
        if late / beats < _TOO_MANY and voice_pace < _TOO_SLOW:
            return None
        self.relief = Relief(self.relief + 1) if pictures else Relief.VOICE
        return self.relief

    def thinned(self, beat: Beat) -> Beat:
        """Return a beat without its picture where every second picture is left out."""
        self._odd = not self._odd
        halved = self.relief is Relief.HALF_THE_PICTURES and self._odd
        return replace(beat, picture=None) if halved else beat
