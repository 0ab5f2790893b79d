"""Voice and face: what `eval voice` and `eval face` measured for a twin, and its fitting."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.fidelity.figure import Better, Figure
from evals.fidelity.interval import bootstrap
from memory.store import Memory
from persona.voice.profile import Fit, load_profile

VOICE_RUN, FACE_RUN = "voice.json", "face.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A figure of a sense and where what it is held against stands in the kept run."""

    name: str
    label: str
    better: Better
    gate: float | None = None
    of_ceiling: float | None = None
    """Share of the ceiling that is aimed at, where that is the aim."""
    floor_name: str = ""
    floor: float | None = None
    floor_is: str = ""
    ceiling_name: str = ""
    ceiling: float | None = None
    ceiling_is: str = ""
    anchor: str = ""
    headline: bool = False


_STOCK, _HALVES = "the nearest stock voice", "two halves of the owner's speech"
_VOICE = (
    _Row(
        name="likeness", label="Likeness of the voice to held-out speech", better="more",
        of_ceiling=0.9,
        floor_name="likeness_stock", floor_is=_STOCK,
        ceiling_name="likeness_own", ceiling_is="the owner's other speech",
        anchor="Same person 0.91, others 0.55 (Resemblyzer on LibriSpeech)", headline=True,
    ),
    _Row(
        name="word_error_rate", label="Words misheard by the transcriber", better="less", gate=0.1,
        ceiling=0.0, ceiling_is="none",
        anchor="Real read speech 0.02, Pocket TTS 0.018 (LibriSpeech, larger transcribers)",
    ),
    _Row(
        name="pitch_error_semitones", label="Pitch, semitones away", better="less",
        floor_name="pitch_error_stock", floor_is=_STOCK,
        ceiling_name="pitch_error_own", ceiling_is=_HALVES,
    ),
    _Row(
        name="spectrum_error_db", label="Long-term spectrum, dB away", better="less",
        floor_name="spectrum_error_stock", floor_is=_STOCK,
        ceiling_name="spectrum_error_own", ceiling_is=_HALVES,
    ),
    _Row(
        name="distillmos_difference", label="Naturalness less the sample's, DistillMOS",
        better="more", gate=-0.3, ceiling=0.0, ceiling_is="as the sample",
    ),
    _Row(
        name="dnsmos_difference", label="Naturalness less the sample's, DNSMOS",
        better="more", gate=-0.3, ceiling=0.0, ceiling_is="as the sample",
    ),
)  # fmt: skip
_REAL = "the real clip"
_FACE = (
    _Row(
        name="correlation", label="Mouth and loudness, correlation", better="more", gate=0.55,
        floor=0.0, floor_is="a mouth that doesn't move", ceiling_name="correlation",
        ceiling_is=_REAL, headline=True,
    ),
    _Row(
        name="closures", label="Lips closed on p, b and m", better="more", gate=0.9,
        floor=0.0, floor_is="never", ceiling=1.0, ceiling_is="always",
    ),
    _Row(
        name="identity_distance", label="Distance to the real face", better="less", gate=0.35,
        floor=0.6, floor_is="where dlib takes two faces for two people",
        ceiling_name="identity_distance", ceiling_is=_REAL,
    ),
)  # fmt: skip


def keep_sense_run(memory: Memory, name: str, figures: Mapping[str, Any]) -> None:
    """Keep what `eval voice` or `eval face` measured for a twin."""
    memory.measurements.put(name, json.dumps(figures, default=str).encode())


def sense_figures(memory: Memory) -> list[Figure]:
    """Return the figures of a twin's voice and face; none where there is neither."""
    return [*_voice(memory), *_face(_kept(memory, FACE_RUN))]


def _kept(memory: Memory, name: str) -> dict[str, Any]:
    content = memory.measurements.get(name)
    return json.loads(content) if content else {}


def _voice(memory: Memory) -> Iterator[Figure]:
    run = _kept(memory, VOICE_RUN)
    fit = load_profile(memory.voice).fit
    if run:
        speakers = [row for row in run.get("speakers", []) if "likeness" in row]
        n = run.get("n", {}).get("sentences", 0)
        for row in _VOICE:
            each = [speaker[row.name] for speaker in speakers if row.name in speaker]
            yield from _figure("voice", row, run, run, n, each)
    elif fit is not None:
        told = _of_fit(fit)
        for row in _VOICE:
            yield from _figure("voice", row, told, told, 1, ())


def _of_fit(fit: Fit) -> dict[str, Any]:
    return {
        "likeness": fit.after,
        "likeness_stock": fit.before,
        "likeness_own": fit.own,
        "word_error_rate": fit.word_error_rate,
        "pitch_error_semitones": fit.pitch_after,
        "pitch_error_stock": fit.pitch_before,
        "pitch_error_own": fit.pitch_own,
        "spectrum_error_db": fit.spectrum_after,
        "spectrum_error_stock": fit.spectrum_before,
        "spectrum_error_own": fit.spectrum_own,
    }


def _face(run: Mapping[str, Any]) -> Iterator[Figure]:
    made, real = run.get("made", {}), run.get("real", {})
    clips = [clip["made"] for clip in run.get("clips", []) if "made" in clip]
    for row in _FACE:
        name = "correlation_by_sentence" if row.name == "correlation" else row.name
        each = [value for clip in clips for value in _several(clip.get(name))]
        yield from _figure("face", row, made, real, int(run.get("sentences", 0)), each)


def _several(value: Any) -> list[float]:
    """Return the figures of a clip, whether it has one or one for each sentence."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]  # pyright: ignore


def _figure(
    section: str,
    row: _Row,
    made: Mapping[str, Any],
    real: Mapping[str, Any],
    n: int,
    each: Sequence[float],
) -> Iterator[Figure]:
    """Yield the figure of a row, if it was measured.

    Args:
        section: `voice` or `face`.
        row: which figure.
        made: what was measured of the twin, and of what stands for the floor.
        real: what was measured of the person.
        n: how many sentences it rests on.
        each: its value by speaker, clip or sentence, for the interval.
    """
    value = made.get(row.name)
    if value is None:
        return
    low, high = bootstrap(each) if len(each) > 1 else (None, None)
    ceiling = real.get(row.ceiling_name) if row.ceiling_name else row.ceiling
    floor = made.get(row.floor_name) if row.floor_name else row.floor
    aimed = row.of_ceiling and ceiling and round(row.of_ceiling * ceiling, 4)
    yield Figure(
        key=f"{section}.{row.name}",
        section=section,
        label=row.label,
        value=round(float(value), 4),
        n=n,
        low=low,
        high=high,
        floor=floor,
        floor_is=row.floor_is if floor is not None else "",
        ceiling=ceiling,
        ceiling_is=row.ceiling_is if ceiling is not None else "",
        gate=aimed or row.gate,
        better=row.better,
        anchor=row.anchor,
        unit="number",
        headline=row.headline,
        note="" if len(each) > 1 else f"One {section}: no interval.",
    )
