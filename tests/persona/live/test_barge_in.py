"""Who has the word: a hum and a cough leave it, words take it within a moment."""

from collections.abc import Sequence

import numpy as np
import pytest

from persona.live.barge_in import BargeIn
from persona.live.events import Lowered
from persona.live.performance import Performance
from persona.live.stage import DUCKED, Stage
from persona.voice.ear import RATE, Ear
from persona.voice.sound import Samples
from tests.persona.live.talk import spoken

QUIET = np.zeros(RATE, np.float32)


def cough() -> Samples:
    """Return a burst of breath that dies away."""
    noise = np.random.default_rng(4).normal(0, 0.2, round(0.35 * RATE))
    return (noise * np.exp(-np.arange(len(noise)) / (0.08 * RATE))).astype(np.float32)


def levels(parts: Sequence[Samples], *, aside_at: float | None = None) -> list[tuple[float, float]]:
    """Return how loud the twin is and from when on, in seconds, while a visitor sounds.

    Args:
        parts: what the visitor's microphone brings, after a second of quiet.
        aside_at: when it turns out that what was said was an aside.
    """
    ear = Ear()
    found: list[tuple[float, float]] = []

    def note(event: Lowered) -> None:
        found.append((event.to, round(ear.seconds - 1.0, 2)))

    stage = Stage(None, lambda _beat: None, lambda: None)
    act = Performance(stage)
    act.begin()
    barge_in = BargeIn(stage, note)
    sound = np.concatenate([QUIET, *parts, QUIET])
    sound += np.random.default_rng(1).normal(0, 1e-4, len(sound)).astype(np.float32)
    for start in range(0, len(sound), 320):
        for state in ear.feed(sound[start : start + 320]):
            barge_in.weigh(state, act)
        if aside_at is not None and ear.seconds - 1.0 > aside_at:
            barge_in.resume(act, 0.1)
            aside_at = None
    return found


@pytest.mark.parametrize("text", ["Mm-hmm.", "Hmm."])
def test_a_hum_does_not_silence_the_twin(text: str) -> None:
    assert 0.0 not in dict(levels([spoken(text)]))


def test_a_cough_does_not_silence_it() -> None:
    assert 0.0 not in dict(levels([cough(), QUIET[: RATE // 4], cough()]))


@pytest.mark.parametrize("text", ["No wait, please stop.", "Where did you move?", "Sorry, can I?"])
def test_words_silence_it_within_a_moment(text: str) -> None:
    said = spoken(text)
    begins = int(np.argmax(np.abs(said) > 0.02)) / RATE
    silent = next(at for level, at in levels([said]) if level == 0.0)
    assert silent - begins < 0.3


def test_after_a_hum_it_is_as_loud_as_before_though_the_turn_is_not_over() -> None:
    found = levels([spoken("Hmm.")])
    assert [level for level, _ in found] == [DUCKED, 1.0]
    assert found[1][1] - len(spoken("Hmm.")) / RATE < 0.25


def test_after_an_aside_it_goes_on_until_more_words_come() -> None:
    yeah = spoken("Yeah.")
    parts = [yeah, QUIET[: RATE // 4], spoken("But where did you move then?")]
    found = levels(parts, aside_at=len(yeah) / RATE + 0.2)
    assert [level for level, _ in found if level != DUCKED] == [0.0, 1.0, 0.0]
