"""Recordings of a made-up sitting: the astronaut's portrait, and speech by the fast voice."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np
import pytest

from persona.face.landmarks import Picture
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.sound import joined
from persona.voice.speaking import Manner
from persona.voice.speech import Speech

SAID = (
    "My name is Ana Reis.",
    "I was born in Lisbon, and I work as a nurse.",
    "On Sundays I swim in the sea with my sister.",
)


@cache
def portrait() -> Picture:
    """Return the astronaut's head and shoulders, [400, 512, 3]."""
    data: Any = pytest.importorskip("skimage.data")
    return cv2.cvtColor(data.astronaut()[:400], cv2.COLOR_RGB2BGR).astype(np.uint8)


def sitting(count: int, picture: Picture | None = None) -> Iterator[Picture]:
    """Yield pictures of a head that sways a little."""
    still = portrait() if picture is None else picture
    for number in range(count):
        yield np.ascontiguousarray(np.roll(still, round(4 * np.sin(number / 9)), axis=1))


@cache
def speech(lines: tuple[str, ...] = SAID) -> Speech:
    """Return lines said by the fast voice, with pauses between them."""
    voice = HibariVoice()
    pause = np.zeros(int(0.6 * 24_000), np.float32)
    parts = [joined(voice.speak([line], Manner())) for line in lines]
    samples = np.concatenate([x for part in parts for x in (part.samples, pause)])
    return Speech(samples=samples, sample_rate=24_000)


def deeper(said: Speech, factor: float = 0.78) -> Speech:
    """Return speech as another person would sound: played slower, so that all of it is deeper."""
    return Speech(samples=said.samples, sample_rate=round(said.sample_rate * factor))
