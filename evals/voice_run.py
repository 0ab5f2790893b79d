"""How good the voice is: likeness to the owner, how well it is understood, how fast it comes."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.errors import EvalProblem
from persona.errors import VoiceProblem
from persona.settings import Settings
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.adapters.kokoro import KokoroVoice
from persona.voice.clauses import in_clauses
from persona.voice.ears import open_hearing
from persona.voice.fitting import REPORTED, Fitted, Tools, fit_voice, open_tools, say_plain
from persona.voice.sample import utterances
from persona.voice.sound import read_sound
from persona.voice.speaker import likeness
from persona.voice.speaking import Manner, Speaking
from persona.voice.speech import Speech
from persona.voice.take import record

Progress = Callable[[str, int, int], None]

_SOUNDS = frozenset(".wav .flac .mp3 .m4a .ogg .opus .webm".split())
_REPLY = "I grew up in a small town by the sea, and I still go back every summer."


def measure_voice(settings: Settings, paths: Sequence[Path], progress: Progress) -> dict[str, Any]:
    """Fit a voice to half of each speaker's recordings and measure it on the other half.

    A folder with sounds is one speaker; so is a sound file named by itself.

    Raises:
        EvalProblem: there are no recordings.
        ModelProblem: a model isn't there.
    """
    speakers = find_speakers(paths)
    tools = open_tools(settings.models_dir, open_hearing(settings), settings.threads)
    rows: list[dict[str, Any]] = []
    for name, files in speakers.items():
        sounds = [read_sound(file) for file in files]

        def told(label: str, done: int, total: int, name: str = name) -> None:
            progress(f"{name}: {label}", done, total)

        try:
            rows.append({"speaker": name, **_speaker(sounds, tools, told)})
        except VoiceProblem as error:
            rows.append({"speaker": name, "skipped": str(error)})
    fitted = [row for row in rows if "likeness" in row]
    if not fitted:
        raise EvalProblem("no speaker could be fitted", str(rows[0].get("skipped", "")))
    return {
        **{key: _mean(fitted, key) for key in _FIGURES},
        "worst_likeness": min(row["likeness"] for row in fitted),
        "different_people": _between(speakers, tools),
        "fast": _pace(HibariVoice()),
        "n": {"speakers": len(fitted), "sentences": len(REPORTED) * len(fitted)},
        "speakers": rows,
    }


_FIGURES = (
    *("likeness", "likeness_stock", "likeness_own", "word_error_rate"),
    *("pitch_error_semitones", "pitch_error_stock", "pitch_error_own"),
    *("spectrum_error_db", "spectrum_error_stock", "spectrum_error_own"),
    *("distillmos_difference", "dnsmos_difference", "real_time_factor", "first_audio_ms"),
    "fitting_seconds",
)


def find_speakers(paths: Sequence[Path]) -> dict[str, list[Path]]:
    """Return the recordings under some paths by speaker.

    Raises:
        EvalProblem: there are none.
    """
    found: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and file.suffix.lower() in _SOUNDS:
                found[file.parent.name if path.is_dir() else file.stem].append(file)
    if not found:
        raise EvalProblem("no recordings were found", "name folders with WAV, FLAC or MP3 files")
    return dict(found)


def _speaker(sounds: list[Speech], tools: Tools, progress: Progress) -> dict[str, Any]:
    import time

    began = time.perf_counter()
    fitted = fit_voice(sounds, tools, progress)
    seconds = time.perf_counter() - began
    fit = fitted.fit
    pace = _pace(KokoroVoice(tools.network, fitted.voice))
    return {
        "likeness": round(fit.after, 3),
        "likeness_stock": round(fit.before, 3),
        "likeness_own": round(fit.own, 3),
        "stock": fit.stock,
        "word_error_rate": round(fit.word_error_rate or 0.0, 3),
        "pitch_error_semitones": round(fit.pitch_after, 2),
        "pitch_error_stock": round(fit.pitch_before, 2),
        "pitch_error_own": round(fit.pitch_own or 0.0, 2),
        "spectrum_error_db": round(fit.spectrum_after, 2),
        "spectrum_error_stock": round(fit.spectrum_before, 2),
        "spectrum_error_own": round(fit.spectrum_own or 0.0, 2),
        **_naturalness(fitted, sounds, tools),
        **pace,
        "fitting_seconds": round(seconds),
        "sample_seconds": round(fit.sample_seconds, 1),
    }


def _naturalness(fitted: Fitted, sounds: list[Speech], tools: Tools) -> dict[str, float]:
    """Return predicted opinion scores of the fitted voice less those of the real sample."""
    from evals.naturalness import judges

    real = utterances(sounds)[1::2][:4]
    made = [say_plain(fitted.voice, text, tools.network) for text in REPORTED]
    return {
        f"{name}_difference": round(
            float(np.mean([judge(s) for s in made]) - np.mean([judge(s) for s in real])), 2
        )
        for name, judge in judges(tools.models_dir).items()
    }


def _pace(voice: Speaking) -> dict[str, Any]:
    """Return how soon and how fast a reply of one sentence comes; the best of three."""
    list(voice.speak(["Hello."], Manner()))
    takes = [record(voice.speak(in_clauses(_REPLY), Manner())) for _ in range(3)]
    return {
        "first_audio_ms": round(min(take.first_audio_ms for take in takes)),
        "real_time_factor": round(min(take.real_time_factor for take in takes), 3),
    }


def _between(speakers: dict[str, list[Path]], tools: Tools) -> float | None:
    """Return the mean likeness of different speakers: what a stranger scores."""
    means = [
        tools.encoder.embed_speaker([read_sound(file) for file in files[:4]])
        for files in speakers.values()
    ]
    pairs = [likeness(a, b) for i, a in enumerate(means) for b in means[i + 1 :]]
    return round(float(np.mean(pairs)), 3) if pairs else None


def _mean(rows: list[dict[str, Any]], key: str) -> float | None:
    values = [row[key] for row in rows if row.get(key) is not None]
    return round(float(np.mean(values)), 3) if values else None
