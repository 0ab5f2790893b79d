"""From phones with times to the shape of the mouth, frame by frame.

Each phone has a mouth shape: how far the lips are apart, how wide the mouth is and how much the
teeth show. The classes and their order are those of the visemes in use since Fisher (1968) and of
the "JALI" rules (Edwards et al. 2016): lips shut on p, b, m; lower lip to the teeth on f, v; narrow
jaw on sibilants; rounding that begins early and ends late; a tongue that leaves the lips alone on
t, d, n, l, k, g. Neighbours are blended by dominance functions (Cohen and Massaro 1993).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from persona.voice.speech import PHONES, SILENCE, TimedPhone


@dataclass(frozen=True, slots=True)
class Viseme:
    """The mouth of a phone."""

    name: str
    opening: float
    """0 for lips together, 1 for as far apart as this person's lips go in speech."""
    width: float
    """0 for pursed, 0.5 for at rest, 1 for as wide as in "ee"."""
    strength: float = 1.0
    """How much it holds its own against its neighbours."""
    early: float = 0.05
    """Seconds by which it begins to show before its sound."""
    late: float = 0.05
    """Seconds for which it still shows after its sound."""


REST = Viseme("rest", 0.0, 0.5, strength=0.8, early=0.08, late=0.02)
SHUT = Viseme("pp", 0.0, 0.5, strength=3.0, early=0.04, late=0.02)
_LIP_TEETH = Viseme("ff", 0.10, 0.5, strength=2.0, early=0.05, late=0.02)
_HISS = Viseme("ss", 0.24, 0.62, strength=1.0)
_PURSED_HISS = Viseme("ch", 0.30, 0.18, strength=1.3, early=0.08, late=0.06)
_TONGUE = Viseme("dd", 0.30, 0.55, strength=0.5)
_BACK = Viseme("kk", 0.34, 0.52, strength=0.45)
_ROUND = Viseme("uu", 0.26, 0.06, strength=1.6, early=0.10, late=0.08)

VISEMES: dict[str, Viseme] = {
    SILENCE: REST,
    **dict.fromkeys(("P", "B", "M"), SHUT),
    **dict.fromkeys(("F", "V"), _LIP_TEETH),
    **dict.fromkeys(("TH", "DH"), Viseme("th", 0.30, 0.52, strength=0.8)),
    **dict.fromkeys(("T", "D", "N"), _TONGUE),
    "L": Viseme("dd", 0.38, 0.55, strength=0.5),
    **dict.fromkeys(("K", "G", "NG"), _BACK),
    **dict.fromkeys(("S", "Z"), _HISS),
    **dict.fromkeys(("CH", "JH", "SH", "ZH"), _PURSED_HISS),
    "R": Viseme("rr", 0.28, 0.22, strength=1.0, early=0.07),
    **dict.fromkeys(("W",), _ROUND),
    "Y": Viseme("ii", 0.30, 0.75, strength=0.7),
    "HH": Viseme("kk", 0.38, 0.5, strength=0.15),
    "AA": Viseme("aa", 0.95, 0.50, strength=1.2),
    "AE": Viseme("aa", 0.90, 0.72, strength=1.2),
    "AH": Viseme("aa", 0.62, 0.50, strength=0.9),
    "AO": Viseme("oo", 0.80, 0.20, strength=1.2, early=0.08, late=0.06),
    "AW": Viseme("aa", 0.90, 0.35, strength=1.2),
    "AY": Viseme("aa", 0.92, 0.62, strength=1.2),
    "EH": Viseme("ee", 0.70, 0.68, strength=1.0),
    "ER": Viseme("rr", 0.45, 0.28, strength=1.0, early=0.06),
    "EY": Viseme("ee", 0.62, 0.80, strength=1.0),
    "IH": Viseme("ii", 0.48, 0.68, strength=0.8),
    "IY": Viseme("ii", 0.42, 0.95, strength=1.1),
    "OW": Viseme("oo", 0.62, 0.12, strength=1.2, early=0.09, late=0.07),
    "OY": Viseme("oo", 0.68, 0.25, strength=1.2, early=0.09),
    "UH": Viseme("uu", 0.45, 0.20, strength=1.1, early=0.08, late=0.06),
    "UW": _ROUND,
}
"""One mouth for every phone of `PHONES`."""
assert set(VISEMES) == PHONES

