"""A take: what was said as one piece of sound, and how long one waited for it."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from persona.errors import VoiceProblem
from persona.voice.sound import joined
from persona.voice.speech import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What was said."""

    speech: Speech
    first_audio_ms: float
    """From the text to its first piece of sound."""
    real_time_factor: float
    """Seconds of work for a second of sound."""


def record(pieces: Iterable[Speech]) -> Take:
    """Let a voice speak to the end and time it.

    Raises:
        VoiceProblem: nothing in the text can be said.
    """
    began = time.perf_counter()
    first: float | None = None
    kept: list[Speech] = []
    for piece in pieces:
        first = first or time.perf_counter() - began
        kept.append(piece)
    if not kept or first is None:
        raise VoiceProblem("there is nothing in it that can be said", "write some words")
    speech = joined(kept)
    worked = time.perf_counter() - began
    return Take(
        speech=speech, first_audio_ms=first * 1000, real_time_factor=worked / speech.seconds
    )
