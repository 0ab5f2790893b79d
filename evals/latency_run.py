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

from evals.latency_figures import pictures, spread, stages, waits
from evals.live_page import LivePage, live_page, served
from evals.machine_load import MachineLoad
from evals.recall_run import Progress
from evals.scripted_visitor import enrol_visited, record_visitor
from persona.settings import Settings

_TYPED, _STOPPED = 8, 6


def measure_latency(settings: Settings, progress: Progress, *, turns: int) -> dict[str, Any]:
    """Let a scripted visitor talk with the sample person's twin; return the figures."""
    with tempfile.TemporaryDirectory(prefix="selfsame-eval-") as folder:
        home = Path(folder) / "home"
        questions = enrol_visited(settings.model_copy(update={"home": home}), progress)
        asked = [questions[n % len(questions)] for n in range(turns)]
        wav = Path(folder) / "visitor.wav"
        interrupting = max(1, turns // 4)
        seconds = record_visitor(settings, asked, interrupting, wav)
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
        **waits(spoken["mic"], spoken["twin"], spoken["shown"], _words(spoken)),
        "stages": stages(spoken["times"], whole["times"], interrupting),
        "first_frame_after_beat_ms": spread(whole["figures"]["shown"]),
        "typed_to_first_frame_ms": spread(typed),
        "stop_to_silence_ms": spread(stopped),
        "cut_short": spoken["cuts"],
        **pictures(whole["figures"]),
        "cores": {**cores, "of": os.cpu_count()},
        "memory_mb": load.memory_mb(),
    }


def _words(spoken: dict[str, Any]) -> list[float]:
    """Return when the page heard the first word of each reply: once told of it, and buffered."""
    delays: list[float] = spoken["figures"]["delays"]
    buffered = float(np.median(delays)) if delays else 0.0
    return [at + buffered for at, state in spoken["states"] if state == "speaking"]


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
