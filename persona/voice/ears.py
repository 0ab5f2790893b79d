"""Which hearing the settings name, opened once."""

from functools import lru_cache
from pathlib import Path

from persona.errors import SettingsProblem
from persona.model_table import SMART_TURN, WHISPER
from persona.models import path_of, verified_path
from persona.settings import Settings
from persona.voice.hearing import Hearing
from persona.voice.turn_model import TurnModel
from persona.voice.voices import openai_client

_EMBEDDED = "tiny.en"


def open_hearing(settings: Settings, *, live: bool = False) -> Hearing:
    """Return the hearing that the settings name, as `provider:model`.

    Args:
        settings: name it.
        live: whether it listens beside other work. Then it keeps to one core: two threads that
            share out each small step wait for one another whenever a third wants a core.

    Raises:
        ModelProblem: the model isn't there or can't be loaded.
        SettingsProblem: there is no such provider, or its key is missing.
    """
    provider, _, model = settings.hearing.partition(":")
    if provider == "faster-whisper":
        return _whisper(model, settings.models_dir, 1 if live else settings.threads)
    if provider == "openai":
        from persona.voice.adapters.openai import OpenAIHearing
        from persona.voice.counted_hearing import CountedHearing

        hosted = OpenAIHearing(openai_client(settings), model)
        return CountedHearing(hosted, settings, lambda: _embedded(settings, live=live))
    raise SettingsProblem(
        f"SELFSAME_HEARING is {settings.hearing!r}",
        "write faster-whisper:tiny.en, faster-whisper:/folder or openai:MODEL",
    )


def _embedded(settings: Settings, *, live: bool) -> Hearing:
    return _whisper(_EMBEDDED, settings.models_dir, 1 if live else settings.threads)


def open_turn_model(settings: Settings) -> TurnModel | None:
    """Return what tells from the sound whether a turn is finished; None when it isn't there."""
    path = path_of(SMART_TURN, settings.models_dir)
    return _turn_model(path) if path.is_file() else None


@lru_cache(maxsize=1)
def _turn_model(path: Path) -> TurnModel:
    return TurnModel(path)


@lru_cache(maxsize=2)
def _whisper(model: str, models_dir: Path, threads: int | None) -> Hearing:
    from persona.voice.adapters.faster_whisper import WhisperHearing

    if model == _EMBEDDED:
        return WhisperHearing(verified_path(WHISPER, models_dir).parent, model, threads)
    folder = Path(model).expanduser()
    if not (folder / "model.bin").is_file():
        raise SettingsProblem(f"{folder} holds no Whisper model", "it must hold a model.bin")
    return WhisperHearing(folder, folder.name, threads)
