"""The owner's say over the voice: consent, fitting, choices, and taking it all back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from memory.store import Memory
from persona.budget import month_of
from persona.errors import VoiceProblem
from persona.settings import Settings
from persona.voice.consent import give_consent
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
from persona.voice.sample import remarks, utterances, whole
from persona.voice.sound import read_sound
from persona.voice.voices import chosen_voice, open_voice

Progress = Callable[[str, int, int], None]


class VoiceDesk:
    """What the owner decides about the voice of one twin."""

    def __init__(self, settings: Settings, memory: Memory) -> None:
        self._settings = settings
        self._shelf = memory.voice
        self._owner = memory.twin.owner
        self.remarks: list[str] = []
        """What is wrong with the sample that was fitted last."""

    @property
    def profile(self) -> VoiceProfile:
        """What is kept of the voice."""
        return load_profile(self._shelf)

    def consent(self, statement: str, recordings: Sequence[Path] = ()) -> None:
        """Keep the owner's agreement, bound to the recordings it is for.

        Raises:
            VoiceProblem: it says too little to be one.
        """
        agreed = give_consent(self._owner, statement, tuple(p.read_bytes() for p in recordings))
        save_profile(self._shelf, replace(self.profile, consent=agreed))

    def fit(self, recordings: Sequence[Path], statement: str, progress: Progress) -> None:
        """Fit a voice to recordings of the owner, who must have agreed.

        Raises:
            VoiceProblem: there is no consent, or too little speech.
            ModelProblem: a model that fitting needs isn't there.
        """
        from persona.voice.fitting import fit_voice, open_tools

        sounds = [read_sound(path) for path in recordings]
        if statement or self.profile.consent is None:
            self.consent(statement, recordings)
        hearing = open_hearing(self._settings)
        if hearing.hosted:
            raise VoiceProblem(
                "fitting listens on this machine only", "set SELFSAME_HEARING to faster-whisper"
            )
        tools = open_tools(self._settings.models_dir, hearing, self._settings.threads)
        fitted = fit_voice(sounds, tools, progress)
        pieces = utterances(sounds)
        self.remarks = remarks(sounds, sum(piece.seconds for piece in pieces))
        save_sample(self._shelf, whole(pieces))
        save_fitted(self._shelf, fitted.voice)
        save_profile(self._shelf, replace(self.profile, fit=fitted.fit, choice="auto"))

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

    def forget(self) -> None:
        """Delete the fitted voice, its sample, the consent, and every clone at a provider."""
        for provider, voice_id in self.profile.clones.items():
            self._cloning(provider).delete(voice_id)
        save_profile(self._shelf, replace(self.profile, clones={}))
        forget_voice(self._shelf)

    def clone(self, provider: str, recordings: Sequence[Path]) -> str:
        """Let a provider make a voice from recordings; return it as `provider:voice`.

        Raises:
            VoiceProblem: there is no consent, or the provider fails.
        """
        profile = self.profile
        if profile.consent is None:
            raise VoiceProblem("a voice is only made with consent", "give it first")
        made = self._cloning(provider).clone(self._owner, recordings, profile.consent)
        clones = {**profile.clones, provider: made}
        choice = f"{provider}:{made}"
        save_profile(self._shelf, replace(profile, clones=clones, choice=choice))
        return choice

    def as_json(self) -> dict[str, Any]:
        """Return the voice as the command line shows it."""
        profile = self.profile
        return {
            "voice": chosen_voice(self._settings, profile),
            "speed": profile.speed,
            "pronunciations": profile.pronunciations,
            "consent": asdict(profile.consent) if profile.consent else None,
            "fit": asdict(profile.fit) if profile.fit else None,
            "spent": profile.spent,
            "remarks": self.remarks,
        }

    def spent_this_month(self, provider: str) -> int:
        """Return how many characters were sent to a provider this month."""
        return self.profile.spent.get(month_of(provider), 0)

    def _cloning(self, provider: str) -> Any:
        if provider != "elevenlabs":
            raise VoiceProblem(f"{provider} can't clone a voice here", "elevenlabs can")
        from persona.voice.adapters.elevenlabs import ElevenLabsCloning
        from persona.voice.voices import elevenlabs_client

        return ElevenLabsCloning(elevenlabs_client(self._settings))
