"""What is kept of a twin's voice: sample, the fitted style, choices and what was spent."""

import io
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from memory.shelf import Shelf
from persona.voice.adapters.kokoro import Voice
from persona.voice.sound import read_sound, wav_bytes
from persona.voice.speech import Speech

SAMPLE = "sample.wav"
_PROFILE, _STYLE = "voice.json", "fitted.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a voice was fitted and what it brought, on words that were not used in the fitting."""

    stock: str
    """The stock voice it began from."""
    before: float
    """Likeness of the nearest stock voice."""
    after: float
    """Likeness of the fitted voice."""
    own: float
    """Likeness of the owner's own held-out speech, the ceiling."""
    pitch_before: float
    """Semitones between the median pitch of the stock voice and the owner's."""
    pitch_after: float
    spectrum_before: float
    """dB between the long-term spectra of the stock voice and the owner's."""
    spectrum_after: float
    pitch_own: float | None = None
    """Semitones between two halves of the owner's own speech: as near as can be expected."""
    spectrum_own: float | None = None
    """dB between them."""
    word_error_rate: float | None
    """Of the fitted voice, by the embedded transcriber."""
    sample_seconds: float
    fitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceProfile:
    """What is known and chosen about a twin's voice."""

    choice: str = "auto"
    """`provider:voice`; `auto` leaves it to the settings, or is the fitted voice."""
    speed: float = 1.0
    pronunciations: dict[str, str] = field(default_factory=dict[str, str])
    fit: Fit | None = None
    clones: dict[str, str] = field(default_factory=dict[str, str])
    """Ids of voices made at a provider, by its name."""
    to_delete: tuple[tuple[str, str], ...] = ()
    """Providers and ids of voices that were taken back but couldn't be deleted there yet."""
    spent: dict[str, int] = field(default_factory=dict[str, int])
    """Characters sent away, by `provider YYYY-MM`."""


_ADAPTER = TypeAdapter(VoiceProfile)


def load_profile(shelf: Shelf) -> VoiceProfile:
    """Return what is kept of a voice; the defaults when nothing is."""
    kept = shelf.get(_PROFILE)
    return _ADAPTER.validate_json(kept) if kept else VoiceProfile()


def save_profile(shelf: Shelf, profile: VoiceProfile) -> None:
    """Keep a profile."""
    shelf.put(_PROFILE, _ADAPTER.dump_json(profile, indent=2))


def save_fitted(shelf: Shelf, voice: Voice) -> None:
    """Keep a fitted voice."""
    plain: dict[str, Any] = asdict(voice)
    pack = plain.pop("pack")
    out = io.BytesIO()
    np.savez_compressed(out, pack=pack.astype(np.float16), rest=np.array(json.dumps(plain)))
    shelf.put(_STYLE, out.getvalue())


def load_fitted(shelf: Shelf) -> Voice | None:
    """Return the fitted voice; None when there is none."""
    kept = shelf.get(_STYLE)
    if kept is None:
        return None
    with np.load(io.BytesIO(kept), allow_pickle=False) as file:
        rest = json.loads(str(file["rest"]))
        rest["gains"] = tuple(rest["gains"])
        return Voice(pack=file["pack"].astype(np.float32), **rest)


def save_sample(shelf: Shelf, sample: Speech) -> None:
    """Keep a sample of the owner's voice, to compare with and to clone from."""
    shelf.put(SAMPLE, wav_bytes(sample))


def load_sample(shelf: Shelf) -> Speech | None:
    """Return the sample of the owner's voice; None when there is none."""
    path = shelf.path(SAMPLE)
    return read_sound(path) if path else None


def has_voice(shelf: Shelf) -> bool:
    """Return whether anything of the owner's voice is kept."""
    return any(shelf.path(name) is not None for name in (SAMPLE, _STYLE))


def forget_voice(shelf: Shelf) -> None:
    """Delete fitted voice and sample; pronunciations stay, and so does what is still elsewhere."""
    for name in (SAMPLE, _STYLE):
        shelf.remove(name)
    profile = load_profile(shelf)
    left = (*profile.to_delete, *profile.clones.items())
    save_profile(shelf, replace(profile, fit=None, choice="auto", clones={}, to_delete=left))
