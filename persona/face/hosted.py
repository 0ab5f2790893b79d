"""The seam of faces that are drawn by a provider: an avatar is made once, then clips of it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from persona.errors import FaceProblem
from persona.face.patience import Patience
from persona.voice.consent import Consent
from persona.voice.speech import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What an avatar is made from."""

    portrait: bytes
    """A JPEG, the face from the front."""
    video: Path | None = None
    """The owner speaking; used where the provider makes a better avatar of it."""


class OpenThings(Protocol):
    """Remembers what is open at a provider, so that a crash leaves nothing behind for long."""

    def opened(self, thing: str) -> None:
        """Remember it, on disk, before it is used."""
        ...

    def closed(self, thing: str) -> None:
        """Forget it."""
        ...


class HostedFaces(Protocol):
    """A provider of faces."""

    name: str
    """As the user knows it."""

    def create(self, name: str, likeness: Likeness, consent: Consent, patience: Patience) -> str:
        """Make an avatar of the one who consented; return what it is called here.

        Raises:
            FaceProblem: there is no consent, or the provider fails.
        """
        ...

    def clip(self, avatar: str, speech: Speech, patience: Patience) -> bytes:
        """Return a video of the avatar saying `speech`; leaves nothing at the provider.

        Raises:
            FaceProblem: the provider fails, or takes too long.
            Stopped: it is no longer wanted.
        """
        ...

    def delete(self, avatar: str) -> None:
        """Delete an avatar; one that is gone already counts as deleted."""
        ...

    def discard(self, thing: str) -> None:
        """Close or delete something that was left open."""
        ...

    def check(self) -> str:
        """Return how the account stands, in words."""
        ...


@contextmanager
def held(things: OpenThings, thing: str, discard: Callable[[str], None]) -> Generator[None]:
    """Remember `thing` as open for as long as the block lasts, then discard it.

    What can't be discarded stays remembered, for the next start to try again.
    """
    things.opened(thing)
    try:
        yield
    finally:
        with suppress(FaceProblem):
            discard(thing)
            things.closed(thing)
