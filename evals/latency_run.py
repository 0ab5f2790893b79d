"""How quick a live conversation is: a scripted visitor talks to the real app through a browser.

All that counts is measured in the page, by its own clock: when the microphone falls silent, when
the twin is heard, when its first frame is shown. The stages between come from the turns' own
timelines. The first turn after the start is cold, the next four warm, those after them steady; the
last quarter of the turns breaks in on replies. App and browser share the machine, and the figures
say how much of it each takes.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.asides import COUGH, HUM, WORDS, YES, Tried, reactions
from evals.clocks import together
from evals.latency_figures import gaps, pictures, spread, stages, waits
from evals.live_page import LivePage, live_page, served
from evals.machine_load import MachineLoad
from evals.recall_run import Progress
from evals.scripted_visitor import RATE, enrol_visited, record_sounds, record_visitor
from persona.settings import Settings
from persona.voice.sound import Samples

_TYPED, _STOPPED = 8, 6
_SOUNDS = (WORDS, HUM, WORDS, COUGH, WORDS, YES) * 2
_INTO_REPLY, _HEARD_OUT = 0.7, 2.5
"""Seconds of a reply before the visitor makes a sound, and after it."""


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
            tried = _sound(page, questions, record_sounds(settings, Path(folder)), progress)
            sounds, typed = _type(page, questions, progress)
            stopped = _stop(page, questions, progress)
            whole, way = page.found(), page.way
    return {
        "turns": {"spoken": turns, "of_which_interrupting": interrupting, "typed": _TYPED},
        "parts": {"chat": settings.chat, "voice": settings.voice, "hearing": settings.hearing},
        "session_create_ms": round(page.ready_ms),
        **waits(spoken["mic"], spoken["twin"], spoken["shown"], _words(spoken)),
        "stages": stages(spoken["times"], whole["times"], interrupting),
        "longest_gap_in_reply_ms": spread(gaps(whole["twin"], whole["states"])),
        "first_frame_after_beat_ms": spread(whole["figures"]["shown"]),
        "typed_to_first_sound_ms": spread(sounds),
        "typed_to_first_frame_ms": spread(typed),
        "stop_to_silence_ms": spread(stopped),
        "sounds_while_it_speaks": reactions(tried, whole),
        "cut_short": len(spoken["cut"]),
        "way": way,
        **pictures(whole["figures"]),
        **together(whole["figures"], whole["clocks"]),
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


def _type(
    page: LivePage, questions: Sequence[str], progress: Progress
) -> tuple[list[float], list[float]]:
    """Type some messages; return how long each took to a sound and to its own words' frame."""
    page.open_microphone(opened=False)
    sounds: list[float] = []
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
            heard = [burst["from"] - sent for burst in about["bursts"]]
            sounds += [wait for wait in heard if wait > 0][:1]
        progress("typed turns", number + 1, _TYPED)
    return sounds, found


def _sound(
    page: LivePage, questions: Sequence[str], sounds: Mapping[str, Samples], progress: Progress
) -> list[Tried]:
    """Make a sound into some replies; return when each was heard."""
    found: list[Tried] = []
    for number, kind in enumerate(_SOUNDS):
        page.wait_for_state("listening")
        page.type(questions[(number * 3 + 1) % len(questions)])
        if page.wait_for_state("speaking"):
            page.wait(_INTO_REPLY)
            made = page.sound(sounds[kind].tolist(), RATE)
            page.wait(_HEARD_OUT)
            heard = next((s["from"] for s in page.found()["mic"] if s["from"] >= made), made)
            found.append(Tried(kind=kind, at=heard, until=page.now()))
        page.wait_for_state("listening")
        progress("sounds of the visitor", number + 1, len(_SOUNDS))
    return found


def _stop(page: LivePage, questions: Sequence[str], progress: Progress) -> list[float]:
    """Stop the twin in the middle of some replies; return how long it was still heard."""
    found: list[float] = []
    for number in range(_STOPPED):
        page.wait_for_state("listening")
        page.type(questions[(number * 3 + 1) % len(questions)])
        if page.wait_for_state("speaking"):
            page.wait(0.9)
            if page.wait_for_sound():
                pressed = page.stop()
                page.wait(1.2)
                last = page.found()["bursts"][-1]
                found.append(max(0.0, last["to"] - pressed))
        progress("stops", number + 1, _STOPPED)
    return found
