"""Sounds that a visitor makes while the twin speaks, and what the twin makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.latency_figures import spread
from persona.voice.sound import Samples

COUGH, HUM, YES, WORDS = "cough", "mm-hm", "yeah", "words"
SPOKEN: Mapping[str, str] = {
    HUM: "Mm-hmm.",
    YES: "Yeah.",
    WORDS: "No wait, tell me about something else.",
}
"""What is said of each kind; a cough is made otherwise."""
_AGAIN_MS = 400.0
"""Sound that is heard so soon after silence was asked for was on its way."""


def cough(rate: int, seed: int) -> Samples:
    """Return two bursts of breath through an open throat, the second weaker, and a short voice.

    Half a second at `rate` samples a second, 0.3 at its loudest; the breath is drawn by `seed`.
    """
    draw = np.random.default_rng(seed)
    times = np.arange(round(0.5 * rate)) / rate
    breath = draw.normal(0, 1, len(times))
    bursts = np.exp(-times / 0.04) + 0.4 * np.exp(-(((times - 0.25) / 0.05) ** 2))
    voice = np.sin(2 * np.pi * 150 * times) * np.exp(-(((times - 0.16) / 0.03) ** 2))
    sound = np.convolve(breath * bursts, np.hanning(6), "same") + 0.5 * voice
    return (0.3 * sound / np.abs(sound).max()).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One sound of the visitor's, in milliseconds of the page."""

    kind: str
    at: float
    """When it began to be heard."""
    until: float
    """When the next thing began."""


def reactions(tried: Sequence[Tried], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return for each kind of sound how soon the twin lowered its voice and fell silent.

    Args:
        tried: the sounds.
        found: what the page told: `lowered` as [when, how loud], `bursts` of the twin's sound, and
            `cut`, when replies were ended.
    """
    kinds = dict.fromkeys(one.kind for one in tried)
    return {kind: _of_kind([t for t in tried if t.kind == kind], found) for kind in kinds}


def _of_kind(tried: Sequence[Tried], found: Mapping[str, Any]) -> dict[str, Any]:
    lowered: list[float] = []
    silent: list[float] = []
    ended = resumed = 0
    for one in tried:
        told = [(at, to) for at, to in found["lowered"] if one.at <= at < one.until]
        lowered += [at - one.at for at, to in told if to < 1][:1]
        held = next((at for at, to in told if to == 0), None)
        cut = any(one.at <= at < one.until for at in found["cut"])
        ended += cut
        if held is not None:
            silent.append(_silence(held, found["bursts"]) - one.at)
            resumed += not cut and any(to == 1 and at > held for at, to in told)
    return {
        "n": len(tried),
        "to_lowered_ms": spread(lowered),
        "to_silence_ms": spread(silent),
        "silenced": len(silent),
        "resumed": resumed,
        "ended": ended,
    }


def _silence(held: float, bursts: Sequence[Mapping[str, float]]) -> float:
    """Return when the twin was heard last, of what was on its way when it was held."""
    ends = [burst["to"] for burst in bursts if burst["from"] < held + _AGAIN_MS]
    return max((end for end in ends if held - 100 < end < held + 2 * _AGAIN_MS), default=held)
