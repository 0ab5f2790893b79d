"""A visitor who talks by script: whom they visit, and what they say when, as a recording."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.asides import COUGH, SPOKEN, cough
from evals.bench import enrol_sample
from evals.recall_run import Progress
from ingest.sample import PORTRAIT, PORTRAIT_POINTS, load_sample
from memory.shelf import Shelf
from persona.bootstrap import Workshop
from persona.settings import Settings
from persona.voice.sound import Samples, resampled, write_wav
from persona.voice.speech import Speech
from persona.voice.voices import TwinVoice, has_kokoro

RATE = 16_000
_LEAD = 7.0
"""Seconds before the visitor says anything, in which the twin greets."""
_GAP, _INTERRUPT_AFTER = 9.0, 3.5
"""Seconds from one question to the next: when it lets the twin finish, and when it doesn't."""
_VISITOR = "kokoro:am_michael"


def enrol_visited(settings: Settings, progress: Progress) -> list[str]:
    """Make the sample person's twin; return what a visitor may ask it."""
    sample = load_sample()
    with Workshop(settings) as workshop:
        memory = enrol_sample(workshop, sample, progress)
        workshop.consent_desk(sample.name).write("I am made up and agree to a drawn face.")
        workshop.face_desk(sample.name).build(photo=PORTRAIT, points_file=PORTRAIT_POINTS)
        memory.go_live()
    return [question.ask for question in sample.questions if question.outcome == "known"]


def record_sounds(settings: Settings, folder: Path) -> dict[str, Samples]:
    """Return what the visitor says or does while the twin speaks, by its kind."""
    voice = _voice(settings, folder)
    said = {kind: _say(voice, text) for kind, text in SPOKEN.items()}
    return said | {COUGH: cough(RATE, seed=3)}


def _voice(settings: Settings, folder: Path) -> TwinVoice:
    choice = _VISITOR if has_kokoro(settings) else "hibari:heart"
    return TwinVoice(settings, Shelf(folder / "visitor"), choice)


def _say(voice: TwinVoice, text: str) -> Samples:
    return np.concatenate([resampled(p.samples, p.sample_rate, RATE) for p in voice.say([text])])


def record_visitor(settings: Settings, asked: Sequence[str], interrupting: int, wav: Path) -> float:
    """Write what the visitor says, and when; return how long it takes."""
    voice = _voice(settings, wav.parent)
    noise = np.random.default_rng(0)
    parts = [np.zeros(round(_LEAD * RATE), np.float32)]
    for number, question in enumerate(asked):
        gap = _GAP if number < len(asked) - interrupting else _INTERRUPT_AFTER
        parts += [_say(voice, question), np.zeros(round(gap * RATE), np.float32)]
    sound = np.concatenate(parts)
    sound += noise.normal(0, 2e-4, len(sound)).astype(np.float32)
    write_wav(wav, Speech(samples=sound, sample_rate=RATE))
    return len(sound) / RATE
