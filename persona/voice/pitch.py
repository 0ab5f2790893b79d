"""How high a voice is: its fundamental frequency over time, by normalised autocorrelation.

The method is the cross-correlation tracker of Talkin's RAPT (1995), without its search over paths:
a median over five frames takes the place of that.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from persona.voice.sound import Samples, resampled
from persona.voice.speech import Speech

LOWEST, HIGHEST = 60.0, 420.0
"""Hz; what is looked for."""
HOP_SECONDS = 0.01
_RATE, _WINDOW = 8_000, 400
_VOICED = 0.6
_OCTAVE_COST = 0.02


class PitchRange(NamedTuple):
    """Level and liveliness of a voice's pitch."""

    hertz: float
    """Median."""
    spread: float
    """Half the distance between the quartiles, in octaves."""


def pitch_range(speech: Speech) -> PitchRange:
    """Return level and spread of the pitch of some speech; zeros when none is voiced."""
    return range_of(pitch_curve(speech))


def range_of(curve: NDArray[np.float32]) -> PitchRange:
    """Return level and spread of a pitch curve in Hz, 0 where there is no voice."""
    voiced = np.log2(curve[curve >= LOWEST * 0.8])
    if not len(voiced):
        return PitchRange(0.0, 0.0)
    low, middle, high = np.percentile(voiced, [25, 50, 75])
    return PitchRange(float(2**middle), float(high - low) / 2)


def pitch_curve(speech: Speech) -> NDArray[np.float32]:
    """Return the pitch in Hz each 10 ms, 0 where there is no voice."""
    samples = _voice_alone(resampled(speech.samples, speech.sample_rate, _RATE))
    hop = int(_RATE * HOP_SECONDS)
    padded = np.pad(samples, (_WINDOW // 2, _WINDOW + int(_RATE / LOWEST)))
    count = max(1, len(samples) // hop)
    return _smoothed(np.concatenate([_track(padded, at, hop) for at in _blocks(count)]))


def _voice_alone(samples: Samples) -> Samples:
    """Return sound without what lies above the first formants, which could pass for pitch."""
    from scipy.signal import butter, sosfiltfilt

    if len(samples) < _WINDOW:
        return samples
    low = butter(4, [50, 700], "bandpass", fs=_RATE, output="sos")
    return sosfiltfilt(low, samples).astype(np.float32)


def _blocks(count: int) -> list[NDArray[np.int64]]:
    """Return the frames in portions that fit memory."""
    return np.array_split(np.arange(count), max(1, count // 500))


def _track(samples: Samples, frames: NDArray[np.int64], hop: int) -> NDArray[np.float32]:
    longest, shortest = int(_RATE / LOWEST), int(_RATE / HIGHEST)
    span = _WINDOW + longest
    pieces = np.stack([samples[at * hop : at * hop + span] for at in frames])
    pieces = pieces - pieces.mean(axis=1, keepdims=True)
    size = 1 << (span + _WINDOW - 1).bit_length()
    head = np.fft.rfft(pieces[:, :_WINDOW], size, axis=1)
    whole = np.fft.rfft(pieces, size, axis=1)
    cross = np.fft.irfft(np.conj(head) * whole, size, axis=1)[:, : longest + 1]
    energy = np.cumsum(np.pad(pieces**2, ((0, 0), (1, 0))), axis=1)
    lagged = energy[:, _WINDOW : _WINDOW + longest + 1] - energy[:, : longest + 1]
    quiet = 1e-3 * float(np.mean(samples**2)) * _WINDOW + 1e-9
    score = cross / np.sqrt(lagged * lagged[:, :1] + quiet**2)
    score -= _OCTAVE_COST * np.log2(np.maximum(np.arange(longest + 1), 1) / shortest)
    inner = score[:, shortest:-1]
    peaks = (inner >= score[:, shortest - 1 : -2]) & (inner >= score[:, shortest + 1 :])
    best = shortest + np.argmax(np.where(peaks, inner, -1.0), axis=1)
    before, peak, after = np.take_along_axis(score, best[:, None] + np.array([-1, 0, 1]), 1).T
    # Between the lags that there are, the peak is taken for the top of a parabola.
    bend = np.minimum(before - 2 * peak + after, -1e-9)
    lag = best + np.clip(0.5 * (before - after) / bend, -0.5, 0.5)
    return np.where(peak > _VOICED, _RATE / lag, 0.0).astype(np.float32)


def _smoothed(curve: NDArray[np.float32]) -> NDArray[np.float32]:
    around = np.lib.stride_tricks.sliding_window_view(np.pad(curve, 2), 5)
    return np.median(around, axis=1).astype(np.float32)
