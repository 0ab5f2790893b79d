"""Fingerprints of what a run hangs on besides the twin: models, prompt, code."""

import hashlib
import inspect
from importlib.metadata import version
from pathlib import Path

from memory.store import Memory
from persona import prompt
from persona.bootstrap import Workshop
from persona.model_table import EMBEDDED_MODELS, MINILM
from persona.profile import load_profile

_LENGTH = 16
_ENDS = 1 << 20
"""Bytes at either end of a weights file of the owner's that are hashed; they take seconds whole."""


def prints_of(workshop: Workshop, memory: Memory) -> dict[str, str]:
    """Return fingerprints by what they are of; a hosted model has none, only its name."""
    chat = workshop.chat()
    found = {"prompt": _of_prompt(memory), "encoder": _short(MINILM.sha256)}
    if chat is not None and chat.name.startswith("llamacpp:"):
        found["chat"] = _of_weights(chat.name.partition(":")[2], workshop.settings.chat)
    found["selfsame"] = version("selfsame")
    return found


def _of_prompt(memory: Memory) -> str:
    """Hash what builds the prompt, and the head that it builds for this twin."""
    head = prompt.head_of(memory, load_profile(memory))
    text = inspect.getsource(prompt) + "\x1e".join(str(message.content) for message in head)
    return _short(hashlib.sha256(text.encode()).hexdigest())


def _of_weights(name: str, chosen: str) -> str:
    known = next((model for model in EMBEDDED_MODELS if model.name == name), None)
    if known is not None:
        return _short(known.sha256)
    path = Path(chosen.partition(":")[2]).expanduser()
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_ENDS)
        file.seek(max(0, size - _ENDS))
        return _short(hashlib.sha256(f"{size}".encode() + head + file.read()).hexdigest())


def _short(digest: str) -> str:
    return digest[:_LENGTH]
