"""Whether somebody has finished, from how they sound: Smart Turn, a small network trained for it.

It listens to the last eight seconds of a turn, once a pause has begun, and needs no words. Smart
Turn v3 is by Daily (BSD 2-Clause): the encoder of Whisper tiny with one output.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# What these libraries give is only half typed.

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from persona.voice.sound import Samples

RATE = 16_000
_SECONDS = 8
_LOUDEST, _RANGE = 1e-10, 8.0


class TurnModel:
    """Smart Turn; used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Load the network from its file."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, turn: Samples) -> float:
        """Return the probability that a turn at 16 kHz is finished."""
        heard = np.zeros(_SECONDS * RATE, np.float32)
        last = turn[-len(heard) :]
        heard[len(heard) - len(last) :] = last
        (answer,) = self._session.run(None, {"input_features": _features(heard)[None]})
        return float(np.asarray(answer).reshape(-1)[0])


def _features(samples: Samples) -> Samples:
    """Return Whisper's log-mel spectrum of samples brought to mean 0 and variance 1, [80, 800]."""
    level = (samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)
    window = np.hanning(401)[:-1]
    padded = np.pad(level, 200, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, 400)[::160][:800]
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel = np.log10(np.maximum(_filters() @ power.T, _LOUDEST))
    return ((np.maximum(mel, mel.max() - _RANGE) + 4) / 4).astype(np.float32)


@lru_cache(maxsize=1)
def _filters() -> Any:
    """Return Whisper's mel filters, [80, 201]."""
    from faster_whisper.feature_extractor import FeatureExtractor

    return FeatureExtractor.get_mel_filters(RATE, 400, n_mels=80)
