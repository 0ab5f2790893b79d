"""What a live conversation's page has measured, as figures: waits, stages, sound beside picture."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from persona.face.footage import FPS
from persona.live.timeline import summary

_WARM = 5
_KINDS = ("cold", "warm", "steady", "interrupting")

Sounds = Sequence[Mapping[str, float]]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return how many there are, their median and their 95th percentile."""
    if not values:
        return {"n": 0}
    p50, p95 = np.percentile(values, [50, 95]).tolist()
    return {"n": len(values), "p50": round(p50, 1), "p95": round(p95, 1)}


def waits(
    mic: Sounds, twin: Sounds, frames: Sequence[float], words: Sequence[float]
) -> dict[str, Any]:
    """Return how long the visitor waited for sound and for a frame of the reply, and for silence.

    The first sound may be a word said while thinking; the reply's own words are told apart.

    Args:
        mic: from when to when the visitor was heard in the page, in its milliseconds.
        twin: the same of the twin.
        frames: when the first frame of each reply was shown.
        words: when the first of the reply's own words was heard.
    """
    kinds: dict[str, list[float]] = {kind: [] for kind in _KINDS}
    worded: dict[str, list[float]] = {kind: [] for kind in _KINDS}
    pictures: list[float] = []
    silences: list[float] = []
    for number, said in enumerate(mic):
        until = mic[number + 1]["from"] if number + 1 < len(mic) else float("inf")
        over = [t["to"] - said["from"] for t in twin if t["from"] < said["from"] < t["to"]]
        silences += over
        heard = next((t["from"] for t in twin if said["to"] < t["from"] < until), None)
        if heard is None:
            continue
        kind = "interrupting" if over else _kind(number)
        kinds[kind].append(heard - said["to"])
        worded[kind] += [at - said["to"] for at in words if said["to"] < at < until][:1]
        pictures += [at - heard for at in frames if said["to"] < at < min(until, heard + 3000)][:1]
    every = [wait for kind in kinds.values() for wait in kind]
    return {
        "speech_to_sound_ms": _by_kind(kinds),
        "speech_to_words_ms": _by_kind(worded),
        "first_frame_after_sound_ms": spread(pictures),
        "visitor_speaks_to_silence_ms": spread(silences),
        "unanswered": len(mic) - len(every),
    }


def gaps(twin: Sounds, states: Sequence[tuple[float, str]]) -> list[float]:
    """Return the longest silence within each reply, as far as it was heard, in milliseconds.

    Args:
        twin: from when to when the twin was heard in the page; shorter silences are not told apart.
        states: when the twin began to do something, and what.
    """
    found: list[float] = []
    for (began, state), (ended, then) in pairwise(states):
        if state == "speaking" and then == "listening":
            heard = [t for t in twin if began <= t["to"] and t["from"] < ended]
            silences = [after["from"] - before["to"] for before, after in pairwise(heard)]
            found.append(max(silences, default=0.0))
    return found


def _by_kind(kinds: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    every = [wait for found in kinds.values() for wait in found]
    return {kind: spread(found) for kind, found in kinds.items()} | {"all": spread(every)}


def stages(
    spoken: Sequence[Mapping[str, Any]], later: Sequence[Mapping[str, Any]], interrupting: int
) -> dict[str, Any]:
    """Return the stages of the spoken turns, cold, warm and steady apart, and of the typed ones.

    Args:
        spoken: what was told of the times of the spoken turns; the last word on a turn counts.
        later: the same with the typed ones.
        interrupting: how many of the spoken turns, at the end, broke in on a reply.
    """
    turns = _last(spoken)
    typed = [times for turn, times in _last(later).items() if turn not in turns]
    kinds: dict[str, list[Mapping[str, float]]] = {}
    for number, times in enumerate(turns.values()):
        broke_in = number >= len(turns) - interrupting
        kinds.setdefault("interrupting" if broke_in else _kind(number), []).append(times)
    kinds["typed"] = typed
    return {kind: summary(found) for kind, found in kinds.items()}


def _last(told: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, float]]:
    """Return the times of each turn as they were told last."""
    return {one["turn"]: one["times"] for one in told}


def _kind(number: int) -> str:
    return "cold" if number == 0 else "warm" if number < _WARM else "steady"


def pictures(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return how steady the pictures came."""
    gaps = np.diff(np.array(figures["frames"], np.float64))
    result: dict[str, Any] = {"render_fps": None}
    if len(gaps):
        result["render_fps"] = round(float(1000 / np.mean(gaps)), 1)
        result["frame_interval_ms"] = spread(gaps.tolist())
        result["late_frames"] = round(float(np.mean(gaps > 1.5 * 1000 / FPS)), 3)
    result["audio_buffer_ms"] = spread(figures["delays"])
    return result
