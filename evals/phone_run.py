"""How well phone times are found in speech, against what the synthesiser itself knows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from evals.made_up_speech import Progress, Said
from persona.voice.alignment import aligned, phones_in_words
from persona.voice.speech import SILENCE, Speech, TimedPhone

WITHIN = 40
"""Milliseconds that a boundary may be off."""
_FRAME = 0.005
_AUDIBLE = 0.03
"""Of the loudest frame; what is above is heard."""


def measure_phones(sentences: Sequence[Said], progress: Progress) -> dict[str, Any]:
    """Place the phones of sentences without a look at the known times, and compare.

    By forced alignment, as for a provider that gives no times; and by sharing known words out, as
    for one that times characters. The lag is where speech is heard to begin, seen from where the
    synthesiser and the alignment say it does.
    """
    ways: dict[str, Callable[[Speech], Speech]] = {"alignment": _aligned, "in_words": _in_words}
    apart: dict[str, list[float]] = defaultdict(list)
    lags: dict[str, list[float]] = defaultdict(list)
    skipped = 0
    for done, said in enumerate(sentences):
        progress("placing phones", done, len(sentences))
        lags["synthesiser"].append(_lag(said.speech))
        for name, place in ways.items():
            found = place(said.speech)
            off = _apart(said.speech, found)
            skipped += off is None
            for key in (name, f"{name} {said.voice}"):
                apart[key] += off or []
            if name == "alignment":
                lags[name].append(_lag(found))
    return {
        **{name: _summary(values) for name, values in apart.items()},
        "onset_lag_ms": {name: round(float(np.median(values))) for name, values in lags.items()},
        "n": {"utterances": len(sentences), "not_comparable": skipped},
    }


def _aligned(speech: Speech) -> Speech:
    return aligned(replace(speech, words=(), phones=()))


def _in_words(speech: Speech) -> Speech:
    return phones_in_words(replace(speech, words=(), phones=()), speech.words)


def _apart(known: Speech, found: Speech) -> list[float] | None:
    """Return by how many milliseconds each phone begins too late; None if they are other phones."""
    pairs = _spoken(known), _spoken(found)
    if [p.symbol for p in pairs[0]] != [p.symbol for p in pairs[1]]:
        return None
    return [1000 * (b.start - a.start) for a, b in zip(*pairs, strict=True)]


def _spoken(speech: Speech) -> list[TimedPhone]:
    return [phone for phone in speech.phones if phone.symbol != SILENCE]


def _lag(speech: Speech) -> float:
    """Return by how many milliseconds the first phone is heard later than it is said to begin."""
    size = int(speech.sample_rate * _FRAME)
    frames = speech.samples[: len(speech.samples) // size * size].reshape(-1, size)
    loud = np.sqrt(np.mean(np.square(frames), axis=1))
    onset = int(np.argmax(loud > _AUDIBLE * loud.max())) * _FRAME
    return 1000 * (onset - _spoken(speech)[0].start)


def _summary(apart: Sequence[float]) -> dict[str, Any]:
    off = np.abs(apart)
    return {
        "median_ms": round(float(np.median(off)), 1),
        "p90_ms": round(float(np.percentile(off, 90)), 1),
        "within_40_ms": round(float(np.mean(off <= WITHIN)), 3),
        "late_ms": round(float(np.median(apart)), 1),
        "n": len(off),
    }
