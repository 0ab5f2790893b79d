"""What is kept of a twin's face beside its pictures: consent, choice, avatars, what was spent."""

from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from memory.shelf import Shelf
from persona.voice.consent import Consent

_PROFILE = "face.json"

STATEMENT = (
    "I am {name}. I agree that moving pictures that look like me are made from my pictures, by"
    " this machine or by the provider chosen, and that my digital twin appears with them. I can"
    " take this back at any time."
)
"""What the owner agrees to, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceProfile:
    """What is known and chosen about a twin's face."""

    choice: str = "auto"
    """`provider:face`; `auto` leaves it to the settings."""
    consent: Consent | None = None
    avatars: dict[str, str] = field(default_factory=dict[str, str])
    """What was made of the owner at a provider, by its name."""
    opened: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """What is open at a provider, by its name: not empty at a start means a crash."""
    spent: dict[str, int] = field(default_factory=dict[str, int])
    """Seconds drawn elsewhere, by `provider YYYY-MM`."""


_ADAPTER = TypeAdapter(FaceProfile)


def load_profile(shelf: Shelf) -> FaceProfile:
    """Return what is kept of a face; the defaults when nothing is."""
    kept = shelf.get(_PROFILE)
    return _ADAPTER.validate_json(kept) if kept else FaceProfile()


def save_profile(shelf: Shelf, profile: FaceProfile) -> None:
    """Keep a profile."""
    shelf.put(_PROFILE, _ADAPTER.dump_json(profile, indent=2))


class OpenList:
    """What is open at one provider, on disk."""

    def __init__(self, shelf: Shelf, provider: str) -> None:
        self._shelf, self._provider = shelf, provider

    def opened(self, thing: str) -> None:
        """Remember it."""
        self._keep([*self.left(), thing])

    def closed(self, thing: str) -> None:
        """Forget it."""
        self._keep([other for other in self.left() if other != thing])

    def left(self) -> list[str]:
        """Return what is open."""
        return load_profile(self._shelf).opened.get(self._provider, [])

    def _keep(self, things: list[str]) -> None:
        profile = load_profile(self._shelf)
        opened = {**profile.opened, self._provider: things}
        save_profile(self._shelf, replace(profile, opened={k: v for k, v in opened.items() if v}))
