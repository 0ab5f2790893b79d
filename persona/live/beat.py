"""The unit in which a live picture and its sound travel: one frame and its 40 ms of sound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from persona.face.footage import FPS
from persona.face.landmarks import Picture
from persona.voice.speech import Speech

SOUND_RATE = 24_000
"""Samples a second of everything live."""
BEAT_SAMPLES = SOUND_RATE // FPS
SILENT_BEAT = np.zeros(BEAT_SAMPLES, np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A frame with the sound during which it is shown."""

    sound: NDArray[np.float32]
    """[960], mono, from -1 to 1."""
    picture: Picture | None = None
    """None where the picture before it stays."""
    speaks: bool = False
    """Whether it belongs to a reply."""
    heard: float = 0.0
    """Seconds of the reply that are over when this beat is."""
    drawn_at: float = 0.0
    """When it was ready, by `time.perf_counter`."""
    begins: tuple[Speech, ...] = ()
    """The pieces that begin to be said in it."""


def faded(beat: Beat) -> Beat:
    """Return a beat whose sound dies away within 20 ms."""
    ramp = np.clip(1.0 - np.arange(BEAT_SAMPLES) / (0.02 * SOUND_RATE), 0.0, 1.0)
    return Beat(sound=(beat.sound * ramp).astype(np.float32), picture=beat.picture)
