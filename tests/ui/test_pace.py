"""How long work will still take."""

import pytest

from ui.pace import Pace
from ui.wording import time_left


def _after(*seen: tuple[float, int]) -> Pace:
    pace = Pace()
    for at, done in seen:
        pace.note(at, done)
    return pace


def test_a_steady_pace_goes_on():
    assert _after((0, 0), (5, 500), (10, 1000)).seconds_left(10, 4000) == pytest.approx(30)


def test_time_runs_on_between_two_looks():
    assert _after((0, 0), (10, 1000)).seconds_left(14, 4000) == pytest.approx(26)


def test_only_the_last_half_minute_counts():
    quick = [(float(second), 10_000 * second) for second in range(11)]
    slow = [(10.0 + second, 100_000 + 100 * second) for second in range(1, 41)]
    assert _after(*quick, *slow).seconds_left(50, 105_000) == pytest.approx(10, rel=0.05)


@pytest.mark.parametrize("seen", [[], [(0, 0)], [(0, 0), (1, 100)], [(0, 5), (9, 5)]])
def test_nothing_is_said_without_grounds(seen: list[tuple[float, int]]):
    assert _after(*seen).seconds_left(10, 4000) is None


def test_a_late_look_is_never_below_nothing():
    assert _after((0, 0), (10, 990)).seconds_left(99, 1000) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "a few seconds left"), (84, "about 80 s left"), (200, "about 3 min left")],
)
def test_a_guess_is_told_as_one(seconds: float, words: str):
    assert time_left(seconds) == words
