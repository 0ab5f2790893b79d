"""DistillMOS as it is written down here, with the weights of its package."""

import numpy as np
import pytest

from evals.distillmos import DistillMos
from persona.model_table import DISTILLMOS
from persona.models import fetch
from persona.settings import load_settings
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.sound import Samples, joined, resampled
from persona.voice.speaking import Manner


@pytest.fixture(scope="module")
def network() -> DistillMos:
    return DistillMos(fetch(DISTILLMOS, load_settings().models_dir, _quiet))


def _quiet(_label: str, _done: int, _total: int) -> None:
    """Show no progress."""


def noise(seconds: float) -> Samples:
    return np.random.default_rng(0).normal(0, 0.1, int(16_000 * seconds)).astype(np.float32)


def test_the_score_is_that_of_its_authors(network: DistillMos) -> None:
    """The package itself gives 1.94766 for this noise."""
    assert network(noise(3)) == pytest.approx(1.94766, abs=1e-4)


def test_speech_is_more_natural_than_speech_in_noise(network: DistillMos) -> None:
    said = joined(HibariVoice().speak(["We should leave before the rain."], Manner()))
    clean = resampled(said.samples, said.sample_rate, 16_000)
    noisy = (clean + 0.3 * noise(len(clean) / 16_000)).astype(np.float32)
    assert 5 >= network(clean) > network(noisy) + 1 >= 2
    assert network(0.1 * clean) == pytest.approx(network(clean), abs=0.01)


def test_long_speech_is_judged_in_parts(network: DistillMos) -> None:
    assert 1 <= network(noise(9)) <= 3
