"""What is said, as sound with the times of its words and phones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SILENCE = "SIL"
"""The phone of a pause."""

VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
CONSONANTS = frozenset("B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH".split())
PHONES = VOWELS | CONSONANTS | {SILENCE}
"""The one phone set: ARPAbet without stress, as the CMU Pronouncing Dictionary uses it."""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word and when it is said, in seconds from the start of its sound."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class TimedPhone:
    """A phone of `PHONES` and when it is said, in seconds from the start of its sound."""

    symbol: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A stretch of sound: a clause of a reply, a take, a sample of the owner's voice."""

    samples: NDArray[np.float32]
    """[n], mono, from -1 to 1."""
    sample_rate: int
    """Samples a second."""
    text: str = ""
    words: tuple[TimedWord, ...] = ()
    phones: tuple[TimedPhone, ...] = ()
    """Without gaps from 0 to the end; pauses are `SILENCE`. Empty when not known."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate
