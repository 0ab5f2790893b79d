"""The small motions of a head that is only a picture: swaying, nodding, breathing, blinking."""

from dataclasses import dataclass

import numpy as np

from persona.face.footage import FPS

_BLINK = (0.55, 1.0, 0.95, 0.6, 0.25)
"""How far the lids are down, frame by frame."""
_BLINK_PAUSE = (2.0, 5.5)
"""Seconds between blinks, at random."""
_TWICE = 0.15
"""How often a blink is followed by another."""
_BREATHS_A_SECOND = 0.25
_EASE = 0.25
"""How much of the way to where it wants to be the head goes in one frame."""
_SWAYS = ((0.11, 1.0), (0.23, 0.55), (0.41, 0.3))
"""Frequencies in Hz and their shares."""


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Where the head is in one frame; all but lids and breath in shares of its usual range."""

    yaw: float
    pitch: float
    """Positive looks down."""
    roll: float
    brows: float
    """0 at rest to 1 raised."""
    lids: float
    """0 open to 1 shut."""
    breath: float
    """From -1 to 1."""
    smile: float


STILL = HeadPose(yaw=0, pitch=0, roll=0, brows=0, lids=0, breath=0, smile=0)
"""A head that does nothing."""


class HeadMotion:
    """Moves on by one frame at a time; the same seed moves the same way."""

    def __init__(self, seed: int = 7) -> None:
        self._random = np.random.default_rng(seed)
        self._phases = self._random.uniform(0, 2 * np.pi, (3, len(_SWAYS)))
        self._tick = 0
        self._next_blink = round(1.2 * FPS)
        self._blink_frame = len(_BLINK)
        self._nod = self._brows = self._alert = self._smile = 0.0
        self._was_speaking = False

    def step(self, *, speaking: bool, stress: float) -> HeadPose:
        """Return the pose of the next frame.

        Args:
            speaking: whether a word is being said: a head that listens holds stiller.
            stress: 1 at the peak of a stressed syllable: it nods and lifts the brows a little.
        """
        self._tick += 1
        self._ease(speaking, stress)
        yaw, pitch, roll = (self._sway(axis) for axis in range(3))
        amount = 0.6 + 0.4 * self._alert
        lids = self._lids(phrase_ends=self._was_speaking and not speaking)
        self._was_speaking = speaking
        return HeadPose(
            yaw=amount * yaw,
            pitch=amount * 0.6 * pitch + self._nod,
            roll=amount * roll,
            brows=self._brows,
            lids=lids,
            breath=float(np.sin(2 * np.pi * _BREATHS_A_SECOND * self._tick / FPS)),
            smile=self._smile,
        )

    def _ease(self, speaking: bool, stress: float) -> None:
        self._nod += 0.5 * (0.9 * stress - self._nod)
        self._brows += _EASE * (0.7 * stress - self._brows)
        self._alert += 0.06 * (float(speaking) - self._alert)
        self._smile += 0.04 * (float(not speaking) * 0.6 - self._smile)

    def _sway(self, axis: int) -> float:
        seconds = self._tick / FPS
        return sum(
            share * float(np.sin(2 * np.pi * rate * seconds + phase))
            for (rate, share), phase in zip(_SWAYS, self._phases[axis], strict=True)
        ) / sum(share for _, share in _SWAYS)

    def _lids(self, *, phrase_ends: bool) -> float:
        if phrase_ends:
            self._next_blink = min(self._next_blink, self._tick + 4)
        if self._tick >= self._next_blink:
            self._blink_frame = 0
            pause = self._random.uniform(*_BLINK_PAUSE)
            again = 0.35 if self._random.random() < _TWICE else pause
            self._next_blink = self._tick + round(again * FPS)
        if self._blink_frame >= len(_BLINK):
            return 0.0
        self._blink_frame += 1
        return _BLINK[self._blink_frame - 1]
