"""How soon a twin that speaks falls silent for a visitor's words, and not for a hum or a cough."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from evals.asides import HUM, SPOKEN, cough
from evals.latency_figures import spread
from evals.made_up_speech import Progress, Said, audible, said_by_all
from persona.live.barge_in import BargeIn
from persona.live.events import Lowered
from persona.live.performance import Performance
from persona.live.stage import Stage
from persona.settings import Settings
from persona.voice.ear import RATE, Ear
from persona.voice.hearing import silence
from persona.voice.sound import Samples, resampled

_BEFORE, _AFTER = 1.0, 0.4
_CHUNK = 320
_COUGHS = 24
_HUMS = (SPOKEN[HUM], "Hmm.", "Mm.")


def measure_taken(
    settings: Settings, sentences: Sequence[Said], progress: Progress
) -> dict[str, Any]:
    """Let sentences, hums and coughs be heard while a twin speaks.

    Nothing is sent and no reply is played: the time is that from the first audible sound to the
    order to fall silent.
    """
    words: list[float | None] = []
    for done, said in enumerate(sentences):
        progress("taking the word", done, len(sentences))
        begins, _ = audible(said.speech)
        words.append(_silenced(_at_rate(said)[int(begins * RATE) :]))
    hums = [_silenced(_at_rate(said)) for said in said_by_all(settings, progress, _HUMS)]
    coughs = [_silenced(cough(RATE, seed)) for seed in range(_COUGHS)]
    return {
        "words_to_silence_ms": spread([1000 * wait for wait in words if wait is not None]),
        "silenced": {
            "words": _share(words),
            "hums": _share(hums),
            "coughs": _share(coughs),
        },
        "n": {"words": len(words), "hums": len(hums), "coughs": len(coughs)},
    }


def _at_rate(said: Said) -> Samples:
    return resampled(said.speech.samples, said.speech.sample_rate, RATE)


def _silenced(sound: Samples) -> float | None:
    """Return when a twin fell silent for a sound, in seconds of it; None where it did not."""
    ear, silent = Ear(), list[float]()

    def note(event: Lowered) -> None:
        if event.to == 0:
            silent.append(ear.seconds - _BEFORE)

    stage = Stage(None, lambda _beat: None, lambda: None)
    act = Performance(stage)
    act.begin()
    barge_in = BargeIn(stage, note)
    stream = np.concatenate([silence(_BEFORE), sound, silence(_AFTER)])
    stream += np.random.default_rng(0).normal(0, 2e-4, len(stream)).astype(np.float32)
    for start, stop in pairwise([*range(0, len(stream), _CHUNK), len(stream)]):
        for state in ear.feed(stream[start:stop]):
            barge_in.weigh(state, act)
    return silent[0] if silent else None


def _share(found: Sequence[float | None]) -> float:
    return round(sum(one is not None for one in found) / len(found), 3) if found else 0.0
