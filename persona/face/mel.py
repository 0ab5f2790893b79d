"""The picture of sound that Wav2Lip was trained on (Prajwal et al. 2020)."""

import numpy as np
from numpy.typing import NDArray

from persona.voice.sound import resampled

RATE = 16_000
STEPS_A_SECOND = 80
BANDS = 80
_WINDOW, _HOP = 800, RATE // STEPS_A_SECOND
_EMPHASIS = 0.97
_LOWEST_HZ, _HIGHEST_HZ = 55.0, 7600.0
_REFERENCE_DB, _FLOOR_DB, _RANGE = 20.0, -100.0, 4.0


def mel_spectrogram(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float32]:
    """Return [80, n] from -4 to 4, 80 steps a second."""
    sound = resampled(samples, sample_rate, RATE).astype(np.float64)
    sound = np.append(sound[:1], sound[1:] - _EMPHASIS * sound[:-1])
    padded = np.pad(sound, _WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW)
    strength = np.abs(np.fft.rfft(frames * hann, axis=1)) @ _bands().T
    decibels = 20 * np.log10(np.maximum(1e-5, strength)) - _REFERENCE_DB
    scaled = 2 * _RANGE * (decibels - _FLOOR_DB) / -_FLOOR_DB - _RANGE
    return scaled.clip(-_RANGE, _RANGE).T.astype(np.float32)


def _bands() -> NDArray[np.float64]:
    """Return [80, bins], triangles of equal area on the mel scale of Slaney (1998)."""
    edges = _to_hz(np.linspace(_to_mel(_LOWEST_HZ), _to_mel(_HIGHEST_HZ), BANDS + 2))
    bins = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    shape = np.minimum(rising, falling).clip(0)
    return shape * (2 / (edges[2:] - edges[:-2]))[:, None]


def _to_mel(hz: float) -> float:
    return hz * 3 / 200 if hz < 1000 else 15 + 27 * float(np.log(hz / 1000) / np.log(6.4))


def _to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))
