"""A face that says nothing for a while."""

import numpy as np

from persona.voice.speech import SILENCE, Speech, TimedPhone

_RATE = 24_000
_SECONDS = 6.0


def still_sound() -> Speech:
    """Return six seconds of silence, for a face to rest in."""
    return Speech(
        samples=np.zeros(round(_SECONDS * _RATE), np.float32),
        sample_rate=_RATE,
        phones=(TimedPhone(SILENCE, 0.0, _SECONDS),),
    )
