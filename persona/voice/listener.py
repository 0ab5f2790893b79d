"""Listening to a whole recording: its words, how much is spoken, and by how many."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from persona.voice.crowd import count_voices
from persona.voice.hearing import Hearing, Transcript
from persona.voice.sound import Samples, read_sound
from persona.voice.speaker import RATE, SpeakerEncoder, voiced_mask
from persona.voice.speech import Speech

Progress = Callable[[str, int, int], object]

_PART, _LEEWAY = 60, 10
"""Seconds that are written down at once, and in which a pause to part them at is looked for."""
_QUIET = int(0.2 * RATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A recording that was listened to."""

    sound: Speech
    """16 kHz."""
    transcript: Transcript
    spoken: float
    """Seconds of speech."""
    voices: int
    """How many people are heard: 0, 1, or 2 for two and more."""


class Listener:
    """Listens to recordings."""

    def __init__(self, hearing: Hearing, encoder: SpeakerEncoder) -> None:
        self._hearing = hearing
        self._encoder = encoder

    def listen(self, recording: Path, *, seconds: float, progress: Progress) -> Heard:
        """Return what is heard in a recording, of which so many seconds are read.

        Raises:
            VoiceProblem: it holds no sound that can be read.
        """
        sound = read_sound(recording, RATE, seconds=seconds)
        spoken = float(voiced_mask(sound.samples).sum()) / RATE
        transcript = self._written(sound.samples, progress) if spoken else Transcript(text="")
        progress("telling voices apart", 0, 1)
        voices = count_voices(sound.samples, self._encoder)
        progress("telling voices apart", 1, 1)
        return Heard(sound=sound, transcript=transcript, spoken=round(spoken, 2), voices=voices)

    def _written(self, samples: Samples, progress: Progress) -> Transcript:
        total = round(len(samples) / RATE)
        parts: list[Transcript] = []
        at = 0
        for part in _parts(samples):
            progress("writing down what is said", round(at / RATE), total)
            heard = self._hearing.transcribe(Speech(samples=part, sample_rate=RATE))
            parts.append(_later(heard, at / RATE))
            at += len(part)
        progress("writing down what is said", total, total)
        return _joined(parts)


def _parts(samples: Samples) -> Iterator[Samples]:
    """Part sound at its quietest moments."""
    rest = samples
    while len(rest) > _PART * RATE:
        window = rest[(_PART - _LEEWAY) * RATE : _PART * RATE]
        power = np.square(window[: len(window) // _QUIET * _QUIET]).reshape(-1, _QUIET).mean(axis=1)
        cut = (_PART - _LEEWAY) * RATE + int(power.argmin()) * _QUIET + _QUIET // 2
        yield rest[:cut]
        rest = rest[cut:]
    if len(rest):
        yield rest


def _later(heard: Transcript, seconds: float) -> Transcript:
    moved = (replace(w, start=w.start + seconds, end=w.end + seconds) for w in heard.words)
    return replace(heard, words=tuple(moved))


def _joined(parts: list[Transcript]) -> Transcript:
    said = [part for part in parts if part.text]
    weights = [max(1, len(part.text)) for part in said]
    return Transcript(
        text=" ".join(part.text for part in said),
        words=tuple(word for part in said for word in part.words),
        confidence=float(np.average([p.confidence for p in said], weights=weights)) if said else 0,
    )
