"""Kokoro's stock voices, read from their verified file."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from persona.errors import VoiceProblem
from persona.model_table import KOKORO, KOKORO_STYLES, STYLES
from persona.models import verified_path
from persona.voice.adapters.kokoro import Voice
from persona.voice.kokoro_network import KokoroNetwork

DEFAULT = "af_heart"
ROWS = 510


@lru_cache(maxsize=1)
def load_network(models_dir: Path, threads: int | None = None) -> KokoroNetwork:
    """Return Kokoro's network, loaded once.

    Raises:
        ModelProblem: it isn't there, or isn't the one we know.
    """
    return KokoroNetwork(verified_path(KOKORO, models_dir), threads)


def stock_voice(name: str, models_dir: Path) -> Voice:
    """Return the stock voice called `name`.

    Raises:
        VoiceProblem: there is none.
    """
    if name not in KOKORO_STYLES:
        known = ", ".join(english_voices())
        raise VoiceProblem(f"Kokoro has no voice {name!r}", f"English ones are {known}")
    return Voice(name=name, pack=packs(models_dir)[KOKORO_STYLES.index(name)])


def packs(models_dir: Path) -> NDArray[np.float32]:
    """Return all styles, [voices, 510, 256], in the order of `KOKORO_STYLES`."""
    path = verified_path(STYLES, models_dir)
    return np.memmap(path, np.float32, "r", shape=(len(KOKORO_STYLES), ROWS, 256))


def english_voices() -> Sequence[str]:
    """Return the names of the English voices."""
    return [name for name in KOKORO_STYLES if name[0] in "ab"]