CLASSES = sorted({viseme.name for viseme in VISEMES.values()})
"""The names of the mouths, in a fixed order."""
LOOK_AHEAD = max(viseme.early for viseme in VISEMES.values()) + 0.1
"""Seconds of phones after a frame that bear on its mouth."""

_SHUT_PHONES = frozenset("PBM")
_QUIET, _LOUD = 0.4, 1.4
"""How far a vowel opens when it is the softest and the loudest of its speech."""


class MouthTrack(NamedTuple):
    """The mouth at each frame, [n] each."""

    opening: NDArray[np.float32]
    width: NDArray[np.float32]
    shut: NDArray[np.bool_]
    """True where the lips must be together."""
    speaking: NDArray[np.bool_]
    """False in pauses."""
    classes: NDArray[np.int16]
    """Index into `CLASSES` of the phone said there."""

    def part(self, start: int, stop: int) -> "MouthTrack":
        """Return the frames from `start` up to `stop`."""
        cut = slice(start, stop)
        return MouthTrack(
            self.opening[cut],
            self.width[cut],
            self.shut[cut],
            self.speaking[cut],
            self.classes[cut],
        )


def mouth_track(
    phones: Sequence[TimedPhone],
    times: NDArray[np.float64],
    loudness: NDArray[np.float32] | None = None,
) -> MouthTrack:
    """Return the mouth at `times` (seconds, middle of each frame).

    Args:
        phones: what is said, in order.
        times: [n], rising by one frame each.
        loudness: [n] from 0 for the softest to 1 for the loudest of this speech, if known.
    """
    if not phones:
        return _still(len(times))
    visemes = [VISEMES[phone.symbol] for phone in phones]
    weights = _dominance(phones, visemes, times)
    total = weights.sum(axis=0) + 1e-6
    opening = (np.array([v.opening for v in visemes]) @ weights) / total
    width = (np.array([v.width for v in visemes]) @ weights) / total
    if loudness is not None:
        opening = opening * (_QUIET + (_LOUD - _QUIET) * loudness)
    said = [_at(phones, float(time)) for time in times]
    shut = _shut_frames(phones, times)
    opening[shut] = 0.0
    return MouthTrack(
        opening=opening.clip(0, 1.15).astype(np.float32),
        width=width.astype(np.float32),
        shut=shut,
        speaking=np.array([phones[i].symbol != SILENCE for i in said]),
        classes=np.array([CLASSES.index(visemes[i].name) for i in said], np.int16),
    )


def _still(n: int) -> MouthTrack:
    return MouthTrack(
        opening=np.zeros(n, np.float32),
        width=np.full(n, REST.width, np.float32),
        shut=np.zeros(n, np.bool_),
        speaking=np.zeros(n, np.bool_),
        classes=np.full(n, CLASSES.index(REST.name), np.int16),
    )


def _dominance(
    phones: Sequence[TimedPhone], visemes: Sequence[Viseme], times: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return [phones, frames]: full while a phone sounds, falling off before and after it."""
    start = np.array([p.start for p in phones])[:, None]
    end = np.array([p.end for p in phones])[:, None]
    before = (start - times) / np.array([v.early for v in visemes])[:, None]
    after = (times - end) / np.array([v.late for v in visemes])[:, None]
    away = np.maximum(np.maximum(before, after), 0)
    return np.array([v.strength for v in visemes])[:, None] * np.exp(-(away**2) * 1.5)


def _at(phones: Sequence[TimedPhone], time: float) -> int:
    """Return which phone sounds at `time`."""
    for number, phone in enumerate(phones):
        if time < phone.end:
            return number
    return len(phones) - 1


def _shut_frames(phones: Sequence[TimedPhone], times: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which frames show shut lips: each p, b and m gets its nearest frame at least."""
    shut = np.zeros(len(times), np.bool_)
    if not len(times):
        return shut
    for phone in phones:
        if phone.symbol not in _SHUT_PHONES:
            continue
        # A plosive is shut before its burst, which ends the phone; the lips part on the burst.
        end = phone.end - (0 if phone.symbol == "M" else 0.25 * (phone.end - phone.start))
        shut |= (times >= phone.start) & (times <= end)
        middle = (phone.start + end) / 2
        nearest = int(np.argmin(np.abs(times - middle)))
        if abs(times[nearest] - middle) < 0.06:
            shut[nearest] = True
    return shut
