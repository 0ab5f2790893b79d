"""When a turn is taken for finished: by pauses alone, and with the model that hears it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from evals.errors import EvalProblem
from evals.made_up_speech import Progress, Said
from persona.settings import Settings
from persona.voice.ear import RATE, Ear, Finished
from persona.voice.ears import open_turn_model
from persona.voice.hearing import silence
from persona.voice.sound import Samples, resampled
from persona.voice.speech import Speech

HESITATION = 0.9
"""Seconds that somebody thinks in the middle of a sentence."""
_BEFORE, _AFTER = 0.4, 2.5
_CHUNK = 320
_LIKELY = 0.5


class _Heard(NamedTuple):
    """A stream that was listened to."""

    turns: int
    waited: float
    """Seconds from the last sound to the end of the last turn."""


def measure_turns(
    settings: Settings, sentences: Sequence[Said], progress: Progress
) -> dict[str, Any]:
    """Listen to sentences, said at once or with a pause for thought in the middle.

    Raises:
        EvalProblem: the model isn't there.
    """
    model = open_turn_model(settings)
    if model is None:
        raise EvalProblem("the turn model isn't there", "get it: selfsame models --fetch")
    ways: dict[str, Finished | None] = {"pauses_alone": None, "turn_model": model}
    at_once: dict[str, list[_Heard]] = {name: [] for name in ways}
    halting: dict[str, list[_Heard]] = {name: [] for name in ways}
    chances: dict[str, list[float]] = {"finished": [], "unfinished": []}
    for done, said in enumerate(sentences):
        progress("listening for the ends of turns", done, len(sentences))
        whole, begun, rest = _parts(said.speech)
        chances["finished"].append(model(whole))
        chances["unfinished"].append(model(begun))
        for name, finished in ways.items():
            at_once[name].append(_listen([whole], finished))
            halting[name].append(_listen([begun, silence(HESITATION), rest], finished))
    return {
        **{name: _figures(at_once[name], halting[name]) for name in ways},
        "told_rightly": {
            "finished": _share([chance > _LIKELY for chance in chances["finished"]]),
            "unfinished": _share([chance <= _LIKELY for chance in chances["unfinished"]]),
        },
        "n": {"utterances": len(sentences), "hesitation_s": HESITATION},
    }


def _parts(speech: Speech) -> tuple[Samples, Samples, Samples]:
    """Return a sentence at 16 kHz, its beginning up to a word near the middle, and its rest."""
    samples = resampled(speech.samples, speech.sample_rate, RATE)
    middle = len(speech.words) // 2
    gap = (speech.words[middle - 1].end + speech.words[middle].start) / 2
    cut = int(gap * RATE)
    begin = int(speech.words[0].start * RATE)
    end = int(speech.words[-1].end * RATE)
    return samples[begin:end], samples[begin:cut], samples[cut:end]


def _listen(parts: Sequence[Samples], finished: Finished | None) -> _Heard:
    stream = np.concatenate([silence(_BEFORE), *parts, silence(_AFTER)])
    ear, ends = Ear(finished), list[float]()
    edges = range(0, len(stream), _CHUNK)
    for start, stop in pairwise([*edges, len(stream)]):
        for state in ear.feed(stream[start:stop]):
            if state.ended:
                ends.append(ear.seconds)
                ear.end()
    said = len(stream) / RATE - _AFTER
    return _Heard(len(ends), ends[-1] - said if ends else _AFTER)


def _figures(at_once: Sequence[_Heard], halting: Sequence[_Heard]) -> dict[str, Any]:
    waits = [1000 * heard.waited for heard in at_once]
    return {
        "wait_p50_ms": round(float(np.percentile(waits, 50))),
        "wait_p95_ms": round(float(np.percentile(waits, 95))),
        "one_turn_said_at_once": _share([heard.turns == 1 for heard in at_once]),
        "one_turn_with_a_hesitation": _share([heard.turns == 1 for heard in halting]),
    }


def _share(right: Sequence[bool]) -> float:
    return round(float(np.mean(right)), 3)
