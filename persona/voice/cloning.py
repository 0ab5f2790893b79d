"""The cloning seam: a sample of the owner in, a voice at a provider out, and its deletion."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from persona.consent.record import Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How the owner's account at a provider stands."""

    plan: str
    may_clone: bool
    characters_left: int
    """Until the provider counts anew."""
    voices_left: int
    """How many more it may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloned:
    """A voice that a provider made."""

    voice_id: str
    usable: bool = True
    """False while the provider wants the owner to prove on its own pages whose voice it is."""


class Cloning(Protocol):
    """A provider that takes on a voice from a sample."""

    price: str
    """What a voice costs there, in words."""

    def account(self) -> Account:
        """Return how the account stands.

        Raises:
            VoiceProblem: the provider fails, or doesn't take the key.
        """
        ...

    def clone(self, name: str, sample: Sequence[Path], consent: Consent) -> Cloned:
        """Make a voice from recordings of the one who consented.

        Raises:
            VoiceProblem: the provider fails.
        """
        ...

    def delete(self, voice_id: str) -> None:
        """Delete a voice that was made; one that is gone already counts as deleted.

        Raises:
            VoiceProblem: the provider fails.
        """
        ...
