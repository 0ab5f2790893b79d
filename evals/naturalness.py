"""How natural speech sounds, as two networks predict that people would say.

DistillMOS (Stahl and Gamper 2025) and DNSMOS (Reddy et al. 2022), each where it is installed. A
synthetic voice is often cleaner than a real recording, so only the difference to that means much.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from persona.voice.sound import resampled
from persona.voice.speech import Speech

_RATE = 16_000
Judge = Callable[[Speech], float]


@lru_cache(maxsize=1)
def judges() -> dict[str, Judge]:
    """Return the judges that are installed, by name; each gives 1 to 5."""
    found: dict[str, Judge] = {}
    for name, make in (("distillmos", _distillmos), ("dnsmos", _dnsmos)):
        with suppress(ImportError):
            found[name] = make()
    return found


def _distillmos() -> Judge:
    import torch

    distillmos: Any = import_module("distillmos")
    model: Any = distillmos.ConvTransformerSQAModel()
    model.eval()

    def judge(speech: Speech) -> float:
        sound = resampled(speech.samples, speech.sample_rate, _RATE)
        samples = torch.tensor(sound)
        with torch.no_grad():
            return float(model(samples[None]))

    return judge


def _dnsmos() -> Judge:
    dnsmos: Any = import_module("speechmos.dnsmos")

    def judge(speech: Speech) -> float:
        samples = resampled(speech.samples, speech.sample_rate, _RATE)
        scores: Any = dnsmos.run(np.clip(samples, -1, 1), sr=_RATE)
        return float(scores["ovrl_mos"])

    return judge
