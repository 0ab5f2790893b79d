"""The owner's say over the voice: consent, fitting, choices, and taking it all back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from memory.store import Memory
from persona.budget import month_of
from persona.consent.book import ConsentBook
from persona.consent.record import Consent, typed_consent
from persona.errors import VoiceProblem
from persona.settings import Settings
from persona.voice.clone_desk import CloneDesk
from persona.voice.ears import open_hearing
from persona.voice.profile import (
    VoiceProfile,
    forget_voice,
    load_profile,
    save_fitted,
    save_profile,
    save_sample,
)
from persona.voice.pronouncing import is_pronunciation
from persona.voice.sample import few_seconds
from persona.voice.sound import read_sound
from persona.voice.spans import VoiceSample, sample_of
from persona.voice.speech import Speech
from persona.voice.voices import chosen_voice, open_voice

Progress = Callable[[str, int, int], None]


class VoiceDesk:
    """What the owner decides about the voice of one twin."""

    def __init__(self, settings: Settings, memory: Memory) -> None:
        self._settings = settings
        self._shelf = memory.voice
        self._consents = ConsentBook(memory.consents)
        self._owner = memory.twin.owner
        self.clones = CloneDesk(settings, memory)
        """The copies of the voice at providers."""
        self.remarks: list[str] = []
        """What is wrong with the sample that was fitted last."""

    @property
    def profile(self) -> VoiceProfile:
        """What is kept of the voice."""
        return load_profile(self._shelf)

    @property
    def agreed(self) -> Consent | None:
        """What the owner agreed to for the voice; None when nothing."""
        return self._consents.covering("voice")

    def consent(self, statement: str, recordings: Sequence[Path] = ()) -> None:
        """Keep the owner's agreement in writing, bound to the recordings it is for.

        Raises:
            ConsentProblem: it says too little to be one.
        """
        material = tuple(recordings)
        self._consents.add(typed_consent(self._owner, statement, ("voice",), material=material))

    def fit(self, recordings: Sequence[Path], statement: str, progress: Progress) -> None:
        """Fit a voice to recordings of the owner, who must have agreed.

        Raises:
            ConsentProblem: there is no consent.
            VoiceProblem: there is too little speech.
            ModelProblem: a model that fitting needs isn't there.
        """
        sounds = [read_sound(path) for path in recordings]
        if statement or self.agreed is None:
            self.consent(statement, recordings)
        self.fit_to(self.take(sounds), progress)

    def fit_to(self, sample: VoiceSample, progress: Progress) -> None:
        """Fit a voice to a sample that was taken.

        Raises:
            VoiceProblem: there is too little speech.
            ModelProblem: a model that fitting needs isn't there.
        """
        from persona.voice.fitting import fit_voice, open_tools

        hearing = open_hearing(self._settings)
        if hearing.hosted:
            raise VoiceProblem(
                "fitting listens on this machine only", "set SELFSAME_HEARING to faster-whisper"
            )
        tools = open_tools(self._settings.models_dir, hearing, self._settings.threads)
        fitted = fit_voice([sample.speech], tools, progress)
        save_fitted(self._shelf, fitted.voice)
        save_profile(self._shelf, replace(self.profile, fit=fitted.fit, choice="auto"))

    def take(self, recordings: Sequence[Speech]) -> VoiceSample:
        """Keep the best of recordings as the sample of the voice, to compare with and clone from.

        Raises:
            ConsentProblem: there is no consent.
            VoiceProblem: nobody speaks in them.
        """
        self._consents.require("voice")
        sample = sample_of(recordings)
        if not len(sample.speech.samples):
            raise VoiceProblem("nobody is heard speaking", "record the owner alone, near by")
        self.remarks = [*few_seconds(sample.clean_seconds), *sample.remarks]
        save_sample(self._shelf, sample.speech)
        return sample

    def change(
        self,
        *,
        choice: str | None = None,
        speed: float | None = None,
        pronunciations: Mapping[str, str] | None = None,
    ) -> None:
        """Set which voice speaks, how fast, and how words are said; an empty one is dropped.

        Raises:
            SettingsProblem: there is no such voice.
            VoiceProblem: how a word is said can't be read.
        """
        profile = self.profile
        if choice is not None:
            if choice != "auto":
                open_voice(self._settings, self._shelf, choice)
            profile = replace(profile, choice=choice)
        for said in (pronunciations or {}).values():
            if said and not is_pronunciation(said):
                raise VoiceProblem(
                    f"{said!r} can't be said", "spell it, or write phones: /AA N AH/"
                )
        words = {**profile.pronunciations, **(pronunciations or {})}
        profile = replace(
            profile,
            speed=speed or profile.speed,
            pronunciations={word: said for word, said in words.items() if said},
        )
        if profile != self.profile:
            save_profile(self._shelf, profile)

    def forget(self) -> list[str]:
        """Delete the fitted voice, its sample and every clone; the agreement is another matter.

        Returns:
            what couldn't be deleted at a provider, in words; `delete_left` tries again.
        """
        forget_voice(self._shelf)
        return self.delete_left()

    def delete_left(self) -> list[str]:
        """Delete at providers what was taken back; return what still couldn't be, in words."""
        return self.clones.delete_left()

    def as_json(self) -> dict[str, Any]:
        """Return the voice as the command line shows it."""
        profile = self.profile
        return {
            "voice": chosen_voice(self._settings, profile),
            "speed": profile.speed,
            "pronunciations": profile.pronunciations,
            "consent": asdict(self.agreed) if self.agreed else None,
            "fit": asdict(profile.fit) if profile.fit else None,
            "clones": profile.clones,
            "spent": profile.spent,
            "remarks": self.remarks,
        }

    def spent_this_month(self, provider: str) -> int:
        """Return how many characters were sent to a provider this month."""
        return self.profile.spent.get(month_of(provider), 0)
