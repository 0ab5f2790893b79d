"""How many people are heard in a recording, by speaker embeddings over windows of it."""

import numpy as np
from numpy.typing import NDArray

from persona.voice.sound import Samples
from persona.voice.speaker import RATE, SpeakerEncoder, voiced_mask

_WINDOW, _STEP = 3.0, 1.5
_MOST_WINDOWS = 160
_APART = 0.77
"""Two groups of windows less alike than this are two people; see the figures."""
_LEAST_SHARE, _LEAST_WINDOWS = 0.12, 2
_LEAST_SPEECH = 1.0
_ROUNDS = 12


def count_voices(samples: Samples, encoder: SpeakerEncoder) -> int:
    """Return how many people are heard in sound at 16 kHz: 0, 1, or 2 for two and more."""
    spoken = samples[voiced_mask(samples)]
    if len(spoken) < _LEAST_SPEECH * RATE:
        return 0
    windows = _embedded(spoken, encoder)
    if len(windows) < 2 * _LEAST_WINDOWS:
        return 1
    return 2 if _falls_apart(windows) else 1


def _embedded(spoken: Samples, encoder: SpeakerEncoder) -> NDArray[np.float32]:
    """Return the embeddings of windows over all of it, [n, 256]."""
    size = int(_WINDOW * RATE)
    step = max(int(_STEP * RATE), len(spoken) // _MOST_WINDOWS)
    starts = range(0, max(1, len(spoken) - size + 1), step)
    return np.stack([encoder.embed_prepared(spoken[at : at + size]) for at in starts])


def _falls_apart(windows: NDArray[np.float32]) -> bool:
    """Say whether the windows are two groups that are unlike (spherical 2-means)."""
    likeness = windows @ windows.T
    first, second = np.unravel_index(int(likeness.argmin()), likeness.shape)
    middles = windows[[first, second]]
    belongs = np.zeros(len(windows), int)
    for _ in range(_ROUNDS):
        belongs = (windows @ middles.T).argmax(axis=1)
        groups = [windows[belongs == k].mean(axis=0) for k in (0, 1)]
        middles = np.stack([group / np.linalg.norm(group) for group in groups])
    smaller = min(int((belongs == 0).sum()), int((belongs == 1).sum()))
    enough = smaller >= max(_LEAST_WINDOWS, _LEAST_SHARE * len(windows))
    return enough and float(middles[0] @ middles[1]) < _APART
