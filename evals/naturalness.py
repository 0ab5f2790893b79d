"""How natural speech sounds, as two networks predict that people would say.

DistillMOS (Stahl and Gamper 2025) where its weights were fetched, and DNSMOS (Reddy et al. 2022)
where its package is installed. A synthetic voice is often cleaner than a real recording, so only
the difference to that means much.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from persona.errors import ModelProblem
from persona.model_table import DISTILLMOS
from persona.models import verified_path
from persona.voice.sound import resampled
from persona.voice.speech import Speech

_RATE = 16_000
Judge = Callable[[Speech], float]


@lru_cache(maxsize=1)
def judges(models_dir: Path) -> dict[str, Judge]:
    """Return the judges that are there, by name; each gives 1 to 5."""
    found: dict[str, Judge] = {}
    with suppress(ModelProblem):
        found["distillmos"] = _distillmos(verified_path(DISTILLMOS, models_dir))
    with suppress(ImportError):
        found["dnsmos"] = _dnsmos()
    return found


def _distillmos(weights: Path) -> Judge:
    from evals.distillmos import RATE, DistillMos

    network = DistillMos(weights)
    return lambda speech: network(resampled(speech.samples, speech.sample_rate, RATE))


def _dnsmos() -> Judge:
    dnsmos: Any = import_module("speechmos.dnsmos")

    def judge(speech: Speech) -> float:
        samples = resampled(speech.samples, speech.sample_rate, _RATE)
        scores: Any = dnsmos.run(np.clip(samples, -1, 1), sr=_RATE)
        return float(scores["ovrl_mos"])

    return judge
