"""The hearing seam: speech in, words with their times out; and listening to a stream."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from persona.voice.ear import RATE, Ear, Finished
from persona.voice.sound import Samples
from persona.voice.speech import Speech, TimedWord

_UNSURE = 0.5
_PARTIAL_EVERY = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was heard."""

    text: str
    words: tuple[TimedWord, ...] = ()
    """With their times; empty where the provider gives none."""
    confidence: float = 1.0
    """Mean probability of the words, from 0 to 1."""

    @property
    def unsure(self) -> bool:
        """Whether it is better to ask again than to take it at its word."""
        return not self.text or self.confidence < _UNSURE


class Hearing(Protocol):
    """Something that writes down speech."""

    @property
    def name(self) -> str:
        """What it is, as `provider:model`."""
        ...

    @property
    def hosted(self) -> bool:
        """Whether the recording leaves this machine."""
        ...

    def transcribe(self, speech: Speech, *, timed: bool = True) -> Transcript:
        """Return what is said.

        Args:
            speech: what was heard.
            timed: whether the times of the words are wanted; it is sooner without them.

        Raises:
            VoiceProblem: it can't be heard, such as when a provider fails.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a listener has heard so far, or at the end of a turn."""

    transcript: Transcript
    final: bool
    at: float
    """Seconds from the start of the stream."""


def listen(
    hearing: Hearing, chunks: Iterable[Samples], finished: Finished | None = None
) -> Iterator[Heard]:
    """Follow a stream: partial results while somebody speaks, a final one as each turn ends.

    Args:
        hearing: writes down what is said.
        chunks: samples at 16 kHz, of any length, as they come.
        finished: tells from the sound whether a turn is over.
    """
    ear, told = Ear(finished), 0.0
    for chunk in chunks:
        for state in ear.feed(chunk):
            if state.ended:
                heard = hearing.transcribe(ear.turn())
                yield Heard(transcript=heard, final=True, at=ear.seconds)
                ear.end()
                told = 0.0
            elif not hearing.hosted and state.running - told >= _PARTIAL_EVERY:
                heard = hearing.transcribe(ear.turn())
                ear.hint(heard.text)
                yield Heard(transcript=heard, final=False, at=ear.seconds)
                told = state.running
    rest = ear.rest()
    if rest is not None:
        yield Heard(transcript=hearing.transcribe(rest), final=True, at=ear.seconds)


def silence(seconds: float) -> Samples:
    """Return silence at the rate of a stream."""
    return np.zeros(int(RATE * seconds), np.float32)
