"""The voice of a twin: which one is meant, and the embedded one that stands in for it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from memory.errors import SelfsameError
from memory.shelf import Shelf
from persona.budget import Budget, spend
from persona.errors import SettingsProblem, VoiceProblem
from persona.model_table import KOKORO, STYLES
from persona.models import path_of
from persona.settings import Settings
from persona.voice.cloning import Cloning
from persona.voice.profile import (
    SAMPLE,
    VoiceProfile,
    load_fitted,
    load_profile,
    save_profile,
)
from persona.voice.sound import read_wav
from persona.voice.speaking import Manner, Speaking
from persona.voice.speech import Speech
from persona.voice.stock import DEFAULT, load_network, stock_voice

FITTED = "fitted"
FAST = "hibari:heart"
HOSTED = {"openai": "OpenAI", "elevenlabs": "ElevenLabs"}
"""Providers that are sent what is said, with the names they are known by."""

Notice = Callable[[str], None]
"""Told in words for the user when another voice had to speak."""


class TwinVoice:
    """The voice that a twin speaks with; a hosted one that fails is stood in for."""

    def __init__(self, settings: Settings, shelf: Shelf, choice: str | None = None) -> None:
        """Take the voice of the twin whose files are on `shelf`, or another by `choice`."""
        self._settings = settings
        self._shelf = shelf
        self._profile = load_profile(shelf)
        self.choice = choice or chosen_voice(settings, self._profile)
        self._speaking: Speaking | None = None

    @property
    def name(self) -> str:
        """The voice as `provider:voice`."""
        return self._speaking.name if self._speaking else self.choice

    def say(
        self, clauses: Iterable[str], notice: Notice | None = None, speed: float | None = None
    ) -> Iterator[Speech]:
        """Say clauses as they come, as the owner pronounces them.

        Raises:
            VoiceProblem: no voice can say them.
        """
        manner = Manner(
            speed=speed or self._profile.speed, pronunciations=self._profile.pronunciations
        )
        for clause in clauses:
            yield from self._say(clause, manner, notice or (lambda _: None))

    def warm_up(self) -> None:
        """Load all that the first word needs; a hosted voice needs nothing."""
        if self.hosted:
            return
        try:
            list(self._opened().speak(["Hello."], Manner()))
        except SelfsameError:
            if self.choice.partition(":")[0] not in _STOOD_IN_FOR:
                raise

    def _say(self, clause: str, manner: Manner, notice: Notice) -> Iterator[Speech]:
        if self.choice.partition(":")[0] not in _STOOD_IN_FOR:
            yield from self._opened().speak([clause], manner)
            return
        try:
            speaking = self._opened()
            if self.hosted:
                self._spend(speaking, clause)
            pieces = list(speaking.speak([clause], manner))
        except SelfsameError as error:
            self.choice = embedded(self._settings)
            self._speaking = None
            notice(f"{error.message}; {self.choice} speaks instead")
            pieces = list(self._opened().speak([clause], manner))
        yield from pieces

    @property
    def hosted(self) -> bool:
        """Whether the text leaves this machine."""
        return self.choice.partition(":")[0] in HOSTED

    def _spend(self, speaking: Speaking, clause: str) -> None:
        budget = Budget(
            most=self._settings.voice_budget, unit="characters", setting="SELFSAME_VOICE_BUDGET"
        )
        provider = speaking.name.partition(":")[0]
        # The profile is read anew: what the owner changed meanwhile must stay.
        kept = load_profile(self._shelf)
        spent = spend(kept.spent, provider, len(clause), budget)
        save_profile(self._shelf, replace(kept, spent=spent))

    def _opened(self) -> Speaking:
        if self._speaking is None:
            self._speaking = open_voice(self._settings, self._shelf, self.choice)
        return self._speaking


def chosen_voice(settings: Settings, profile: VoiceProfile) -> str:
    """Return the voice of a twin as `provider:voice`, with `auto` decided."""
    for choice in (profile.choice, settings.voice):
        if choice != "auto":
            return choice
    if profile.fit is not None and has_kokoro(settings):
        return f"kokoro:{FITTED}"
    return embedded(settings)


def embedded(settings: Settings) -> str:
    """Return the embedded voice that there is."""
    return f"kokoro:{DEFAULT}" if has_kokoro(settings) else FAST


def has_kokoro(settings: Settings) -> bool:
    """Return whether Kokoro and its voices have been fetched."""
    return all(path_of(model, settings.models_dir).is_file() for model in (KOKORO, STYLES))


def open_voice(settings: Settings, shelf: Shelf, choice: str) -> Speaking:
    """Return the voice that `choice` names, as `provider:voice`.

    Raises:
        SettingsProblem: there is no such provider, or its key is missing.
        VoiceProblem: it has no such voice.
    """
    provider, _, voice = choice.partition(":")
    if provider not in _PROVIDERS or not voice:
        known = ", ".join(f"{name}:VOICE" for name in _PROVIDERS)
        raise SettingsProblem(f"there is no voice {choice!r}", f"write {known}")
    return _PROVIDERS[provider](settings, shelf, voice)


def _kokoro(settings: Settings, shelf: Shelf, voice: str) -> Speaking:
    from persona.voice.adapters.kokoro import KokoroVoice

    network = load_network(settings.models_dir, settings.threads)
    if voice != FITTED:
        return KokoroVoice(network, stock_voice(voice, settings.models_dir))
    fitted = load_fitted(shelf)
    if fitted is None:
        raise VoiceProblem(
            "no voice has been fitted yet", "fit one: selfsame voice TWIN --fit FILE"
        )
    return KokoroVoice(network, fitted)


def _hibari(_settings: Settings, _shelf: Shelf, voice: str) -> Speaking:
    from persona.voice.adapters.hibari import HibariVoice

    if voice != FAST.partition(":")[2]:
        raise VoiceProblem(f"there is no fast voice {voice!r}", f"write {FAST}")
    return HibariVoice()


def _openai(settings: Settings, _shelf: Shelf, voice: str) -> Speaking:
    from persona.voice.adapters.openai import OpenAIVoice

    return OpenAIVoice(openai_client(settings), voice)


def _elevenlabs(settings: Settings, _shelf: Shelf, voice: str) -> Speaking:
    from persona.voice.adapters.elevenlabs import ElevenLabsVoice

    return ElevenLabsVoice(elevenlabs_client(settings), voice)


def _pocket(_settings: Settings, shelf: Shelf, voice: str) -> Speaking:
    from persona.voice.adapters.pocket import PocketVoice

    config = Path(voice).expanduser()
    if config.suffix not in (".yaml", ".yml") or not config.is_file():
        raise VoiceProblem(
            f"there is no file {voice}", "name the YAML file of Pocket TTS: pocket:/path/my.yaml"
        )
    sample = shelf.get(SAMPLE)
    if sample is None:
        raise VoiceProblem("there is no sample of the voice yet", "selfsame voice TWIN --fit FILE")
    return PocketVoice(config, read_wav(sample))


def open_cloning(settings: Settings, provider: str) -> Cloning:
    """Return a provider that makes a voice from a sample.

    Raises:
        SettingsProblem: its key is missing.
        VoiceProblem: there is no such provider.
    """
    if provider != "elevenlabs":
        raise VoiceProblem(f"{provider} can't make a voice from a sample", "elevenlabs can")
    from persona.voice.adapters.elevenlabs import ElevenLabsCloning

    return ElevenLabsCloning(elevenlabs_client(settings))


def openai_client(settings: Settings) -> Any:
    """Return OpenAI's client for sound.

    Raises:
        SettingsProblem: there is no key.
    """
    from openai import OpenAI

    if settings.key is None and settings.base_url is None:
        raise SettingsProblem("OpenAI asks for a key", "set OPENAI_API_KEY")
    key = settings.key.get_secret_value() if settings.key else "none"
    return OpenAI(api_key=key, base_url=settings.base_url, timeout=20, max_retries=1)


def elevenlabs_client(settings: Settings) -> Any:
    """Return ElevenLabs' client.

    Raises:
        SettingsProblem: there is no key, or the SDK isn't installed.
    """
    if settings.elevenlabs_api_key is None:
        raise SettingsProblem("ElevenLabs asks for a key", "set ELEVENLABS_API_KEY")
    try:
        from elevenlabs.client import ElevenLabs
    except ImportError:
        raise SettingsProblem(
            "the SDK of ElevenLabs isn't installed", "run make run, or pip install elevenlabs"
        ) from None
    return ElevenLabs(api_key=settings.elevenlabs_api_key.get_secret_value(), timeout=20)


_PROVIDERS: dict[str, Callable[[Settings, Shelf, str], Speaking]] = {
    "kokoro": _kokoro,
    "hibari": _hibari,
    "pocket": _pocket,
    "openai": _openai,
    "elevenlabs": _elevenlabs,
}
_STOOD_IN_FOR = ("pocket", *HOSTED)
