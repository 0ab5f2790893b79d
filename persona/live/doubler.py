"""Twice the sample rate for a stream, at once: what waits for more sound would be late."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# What this library gives is only half typed.

import numpy as np
from scipy.signal import firwin, lfilter

from persona.voice.sound import Samples

_TAPS = 31


class Doubler:
    """Doubles the rate of sound that comes in parts; late by 0.3 ms at 24 kHz."""

    def __init__(self) -> None:
        self._filter = 2.0 * np.asarray(firwin(_TAPS, 0.48))
        self._memory = np.zeros(_TAPS - 1)

    def __call__(self, part: Samples) -> Samples:
        """Return the next part with twice as many samples."""
        spread = np.zeros(2 * len(part))
        spread[::2] = part
        doubled, self._memory = lfilter(self._filter, 1.0, spread, zi=self._memory)
        return np.asarray(doubled, np.float32)
