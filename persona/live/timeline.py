"""When each thing of a turn happened, in milliseconds from the end of the visitor's speech."""

from collections.abc import Callable, Iterable, Mapping
from time import perf_counter
from typing import Final

import numpy as np

STAGES: Final = (
    "end_of_utterance_delay_ms",
    "transcription_delay_ms",
    "recall_ms",
    "hesitation_ms",
    "llm_first_token_ms",
    "first_clause_ms",
    "tts_first_pcm_ms",
    "avatar_first_frame_ms",
    "first_audio_ms",
    "webrtc_first_frame_ms",
    "end_ms",
)
"""In the order they happen. The first is the wait until the turn counted as over; a hesitation is
the word before a reply that takes a while; the first audio is when the first of the reply's own
words was sent; the first frame is when the page showed it."""


class Timeline:
    """The times of one turn; each stage counts the first time it is marked."""

    def __init__(self, zero: float, clock: Callable[[], float] = perf_counter) -> None:
        """Begin at `zero`, a time of `clock` in seconds: when the visitor stopped speaking."""
        self.zero = zero
        self._clock = clock
        self._marks: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        """Say that `stage` is reached now."""
        self.set(stage, (self._clock() - self.zero) * 1000)

    def set(self, stage: str, milliseconds: float) -> None:
        """Say when `stage` was reached."""
        if stage not in STAGES:
            raise KeyError(stage)
        self._marks.setdefault(stage, round(milliseconds, 1))

    def as_json(self) -> dict[str, float]:
        """Return the stages that were reached, in order."""
        return {stage: self._marks[stage] for stage in STAGES if stage in self._marks}


def summary(turns: Iterable[Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Return for each stage how often it was reached, its median and its 95th percentile."""
    kept = list(turns)
    found: dict[str, dict[str, float]] = {}
    for stage in STAGES:
        values = [turn[stage] for turn in kept if stage in turn]
        if values:
            p50, p95 = np.percentile(values, [50, 95]).tolist()
            found[stage] = {"n": len(values), "p50": round(p50, 1), "p95": round(p95, 1)}
    return found
