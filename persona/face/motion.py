"""The small motions of a head that is only a picture: swaying, nodding, breathing, blinking."""

from dataclasses import dataclass
from enum import StrEnum

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
_AT_EASE = 0.2
"""How much who doesn't speak smiles."""
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
    """From -1 (grave) to 1 (glad)."""
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    """Where the eyes look, from -1 to 1: right and up in the picture."""


class Attention(StrEnum):
    """What a face does while it isn't speaking."""

    RESTING = "resting"
    LISTENING = "listening"
    THINKING = "thinking"


_BEARINGS = {
    Attention.RESTING: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    Attention.LISTENING: (0.0, 0.25, 0.9, 0.25, 0.25, 0.0, 0.0),
    Attention.THINKING: (0.9, -0.6, -0.4, 0.45, -0.1, 0.8, 0.6),
}
"""Yaw, pitch, roll, brows, smile and gaze: a tilted head listens, smiling a little; one turned up
and aside, looking away, thinks."""
_IN_MOOD = np.array([0.0, -0.15, 0.0, 0.2, 1.0, 0.0, 0.0])
"""What gladness adds: a smile, brows and chin a little up; gravity the other way round."""
_LEAN = 0.07
_HEARD_EVERY, _HEARD_NOD = 2.6, 0.5
"""Seconds between the small nods of one who listens, and how deep they are."""


class Bearing:
    """How the head is held by mood and attention; goes over into a new bearing without a jump."""

    def __init__(self) -> None:
        self._attention, self._mood = Attention.RESTING, 0.0
        self._now = np.zeros(7)
        self._tick = 0

    def want(self, attention: Attention, mood: float) -> None:
        """Let the head be held this way from now on; a mood from -1 (grave) to 1 (glad)."""
        self._attention, self._mood = attention, float(np.clip(mood, -1, 1))

    @property
    def mood(self) -> float:
        """The mood wanted, from -1 to 1."""
        return self._mood

    def step(self, *, speaking: bool) -> HeadPose:
        """Return the bearing of the next frame; who speaks neither listens nor thinks."""
        self._tick += 1
        attention = Attention.RESTING if speaking else self._attention
        wanted = np.array(_BEARINGS[attention]) + self._mood * _IN_MOOD
        self._now += _LEAN * (wanted - self._now)
        yaw, pitch, roll, brows, smile, gaze_x, gaze_y = self._now.tolist()
        if attention is Attention.LISTENING:
            turn = (self._tick / FPS) % _HEARD_EVERY - _HEARD_EVERY / 2
            pitch += _HEARD_NOD * float(np.exp(-((turn / 0.16) ** 2)))
        return HeadPose(
            yaw=yaw,
            pitch=pitch,
            roll=roll,
            brows=brows,
            lids=0.0,
            breath=0.0,
            smile=smile,
            gaze_x=gaze_x,
            gaze_y=gaze_y,
        )


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
        self.bearing = Bearing()

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
        held = self.bearing.step(speaking=speaking)
        return HeadPose(
            yaw=amount * yaw + held.yaw,
            pitch=amount * 0.6 * pitch + self._nod + held.pitch,
            roll=amount * roll + held.roll,
            brows=self._brows + held.brows,
            lids=lids,
            breath=float(np.sin(2 * np.pi * _BREATHS_A_SECOND * self._tick / FPS)),
            smile=self._smile + held.smile,
        )

    def _ease(self, speaking: bool, stress: float) -> None:
        self._nod += 0.5 * (0.9 * stress - self._nod)
        self._brows += _EASE * (0.7 * stress - self._brows)
        self._alert += 0.06 * (float(speaking) - self._alert)
        self._smile += 0.04 * (float(not speaking) * _AT_EASE - self._smile)

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
