"""The owner's say over copies of their voice at providers: what it takes, making and deleting."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from memory.errors import SelfsameError
from memory.store import Memory
from persona.budget import month_of
from persona.consent.book import ConsentBook
from persona.consent.record import Consent
from persona.errors import VoiceProblem
from persona.settings import Settings
from persona.voice.cloning import Account, Cloning
from persona.voice.profile import SAMPLE, VoiceProfile, load_profile, load_sample, save_profile
from persona.voice.voices import HOSTED, open_cloning

CLONING = ("elevenlabs",)
"""Providers that make a voice from a sample."""
_GOOD_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What it takes to let a provider make the voice; nothing of it has been done yet."""

    provider: str
    name: str
    """What the voice will be called there."""
    seconds: float
    """Of the sample that would be sent."""
    megabytes: float
    consent: Consent
    price: str
    account: Account
    spent: int
    """Characters that were sent there this month."""
    budget: int
    """Characters that may be sent there in a month."""
    replaces: bool
    """Whether a voice made there before is deleted when this one is there."""
    obstacles: tuple[str, ...]
    """Why it can't be made as things stand."""
    advice: tuple[str, ...]


class Made(NamedTuple):
    """A voice that was made."""

    choice: str
    """As `provider:voice`; the twin speaks with it from now on, if it is usable."""
    remarks: tuple[str, ...]


class CloneDesk:
    """Copies of one twin's voice at providers."""

    def __init__(
        self,
        settings: Settings,
        memory: Memory,
        cloning: Callable[[Settings, str], Cloning] = open_cloning,
    ) -> None:
        """Take what opens a provider by name, by the settings where nothing else is given."""
        self._settings, self._cloning = settings, cloning
        self._shelf = memory.voice
        self._consents = ConsentBook(memory.consents)
        self._owner = memory.twin.owner

    @property
    def kept(self) -> VoiceProfile:
        """What is kept of the voice, with the copies that there are."""
        return load_profile(self._shelf)

    def preview(self, provider: str) -> Preview:
        """Return what it would take; asks the provider how the account stands.

        Raises:
            ConsentProblem: the owner hasn't agreed to a copy of the voice.
            SettingsProblem: there is no such provider, or its key is missing.
            VoiceProblem: there is no sample, or the provider fails.
        """
        consent, sample = self._consents.require("voice"), self._sample()
        there = self._cloning(self._settings, provider)
        account, speech, profile = there.account(), load_sample(self._shelf), self.kept
        seconds = speech.seconds if speech else 0.0
        short = f"{seconds:.0f} seconds are little; a minute or more gives a better likeness"
        return Preview(
            provider=provider,
            name=self._owner,
            seconds=round(seconds, 1),
            megabytes=round(sample.stat().st_size / 1e6, 1),
            consent=consent,
            price=there.price,
            account=account,
            spent=profile.spent.get(month_of(provider), 0),
            budget=self._settings.voice_budget,
            replaces=provider in profile.clones,
            obstacles=tuple(_obstacles(account)),
            advice=(short,) if seconds < _GOOD_SECONDS else (),
        )

    def make(self, provider: str) -> Made:
        """Send the sample, let the provider make the voice, and delete the one made before.

        Raises:
            ConsentProblem: the owner hasn't agreed to a copy of the voice.
            SettingsProblem: there is no such provider, or its key is missing.
            VoiceProblem: there is no sample, or the provider fails.
        """
        consent, sample = self._consents.require("voice"), self._sample()
        made = self._cloning(self._settings, provider).clone(self._owner, [sample], consent)
        profile, choice = self.kept, f"{provider}:{made.voice_id}"
        before = profile.clones.get(provider)
        self._keep(
            replace(
                profile,
                clones={**profile.clones, provider: made.voice_id},
                choice=choice if made.usable else _without(profile.choice, provider, before),
                to_delete=(*profile.to_delete, *([(provider, before)] if before else [])),
            )
        )
        verify = (
            f"prove on {HOSTED[provider]}'s own pages that this is your voice, then choose {choice}"
        )
        return Made(choice, (*([] if made.usable else [verify]), *self.delete_left()))

    def delete(self, provider: str) -> list[str]:
        """Delete what a provider made; return what couldn't be deleted, in words.

        Raises:
            VoiceProblem: nothing was made there.
        """
        profile = self.kept
        made = profile.clones.get(provider)
        if made is None:
            raise VoiceProblem(f"no voice was made at {provider}", "see selfsame voice TWIN --json")
        self._keep(
            replace(
                profile,
                clones={k: v for k, v in profile.clones.items() if k != provider},
                choice=_without(profile.choice, provider, made),
                to_delete=(*profile.to_delete, (provider, made)),
            )
        )
        return self.delete_left()

    def delete_left(self) -> list[str]:
        """Delete at providers what was taken back; return what still couldn't be, in words."""
        left: list[tuple[str, str]] = []
        problems: list[str] = []
        for provider, voice_id in self.kept.to_delete:
            try:
                self._cloning(self._settings, provider).delete(voice_id)
            except SelfsameError as error:
                left.append((provider, voice_id))
                problems.append(f"the voice {voice_id} at {provider}: {error}")
        if left != list(self.kept.to_delete):
            self._keep(replace(self.kept, to_delete=tuple(left)))
        return problems

    def _keep(self, profile: VoiceProfile) -> None:
        save_profile(self._shelf, profile)

    def _sample(self) -> Path:
        sample = self._shelf.path(SAMPLE)
        if sample is None:
            raise VoiceProblem(
                "there is no sample of the voice yet", "selfsame voice TWIN --fit FILE"
            )
        return sample


def _without(choice: str, provider: str, voice_id: str | None) -> str:
    """Return the choice of a voice once one at a provider is gone."""
    gone = voice_id and choice.startswith(f"{provider}:") and choice.endswith(voice_id)
    return "auto" if gone else choice


def _obstacles(account: Account) -> list[str]:
    found: list[str] = []
    if not account.may_clone:
        found.append(f"the plan {account.plan!r} doesn't include making voices from a sample")
    if account.voices_left < 1:
        found.append("the account holds as many voices as it may; delete one there")
    return found
