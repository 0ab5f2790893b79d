"""The microphone of a page that sends it as plain samples."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# What this library gives is only half typed.

from collections.abc import Callable

import av
import numpy as np

from persona.voice.ear import RATE
from persona.voice.sound import Samples

_LOWEST_RATE, _HIGHEST_RATE = 8_000, 192_000


class Uplink:
    """Takes 16-bit samples of any rate, gives them on at 16 kHz."""

    def __init__(self, hear: Callable[[Samples], None]) -> None:
        """Begin at 16 kHz; `hear` takes the sound."""
        self._hear = hear
        self._rate = RATE
        self._resampler: av.AudioResampler | None = None

    def tune(self, rate: float) -> None:
        """Take note of the sample rate of what follows; an impossible one is overlooked."""
        if _LOWEST_RATE <= rate <= _HIGHEST_RATE:
            self._rate = round(rate)
            self._resampler = None
            if self._rate != RATE:
                self._resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)

    def take(self, pcm: bytes) -> None:
        """Take little-endian samples, mono; half a sample at the end is dropped."""
        samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32)
        samples *= np.float32(1 / 32768)
        if self._resampler is None or not len(samples):
            self._hear(samples)
            return
        frame = av.AudioFrame.from_ndarray(samples[None], format="flt", layout="mono")
        frame.sample_rate = self._rate
        for part in self._resampler.resample(frame):
            self._hear(part.to_ndarray()[0])
