"""The colour of a voice: its long-term spectrum, and a filter that brings one to another."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from persona.voice.sound import Samples, resampled
from persona.voice.speech import Speech

Spectrum = NDArray[np.float32]
"""[32]: dB in each band."""

_LOWEST, _HIGHEST, _COUNT = 60.0, 7600.0, 32
_RATE, _WINDOW, _HOP = 16_000, 512, 160
_TAPS = 1024
_QUIET_SHARE = 40
"""Of a hundred frames so many are left out as pauses."""
MOST = 15.0
"""dB; a filter never changes a band by more."""


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


_EDGES = 700 * (10 ** (np.linspace(_mel(_LOWEST), _mel(_HIGHEST), _COUNT + 2) / 2595) - 1)
BANDS: NDArray[np.float64] = _EDGES[1:-1]
"""Middles of the bands in Hz, evenly spaced on the mel scale."""


def long_term_spectrum(speech: Speech) -> Spectrum:
    """Return the mean power of speech in each band, pauses left out."""
    samples = resampled(speech.samples, speech.sample_rate, _RATE)
    padded = np.pad(samples, (0, max(0, _WINDOW - len(samples))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW), axis=1)) ** 2
    energy = power.sum(axis=1)
    spoken = power[energy >= np.percentile(energy, _QUIET_SHARE)]
    return (10 * np.log10(spoken.mean(axis=0) @ _weights().T + 1e-12)).astype(np.float32)


def gains_towards(wanted: Spectrum, found: Spectrum) -> Spectrum:
    """Return the dB that bring one spectrum to another's shape, loudness left alone."""
    difference = wanted - found
    return np.clip(difference - difference.mean(), -MOST, MOST).astype(np.float32)


def spectrum_distance(a: Spectrum, b: Spectrum) -> float:
    """Return the root mean square difference of two spectra's shapes in dB."""
    difference = a - b
    return float(np.std(difference))


def filtered(samples: Samples, sample_rate: int, gains: Spectrum) -> Samples:
    """Return sound with each band louder by `gains` dB, without delay."""
    bins = np.fft.rfftfreq(_TAPS, 1 / sample_rate)
    factors = 10 ** (np.interp(bins, BANDS, gains) / 20)
    impulse = np.roll(np.fft.irfft(factors), _TAPS // 2) * np.hanning(_TAPS)
    size = len(samples) + _TAPS
    whole = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(impulse, size), size)
    return whole[_TAPS // 2 : _TAPS // 2 + len(samples)].astype(np.float32)


@lru_cache(maxsize=1)
def _weights() -> NDArray[np.float64]:
    bins = np.fft.rfftfreq(_WINDOW, 1 / _RATE)
    rising = (bins - _EDGES[:-2, None]) / np.diff(_EDGES)[:-1, None]
    falling = (_EDGES[2:, None] - bins) / np.diff(_EDGES)[1:, None]
    bands = np.maximum(0, np.minimum(rising, falling))
    return bands / bands.sum(axis=1, keepdims=True)
