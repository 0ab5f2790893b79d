"""What this machine does for a twin: models in use, where the data lies, what can be set."""

from os import stat_result
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic import SecretStr

from persona.chat_model import chosen_model
from persona.models import status
from persona.settings import Settings

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Choice(NamedTuple):
    """One thing that can be set."""

    variable: str
    value: str
    """What it is now; of a secret only whether there is one."""
    is_set: bool
    about: str


class Part(NamedTuple):
    """A model in use."""

    role: str
    name: str
    local: bool
    why: str


def choices(settings: Settings) -> list[Choice]:
    """Return everything that can be set, in the order of the settings."""
    return [
        Choice(
            variable=_variable(name),
            value=_shown(getattr(settings, name)),
            is_set=name in settings.model_fields_set,
            about=" ".join((field.description or "").split()),
        )
        for name, field in type(settings).model_fields.items()
    ]


def parts(settings: Settings) -> list[Part]:
    """Return the models in use and why it is these."""
    return [_chat(settings), _embedding(settings), _index(settings)]


def leaves_machine(settings: Settings) -> list[str]:
    """Return what is sent to somebody else's machine; empty when all stays here."""
    return [part.role for part in parts(settings) if not part.local]


def model_files(settings: Settings) -> list[tuple[str, str]]:
    """Return the embedded models, each with what is there of it."""
    return [(row.model.about, row.state) for row in status(settings.models_dir)]


def folder_size(folder: Path) -> int:
    """Return how much a folder takes on disk."""
    return sum(_on_disk(path.stat()) for path in folder.rglob("*") if path.is_file())


def _on_disk(file: stat_result) -> int:
    """Return the room a file takes; the index reserves much more than it fills."""
    blocks = getattr(file, "st_blocks", None)  # not on every system
    return file.st_size if blocks is None else blocks * 512


def _variable(name: str) -> str:
    alias = Settings.model_fields[name].validation_alias
    return alias if isinstance(alias, str) else f"SELFSAME_{name.upper()}"


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "set, not shown"
    return "not set" if value is None else str(value)


def _chat(settings: Settings) -> Part:
    choice = chosen_model(settings)
    provider, _, model = choice.partition(":")
    asked = "as SELFSAME_CHAT asks" if settings.chat != "auto" else "chosen by itself"
    if choice == "none":
        why = "replies quote the owner's own words; get a model with: selfsame models --fetch"
        return Part("Words the replies", "no model", True, why)
    if provider == "llamacpp":
        return Part("Words the replies", model, True, f"runs on this machine, {asked}")
    local = _is_local(settings.base_url)
    return Part("Words the replies", model, local, f"asked at {_place(settings.base_url)}, {asked}")


def _embedding(settings: Settings) -> Part:
    provider, _, model = settings.embedding.partition(":")
    local = provider != "openai" or _is_local(settings.base_url)
    place = (
        "runs on this machine" if provider != "openai" else f"asked at {_place(settings.base_url)}"
    )
    return Part("Finds memories", model, local, f"{place}, as SELFSAME_EMBEDDING says")


def _index(settings: Settings) -> Part:
    if settings.qdrant_url is None:
        return Part("Keeps the index", "Qdrant Edge", True, "inside the home")
    local = _is_local(settings.qdrant_url)
    return Part("Keeps the index", "Qdrant", local, f"a server at {settings.qdrant_url}")


def _place(url: str | None) -> str:
    return url or "OpenAI"


def _is_local(url: str | None) -> bool:
    return url is not None and urlsplit(url).hostname in _LOOPBACK
