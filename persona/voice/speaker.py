"""How alike two voices are: GE2E speaker embeddings (Wan et al. 2018), by Resemblyzer's weights.

The network is small enough to be written down here; only its weights are taken from the package,
by checksum, so none of its other dependencies are needed.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from persona.voice.sound import Samples, level, resampled
from persona.voice.speech import Speech

if TYPE_CHECKING:
    from torch import Tensor

Embedding = NDArray[np.float32]
"""[256], of length 1."""

RATE = 16_000
_WINDOW, _HOP, _BANDS = 400, 160, 40
_PART = 160
"""Frames that are embedded together: 1.6 s."""
_STEP = round(RATE / 1.3 / _HOP)
_LEAST_COVERED = 0.75
_LEAST_LEVEL = -30.0
_VAD_WINDOW, _VAD_SMOOTHING, _VAD_DILATION = 480, 8, 7


class SpeakerEncoder:
    """Turns speech into a point that is near for the same voice and far for another."""

    def __init__(self, weights: Path) -> None:
        """Load the network from Resemblyzer's `pretrained.pt`."""
        import torch

        state: dict[str, Any] = torch.load(weights, map_location="cpu", weights_only=True)
        self._lstm = torch.nn.LSTM(_BANDS, 256, 3, batch_first=True)
        self._linear = torch.nn.Linear(256, 256)
        named: dict[str, Any] = state["model_state"]
        for part, name in ((self._lstm, "lstm."), (self._linear, "linear.")):
            part.load_state_dict(
                {key.removeprefix(name): v for key, v in named.items() if key.startswith(name)}
            )

    def embed(self, speech: Speech) -> Embedding:
        """Return the embedding of one utterance."""
        return self.embed_prepared(prepared(resampled(speech.samples, speech.sample_rate, RATE)))

    def embed_prepared(self, samples: Samples) -> Embedding:
        """Return the embedding of sound at 16 kHz that needs no levelling or trimming."""
        import torch

        starts = _part_starts(len(samples))
        padded = np.pad(samples, (0, max(0, (starts[-1] + _PART) * _HOP - len(samples))))
        mel = mel_spectrum(padded)
        parts = np.stack([mel[at : at + _PART] for at in starts])
        with torch.no_grad():
            _, (hidden, _) = self._lstm(torch.from_numpy(parts))
            raw = torch.relu(self._linear(hidden[-1])).numpy()
        return _unit(np.mean(raw / np.linalg.norm(raw, axis=1, keepdims=True), axis=0))

    def embed_tensor(self, samples: "Tensor") -> "Tensor":
        """Do what `embed_prepared` does to a tensor, so that a slope can be followed back."""
        import torch

        starts = _part_starts(len(samples))
        missing = max(0, (starts[-1] + _PART) * _HOP - len(samples))
        padded = torch.nn.functional.pad(samples, (0, missing))
        window = torch.hann_window(_WINDOW)
        waves = torch.stft(
            padded, _WINDOW, _HOP, window=window, pad_mode="constant", return_complex=True
        )
        bands = torch.from_numpy(_mel_bands().T.astype(np.float32))
        mel = (waves.real**2 + waves.imag**2).T @ bands
        _, (hidden, _) = self._lstm(torch.stack([mel[at : at + _PART] for at in starts]))
        raw = torch.relu(self._linear(hidden[-1]))
        mean = (raw / raw.norm(dim=1, keepdim=True)).mean(0)
        return mean / mean.norm()

    def embed_speaker(self, speeches: Sequence[Speech]) -> Embedding:
        """Return the embedding of a voice: the mean of its utterances."""
        return _unit(np.mean([self.embed(speech) for speech in speeches], axis=0))


def likeness(a: Embedding, b: Embedding) -> float:
    """Return how alike two voices are: 1 is the same, 0.55 is usual between people."""
    return float(a @ b)


def prepared(samples: Samples) -> Samples:
    """Return sound at 16 kHz made loud enough and rid of long silences."""
    short = _LEAST_LEVEL - level(samples)
    loud = samples * 10 ** (short / 20) if short > 0 else samples
    spoken = loud[voiced_mask(loud)]
    return spoken.astype(np.float32) if len(spoken) > RATE // 2 else loud.astype(np.float32)


def voiced_mask(samples: Samples) -> NDArray[np.bool_]:
    """Return which samples of sound at 16 kHz belong to speech or a short pause in it."""
    import webrtcvad

    whole = len(samples) // _VAD_WINDOW
    pcm = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2")[: whole * _VAD_WINDOW]
    vad = webrtcvad.Vad(3)
    flags = np.array([vad.is_speech(w.tobytes(), RATE) for w in pcm.reshape(whole, _VAD_WINDOW)])
    padded = np.pad(
        flags.astype(float), ((_VAD_SMOOTHING - 1) // 2, _VAD_SMOOTHING // 2), "constant"
    )
    smooth = np.convolve(padded, np.ones(_VAD_SMOOTHING) / _VAD_SMOOTHING, "valid")
    wide = np.convolve(np.round(smooth), np.ones(_VAD_DILATION), "same") > 0
    mask = np.zeros(len(samples), bool)
    mask[: whole * _VAD_WINDOW] = np.repeat(wide[:whole], _VAD_WINDOW)
    return mask


def mel_spectrum(samples: Samples) -> NDArray[np.float32]:
    """Return the power in 40 mel bands, [frames, 40], a frame each 10 ms."""
    padded = np.pad(samples, _WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    return (power @ _mel_bands().T).astype(np.float32)


@lru_cache(maxsize=1)
def _mel_bands() -> NDArray[np.float64]:
    """Return Slaney's triangular bands of equal area, [40, 201]."""
    top = _mel(RATE / 2)
    edges = _hertz(np.linspace(0.0, top, _BANDS + 2))
    bins = np.linspace(0, RATE / 2, _WINDOW // 2 + 1)
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    return np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, None]


def _mel(hertz: float) -> float:
    return 15 + np.log(hertz / 1000) / (np.log(6.4) / 27) if hertz >= 1000 else hertz * 3 / 200


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(mel >= 15, 1000 * np.exp((mel - 15) * np.log(6.4) / 27), mel * 200 / 3)


def _part_starts(samples: int) -> list[int]:
    frames = int(np.ceil((samples + 1) / _HOP))
    starts = list(range(0, max(1, frames - _PART + _STEP + 1), _STEP))
    covered = (samples - starts[-1] * _HOP) / (_PART * _HOP)
    return starts[:-1] if covered < _LEAST_COVERED and len(starts) > 1 else starts


def _unit(vector: NDArray[Any]) -> Embedding:
    return (vector / np.linalg.norm(vector)).astype(np.float32)
