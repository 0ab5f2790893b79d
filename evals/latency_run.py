"""How quick a live conversation is: a scripted visitor talks to the real app through a browser.

All that counts is measured in the page, by its own clock: when the microphone falls silent, when
the twin is heard, when its first frame is shown. The stages between come from the turns' own
timelines. The first turn after the start is cold, the next four warm, those after them steady; the
last quarter of the turns breaks in on replies. App and browser share the machine, and the figures
say how much of it each takes.
"""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench import enrol_sample
from evals.latency_figures import pictures, spread, stages, waits
from evals.live_page import LivePage, live_page, served
from evals.machine_load import MachineLoad
from evals.recall_run import Progress
from ingest.sample import PORTRAIT, PORTRAIT_POINTS, load_sample
from memory.shelf import Shelf
from persona.bootstrap import Workshop
from persona.settings import Settings
from persona.voice.sound import resampled, write_wav
from persona.voice.speech import Speech
from persona.voice.voices import TwinVoice, has_kokoro

_RATE = 16_000
_LEAD = 7.0
"""Seconds before the visitor says anything, in which the twin greets."""
_GAP, _INTERRUPT_AFTER = 9.0, 3.5
"""Seconds from one question to the next: when it lets the twin finish, and when it doesn't."""
_VISITOR = "kokoro:am_michael"
_TYPED, _STOPPED = 8, 6


def measure_latency(settings: Settings, progress: Progress, *, turns: int) -> dict[str, Any]:
    """Let a scripted visitor talk with the sample person's twin; return the figures."""
    with tempfile.TemporaryDirectory(prefix="selfsame-eval-") as folder:
        home = Path(folder) / "home"
        questions = _enrol(settings.model_copy(update={"home": home}), progress)
        asked = [questions[n % len(questions)] for n in range(turns)]
        wav = Path(folder) / "visitor.wav"
        interrupting = max(1, turns // 4)
        seconds = _record(settings, asked, interrupting, wav)
        with served(home) as (address, process), live_page(address, wav) as page:
            load = MachineLoad(process)
            _follow(page, seconds, load, progress)
            cores, spoken = load.cores(), page.found()
            typed = _type(page, questions, progress)
            stopped = _stop(page, questions, progress)
            whole = page.found()
    return {
        "turns": {"spoken": turns, "of_which_interrupting": interrupting, "typed": _TYPED},
        "parts": {"chat": settings.chat, "voice": settings.voice, "hearing": settings.hearing},
        "session_create_ms": round(page.ready_ms),
        **waits(spoken["mic"], spoken["twin"], spoken["shown"]),
        "stages": stages(spoken["times"], whole["times"], interrupting),
        "first_frame_after_beat_ms": spread(whole["figures"]["shown"]),
        "typed_to_first_frame_ms": spread(typed),
        "stop_to_silence_ms": spread(stopped),
        "cut_short": spoken["cuts"],
        **pictures(whole["figures"]),
        "cores": {**cores, "of": os.cpu_count()},
        "memory_mb": load.memory_mb(),
    }


def _enrol(settings: Settings, progress: Progress) -> list[str]:
    """Make the sample person's twin; return what a visitor may ask it."""
    sample = load_sample()
    with Workshop(settings) as workshop:
        memory = enrol_sample(workshop, sample, progress)
        workshop.consent_desk(sample.name).write("I am made up and agree to a drawn face.")
        workshop.face_desk(sample.name).build(photo=PORTRAIT, points_file=PORTRAIT_POINTS)
        memory.go_live()
    return [question.ask for question in sample.questions if question.outcome == "known"]


def _record(settings: Settings, asked: Sequence[str], interrupting: int, wav: Path) -> float:
    """Write what the visitor says, and when; return how long it takes."""
    choice = _VISITOR if has_kokoro(settings) else "hibari:heart"
    voice = TwinVoice(settings, Shelf(wav.parent / "visitor"), choice)
    noise = np.random.default_rng(0)
    parts = [np.zeros(round(_LEAD * _RATE), np.float32)]
    for number, question in enumerate(asked):
        said = [resampled(p.samples, p.sample_rate, _RATE) for p in voice.say([question])]
        gap = _GAP if number < len(asked) - interrupting else _INTERRUPT_AFTER
        parts += [*said, np.zeros(round(gap * _RATE), np.float32)]
    sound = np.concatenate(parts)
    sound += noise.normal(0, 2e-4, len(sound)).astype(np.float32)
    write_wav(wav, Speech(samples=sound, sample_rate=_RATE))
    return len(sound) / _RATE


def _follow(page: LivePage, seconds: float, load: MachineLoad, progress: Progress) -> None:
    page.begin()
    for second in range(0, round(seconds) + 4, 2):
        load.look(second)
        page.wait(2)
        progress("seconds of talk", min(second, round(seconds)), round(seconds))


def _type(page: LivePage, questions: Sequence[str], progress: Progress) -> list[float]:
    """Type some messages; return how long each took to the first frame of the reply."""
    page.open_microphone(opened=False)
    found: list[float] = []
    for number in range(_TYPED):
        page.wait_for_state("listening")
        frames = len(page.found()["figures"]["shown"])
        sent = page.type(questions[number % len(questions)])
        if page.wait_for_state("speaking"):
            page.wait(1.0)
            about = page.found()
            spoke = next((at for at, s in reversed(about["states"]) if s == "speaking"), sent)
            shown = about["figures"]["shown"][frames:]
            found += [spoke - sent + late for late in shown[:1]]
        progress("typed turns", number + 1, _TYPED)
    return found


def _stop(page: LivePage, questions: Sequence[str], progress: Progress) -> list[float]:
    """Stop the twin in the middle of some replies; return how long it was still heard."""
    found: list[float] = []
    for number in range(_STOPPED):
        page.wait_for_state("listening")
        page.type(questions[(number * 3 + 1) % len(questions)])
        if page.wait_for_state("speaking"):
            page.wait(0.9)
            pressed = page.stop()
            page.wait(1.2)
            last = page.found()["twin"][-1]
            if last["from"] < pressed:
                found.append(max(0.0, last["to"] - pressed))
        progress("stops", number + 1, _STOPPED)
    return found
