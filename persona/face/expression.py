"""What the head does besides speaking: where a stressed syllable makes it nod."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from persona.voice.speech import VOWELS, TimedPhone

_STRESSED = 0.8
"""Loudness from which a vowel counts as stressed."""
_SPREAD = 0.12
"""Seconds over which a nod rises and falls."""
_BEFORE = 0.08
"""Seconds by which a nod comes before the syllable's peak."""


def stress_of(
    phones: Sequence[TimedPhone], times: NDArray[np.float64], loudness: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return [n] from 0 to 1: how much each frame belongs to a stressed syllable."""
    stress = np.zeros(len(times))
    for phone in phones:
        if phone.symbol not in VOWELS or phone.end - phone.start < 0.06:
            continue
        said = (times >= phone.start) & (times < phone.end)
        if said.any() and loudness[said].max() >= _STRESSED:
            peak = (phone.start + phone.end) / 2 - _BEFORE
            stress = np.maximum(stress, np.exp(-(((times - peak) / _SPREAD) ** 2)))
    return stress.astype(np.float32)
