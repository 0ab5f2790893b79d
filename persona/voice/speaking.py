"""The speaking seam: clauses of text in, sound with the times of words and phones out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from persona.voice.speech import Speech

SLOWEST, FASTEST = 0.5, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How something is to be said."""

    speed: float = 1.0
    """1 is the pace of the voice; from `SLOWEST` to `FASTEST`."""
    pronunciations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """How the owner says some words: spelt anew, or as phones between slashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a voice provider can do."""

    hosted: bool
    """Whether the text leaves this machine."""
    clones: bool
    """Whether it can take on a voice from a sample."""
    knows_phones: bool
    """Whether it says by itself when each phone falls."""


class Speaking(Protocol):
    """A voice."""

    @property
    def name(self) -> str:
        """The voice as `provider:voice`."""
        ...

    @property
    def abilities(self) -> Abilities:
        """What its provider can do."""
        ...

    def speak(self, clauses: Iterable[str], manner: Manner) -> Iterator[Speech]:
        """Say each clause as it comes; yields at least one piece a clause that can be said.

        Raises:
            VoiceProblem: it can't be said, such as when a provider fails.
        """
        ...
