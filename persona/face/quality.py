"""How good a face can be, from what it was built from, and what would make it better."""

from dataclasses import dataclass

import numpy as np

from persona.face.footage import FPS
from persona.face.own_face import OwnFace
from persona.face.store import BuiltFace

_MANY_MOUTHS, _WIDE_RANGE, _LONG_IDLE = 250, 0.9, 4.0
_CELLS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceQuality:
    """What there is of a face."""

    kind: str
    """`own footage` or `one picture`."""
    mouths: int
    coverage: float
    """Share of the combinations of opening and width that are there, from 0 to 1."""
    idle_seconds: float
    advice: tuple[str, ...]
    """What the owner can do for a better one; empty when there is nothing to wish for."""


def quality_of(face: BuiltFace) -> FaceQuality:
    """Return how good `face` can be."""
    if not isinstance(face, OwnFace):
        return FaceQuality(
            kind="one picture",
            mouths=1,
            coverage=0.0,
            idle_seconds=0.0,
            advice=("a minute of video of the face, speaking, gives your own mouth and motion",),
        )
    coverage = _coverage(face)
    idle = len(face.idle) / FPS
    return FaceQuality(
        kind="own footage",
        mouths=len(face.atlas.opening),
        coverage=round(coverage, 2),
        idle_seconds=round(idle, 1),
        advice=_advice(face, coverage, idle),
    )


def _coverage(face: OwnFace) -> float:
    edges = np.linspace(0, 1, _CELLS + 1)
    opening, width = face.atlas.opening.clip(0, 1), face.atlas.width.clip(0, 1)
    table, _, _ = np.histogram2d(opening, width, bins=(edges, edges))
    return float((table > 0).mean())


def _advice(face: OwnFace, coverage: float, idle: float) -> tuple[str, ...]:
    wishes: list[str] = []
    if len(face.atlas.opening) < _MANY_MOUTHS:
        wishes.append("speak for a minute or more: there are few mouths to choose from")
    if coverage < 0.7 or face.atlas.opening.max() < _WIDE_RANGE:
        wishes.append("say words with wide and with round mouths: some shapes are missing")
    if idle < _LONG_IDLE:
        wishes.append("begin with a few seconds of listening quietly: the head at rest is short")
    return tuple(wishes)
