"""How quick a live conversation is: a scripted visitor talks to the real app through a browser.

All that counts is measured in the page, by its own clock: when the microphone falls silent, when
the twin is heard, when its first frame is shown. The stages between come from the turns' own
timelines. The first turn after the start is cold, the next four warm, those after them steady.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench import enrol_sample
from evals.live_page import LivePage, live_page, served
from evals.recall_run import Progress
from ingest.sample import PORTRAIT, PORTRAIT_POINTS, load_sample
from memory.shelf import Shelf
from persona.bootstrap import Workshop
from persona.face.footage import FPS
from persona.live.timeline import summary
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
_WARM = 5
_TYPED, _STOPPED = 8, 6
_OPENING_MS = 5000.0
"""Of a connection, while clocks settle: left out of offsets."""

Sounds = Sequence[dict[str, float]]


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
            ready_ms, before = page.ready_ms, _resident_mb(process)
            _follow(page, seconds, progress)
            spoken = page.found()
            typed = _type(page, questions, progress)
            stopped = _stop(page, questions, progress)
            whole = page.found()
            after = _resident_mb(process)
    return {
        "turns": turns,
        "opening_ms": round(ready_ms),
        **_answers(spoken["mic"], spoken["twin"]),
        "stages": _stages(spoken["times"], ()),
        "stages_typed": _stages(whole["times"], spoken["times"]),
        "first_frame_after_beat_ms": _spread(whole["figures"]["shown"]),
        "typed_to_first_frame_ms": _spread(typed),
        "stop_to_silence_ms": _spread(stopped),
        "cut_short": spoken["cuts"],
        **_pictures(whole["figures"]),
        "memory_mb": {"before": before, "after": after},
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


def _follow(page: LivePage, seconds: float, progress: Progress) -> None:
    page.begin()
    for second in range(0, round(seconds) + 4, 2):
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


def _answers(mic: Sounds, twin: Sounds) -> dict[str, Any]:
    """Return how long the visitor waited for sound, and how long the twin spoke on when cut."""
    waits: list[float] = []
    cut: list[float] = []
    for number, said in enumerate(mic):
        until = mic[number + 1]["from"] if number + 1 < len(mic) else float("inf")
        heard = next((t["from"] for t in twin if said["to"] < t["from"] < until), None)
        if heard is not None:
            waits.append(heard - said["to"])
        cut += [t["to"] - said["from"] for t in twin if t["from"] < said["from"] < t["to"]]
    return {
        "speech_to_sound_ms": {
            "cold": _spread(waits[:1]),
            "warm": _spread(waits[1:_WARM]),
            "steady": _spread(waits[_WARM:]),
            "all": _spread(waits),
        },
        "visitor_speaks_to_silence_ms": _spread(cut),
    }


def _stages(
    told: Sequence[dict[str, Any]], before: Sequence[dict[str, Any]]
) -> dict[str, dict[str, float]]:
    """Return the stages of the turns that were told of, without those told of before."""
    turns = {times["turn"]: times["times"] for times in told}  # the last word on a turn counts
    for times in before:
        turns.pop(times["turn"], None)
    return summary(turns.values())


def _pictures(figures: dict[str, Any]) -> dict[str, Any]:
    """Return how sound and picture went together, and how steady the pictures came."""
    offsets = np.array(figures["offsets"], np.float64).reshape(-1, 2)
    kept = offsets[offsets[:, 0] > offsets[:1, 0].sum() + _OPENING_MS]
    gaps = np.diff(np.array(figures["frames"], np.float64))
    result: dict[str, Any] = {"frames_per_second": None, "drift_ms_a_minute": None}
    if len(gaps):
        result["frames_per_second"] = round(float(1000 / np.mean(gaps)), 1)
        result["frame_interval_ms"] = _spread(gaps.tolist())
        result["late_frames"] = round(float(np.mean(gaps > 1.5 * 1000 / FPS)), 3)
    if len(kept) > 1:
        result["offset_ms"] = {**_spread(kept[:, 1].tolist()), **_tails(kept[:, 1])}
        slope = float(np.polyfit(kept[:, 0] / 60_000, kept[:, 1], 1)[0])
        result["drift_ms_a_minute"] = round(slope, 2)
        result["minutes"] = round(float(kept[-1, 0] - kept[0, 0]) / 60_000, 1)
    return result


def _tails(offsets: "np.ndarray[Any, np.dtype[np.float64]]") -> dict[str, float]:
    """Return the ends of 95 in 100 offsets; positive is sound before picture."""
    low, high = np.percentile(offsets, [2.5, 97.5]).tolist()
    return {"low": round(low, 1), "high": round(high, 1)}


def _spread(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {"n": 0}
    p50, p95 = np.percentile(values, [50, 95]).tolist()
    return {"n": len(values), "p50": round(p50, 1), "p95": round(p95, 1)}


def _resident_mb(process: int) -> int | None:
    """Return the memory a process holds, on systems that tell."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmRSS"))
    return int(line.split()[1]) // 1024
