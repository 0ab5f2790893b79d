"""A recording of the owner made ready for fitting: cut into utterances, in two halves."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from persona.errors import VoiceProblem
from persona.voice.sound import Samples, resampled
from persona.voice.speaker import RATE, voiced_mask
from persona.voice.speech import Speech

SHORTEST_SAMPLE = 8.0
"""Seconds of speech that a voice can be fitted to at all."""
GOOD_SAMPLE = 30.0
_LONGEST_USED = 240.0
_UTTERANCE = 6.0


class Halves(NamedTuple):
    """A sample in two halves that share no words."""

    fitting: list[Speech]
    held_out: list[Speech]


def utterances(recordings: Sequence[Speech]) -> list[Speech]:
    """Return the speech of recordings at 16 kHz in pieces of about six seconds, pauses cut off."""
    pieces: list[Speech] = []
    for recording in recordings:
        samples = resampled(recording.samples, recording.sample_rate, RATE)
        spoken = samples[voiced_mask(samples)]
        count = max(1, round(len(spoken) / RATE / _UTTERANCE))
        pieces += [
            Speech(samples=piece, sample_rate=RATE)
            for piece in np.array_split(spoken, count)
            if len(piece) > 1.5 * RATE
        ]
    return _first(pieces, _LONGEST_USED)


def halves(pieces: Sequence[Speech]) -> Halves:
    """Return utterances in two halves, taking turns.

    Raises:
        VoiceProblem: there is too little speech.
    """
    seconds = sum(piece.seconds for piece in pieces)
    if seconds < SHORTEST_SAMPLE or len(pieces) < 2:
        raise VoiceProblem(
            f"only {seconds:.0f} seconds of speech were found",
            f"give at least {SHORTEST_SAMPLE:.0f}, better {GOOD_SAMPLE:.0f} to 120, without music",
        )
    return Halves(list(pieces[0::2]), list(pieces[1::2]))


def few_seconds(seconds: float) -> list[str]:
    """Return what to say of a sample that is rather short."""
    if seconds >= GOOD_SAMPLE:
        return []
    return [f"{seconds:.0f} seconds of clean speech are little; {GOOD_SAMPLE:.0f} would be good"]


def whole(pieces: Sequence[Speech]) -> Speech:
    """Return utterances of one rate as one."""
    samples: Samples = np.concatenate([piece.samples for piece in pieces])
    return Speech(samples=samples, sample_rate=pieces[0].sample_rate)


def _first(pieces: list[Speech], seconds: float) -> list[Speech]:
    kept: list[Speech] = []
    for piece in pieces:
        if sum(p.seconds for p in kept) > seconds:
            break
        kept.append(piece)
    return kept
