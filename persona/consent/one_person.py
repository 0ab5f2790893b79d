"""Whether recordings are of one person, by their voices."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from persona.consent.spoken import SAME_VOICE
from persona.voice.speaker import Embedding, SpeakerEncoder, likeness
from persona.voice.speech import Speech

_COMPARED = 120
"""Seconds of a recording that are compared."""


class OnePerson(NamedTuple):
    """What comparing the voices of some recordings shows."""

    likeness: float | None = None
    """Of the two least alike; None where there is nothing to compare."""
    others: tuple[str, ...] = ()
    """Names of the recordings that aren't taken for the owner's, or for one person's."""
    known: bool = False
    """Whether they were compared with the owner's voice, and not with each other."""


def compare_voices(
    sounds: Mapping[str, Speech], known: Embedding | None, encoder: SpeakerEncoder
) -> OnePerson:
    """Compare recordings with a voice that is known, or with each other where none is.

    Args:
        sounds: the recordings by name.
        known: the voice of the owner.
        encoder: tells how alike voices are.
    """
    points = {name: encoder.embed(_beginning(sound)) for name, sound in sounds.items()}
    if known is not None:
        alike = {(name,): likeness(point, known) for name, point in points.items()}
    else:
        alike = {(a, b): likeness(points[a], points[b]) for a, b in combinations(sorted(points), 2)}
    others = {name for pair, one in alike.items() if one < SAME_VOICE for name in pair}
    return OnePerson(
        min(alike.values(), default=None), tuple(sorted(others)), known=known is not None
    )


def _beginning(sound: Speech) -> Speech:
    return Speech(
        samples=sound.samples[: _COMPARED * sound.sample_rate], sample_rate=sound.sample_rate
    )
