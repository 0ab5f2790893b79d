"""How long it is silent around a clause."""

import numpy as np
import pytest

from persona.voice.adapters.hibari import HibariVoice
from persona.voice.speaking import Manner
from persona.voice.speech import SILENCE, Speech


def said(clause: str) -> Speech:
    """Return a clause as the fast voice says it."""
    (speech,) = HibariVoice().speak([clause], Manner())
    return speech


def silence_after(speech: Speech) -> float:
    """Return how long nothing is heard at the end, in seconds."""
    loud = np.flatnonzero(np.abs(speech.samples) > 0.01 * np.abs(speech.samples).max())
    return speech.seconds - (int(loud[-1]) + 1) / speech.sample_rate


@pytest.mark.parametrize("clause", ["Well,", "It was Tuesday.", "two old houses near the river"])
def test_a_clause_begins_at_once_and_its_times_cover_it(clause: str) -> None:
    speech = said(clause)
    first = speech.phones[0]
    assert first.symbol == SILENCE
    assert first.end <= 0.12
    assert speech.phones[-1].end == pytest.approx(speech.seconds, abs=0.03)
    assert all(a.end == b.start for a, b in zip(speech.phones, speech.phones[1:], strict=False))
    assert speech.words[-1].end <= speech.seconds + 1e-6


def test_a_sentence_ends_with_a_longer_silence_than_a_part_of_one() -> None:
    whole = silence_after(said("She came home in May."))
    part = silence_after(said("She came home in May"))
    assert part <= 0.081 < whole <= 0.301
