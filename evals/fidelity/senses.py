"""Voice and face: what `eval voice` and `eval face` measured for a twin, and its fitting."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from evals.fidelity.figure import Figure
from memory.store import Memory
from persona.voice.profile import load_profile

VOICE_RUN, FACE_RUN = "voice.json", "face.json"


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
        n = run.get("n", {}).get("sentences", 0)
        own, stock = run.get("likeness_own"), run.get("likeness_stock")
        yield from _likeness(run.get("likeness"), own, stock, n)
        yield from _errors(run.get("word_error_rate"), n)
    elif fit is not None:
        yield from _likeness(fit.after, fit.own, fit.before, 1)
        yield from _errors(fit.word_error_rate, 1)


def _likeness(
    value: float | None, own: float | None, stock: float | None, n: int
) -> Iterator[Figure]:
    if value is None or not own:
        return
    yield Figure(
        key="voice.likeness",
        section="voice",
        label="Likeness to held-out speech, over the owner's own",
        value=round(value / own, 4),
        n=n,
        floor=round(stock / own, 4) if stock else None,
        floor_is="the nearest stock voice",
        ceiling=1.0,
        ceiling_is="the owner",
        gate=0.9,
        anchor="Different people 0.6 of it (Resemblyzer, LibriSpeech)",
        unit="number",
        headline=True,
    )


def _errors(value: float | None, n: int) -> Iterator[Figure]:
    if value is not None:
        yield Figure(
            key="voice.word_errors",
            section="voice",
            label="Words misheard by the transcriber",
            value=round(value, 4),
            n=n,
            gate=0.1,
            better="less",
        )


def _face(run: Mapping[str, Any]) -> Iterator[Figure]:
    rows = (
        ("face.sync", "correlation", "Mouth and loudness, correlation", "more", 0.55),
        ("face.closures", "closures", "Lips closed on p, b and m", "more", 0.9),
        ("face.identity", "identity_distance", "Distance to the real face", "less", 0.35),
    )
    made, real = run.get("made", {}), run.get("real", {})
    for key, name, label, better, gate in rows:
        if name in made:
            yield Figure(
                key=key,
                section="face",
                label=label,
                value=made[name],
                n=int(run.get("sentences", 0)),
                ceiling=real.get(name),
                ceiling_is="the real clip" if name in real else "",
                gate=gate,
                better="more" if better == "more" else "less",
                unit="number",
                headline=key == "face.sync",
            )
