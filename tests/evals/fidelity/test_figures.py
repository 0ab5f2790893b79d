"""The sums that the card is made of."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.fidelity.abstention import risk_coverage
from evals.fidelity.attribution import Attribution
from evals.fidelity.compare import compare
from evals.fidelity.features import Yardstick, features_of, masked
from evals.fidelity.figure import Figure, Run
from evals.fidelity.interval import bootstrap, mean_figure, wilson
from evals.fidelity.style import Hand, attribution_figures, gap_figure, tell_figure
from evals.fidelity.tells import burst_shape, length_shape, shape_distance, tells
from evals.fidelity.wording import note_of, sureness
from tests.evals.fidelity.runs import run_with

ANA = [f"haha i {verb} it lol, so {word}" for verb in "saw had got".split()
       for word in "nice cool weird good bad fine sweet fun".split()] * 4  # fmt: skip
BEN = [f"I have {verb} the {word}. It was adequate." for verb in "seen had got".split()
       for word in "report garden letter house train meal film book".split()] * 4  # fmt: skip


def run_of(*figures: Figure) -> Run:
    return run_with(figures=figures)


def test_an_interval_holds_the_mean_and_narrows() -> None:
    few, many = bootstrap([0.0, 1.0] * 5), bootstrap([0.0, 1.0] * 200)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]


def test_a_share_has_wilsons_interval_unless_cases_hang_together() -> None:
    values = [1.0, 0.0, 1.0, 1.0] * 5
    assert bootstrap(values) == wilson(15, 20)
    assert bootstrap(values, [str(n // 4) for n in range(20)]) == (0.75, 0.75)
    assert bootstrap([1.0] * 8, ["one"] * 8) == wilson(8, 8)


def test_cases_that_hang_together_count_as_one() -> None:
    values = ([0.0] * 4 + [1.0] * 4) * 5
    apart = bootstrap(values, [str(n) for n in range(40)])
    together = bootstrap(values, [str(n // 4) for n in range(40)])
    assert together[0] < apart[0] < 0.5 < apart[1] < together[1]
    assert apart == pytest.approx(bootstrap(values), abs=0.06)


def in_sittings(values: Sequence[float], each: int) -> Figure:
    """Return a figure of cases, so many of them from one sitting."""
    items = {str(n): value for n, value in enumerate(values)}
    sittings = {name: str(n // each) for n, name in enumerate(items)}
    return mean_figure(items, sittings=sittings, key="recall.right", label="Right")


def test_two_runs_differ_by_sittings_where_they_kept_them() -> None:
    before, now = [0.5] * 40, [0.7] * 5 + [0.5] * 35
    verdicts = [
        compare(run_of(in_sittings(before, each)), run_of(in_sittings(now, each)))[0].verdict
        for each in (1, 5)
    ]
    assert verdicts == ["better", "no difference shown"]


def test_a_few_sittings_make_neither_an_interval_nor_a_difference() -> None:
    poor, good = in_sittings([0.0, 1.0] * 20, 20), in_sittings([1.0] * 40, 20)
    assert (poor.low, poor.high, good.low) == (None, None, None)
    assert "too few sittings" in note_of(poor)
    assert sureness(poor) == "n = 40"
    assert compare(run_of(poor), run_of(good))[0].verdict == "can't be told"


def test_a_handful_of_cases_makes_no_difference() -> None:
    poor = mean_figure({"a": 0.0, "b": 0.0}, key="recall.right", label="Right")
    good = mean_figure({"c": 1.0, "d": 1.0}, key="recall.right", label="Right")
    assert compare(run_of(poor), run_of(good))[0].verdict == "can't be told"


def test_every_reply_counts_as_often_as_it_was_given() -> None:
    hand = Hand(owner="Ana", kept=ANA[::2], held=ANA[1::2], crowd={})
    kept, gave_away = "haha i saw it", "As an AI, I'd be happy to help!"
    before = tell_figure(hand, [f"{kept} {n}" for n in range(6)] + [kept] * 34)
    now = tell_figure(hand, [f"{kept} {n}" for n in range(6)] + [kept] * 4 + [gave_away] * 30)
    assert (before.value, now.value, now.n) == (0, 75, 40)
    assert compare(run_of(before), run_of(now))[0].verdict == "worse"


def test_no_sign_in_some_replies_is_no_proof_of_none() -> None:
    hand = Hand(owner="Ana", kept=ANA[::2], held=ANA[1::2], crowd={})
    figure_ = tell_figure(hand, ANA[:20])
    assert figure_.value == figure_.low == 0
    assert figure_.high == pytest.approx(100 * wilson(0, 20)[1])


@given(st.integers(0, 50), st.integers(1, 50))
def test_wilson_holds_the_share(hits: int, more: int) -> None:
    low, high = wilson(hits, hits + more)
    assert 0 <= low <= hits / (hits + more) + 1e-4
    assert hits / (hits + more) - 1e-4 <= high <= 1


def test_the_owner_is_near_the_owner_and_a_stranger_is_not() -> None:
    hand = Hand(owner="Ana", kept=ANA[::2], held=ANA[1::2], crowd={"Ben": BEN})
    near, far = (gap_figure(hand, replies, 1).value for replies in (ANA[:40], BEN[:40]))
    assert near is not None
    assert far is not None
    assert abs(near) < 0.25
    assert abs(far - 1) < 0.25


def test_no_single_habit_decides_the_limited_gap() -> None:
    hand = Hand(owner="Ana", kept=ANA[::2], held=ANA[1::2], crowd={"Ben": BEN})
    odd = [f"{text} anyway anyway" for text in ANA[:40]]
    whole, limited = (gap_figure(hand, odd, 1, limited=limited) for limited in (False, True))
    assert whole.value is not None
    assert limited.value is not None
    assert limited.value < whole.value
    assert whole.gate == 0.45
    assert limited.gate is None


def test_no_gap_is_told_where_nobody_differs() -> None:
    hand = Hand(owner="Ana", kept=ANA[::2], held=ANA[1::2], crowd={"Twin sister": ANA})
    assert gap_figure(hand, ANA[:40], 1).value is None


def test_replies_are_attributed_by_manner_alone() -> None:
    hand = Hand(owner="Ana", kept=ANA[::2], held=ANA[1::2], crowd={"Ben": BEN})
    mine, plain = attribution_figures(hand, ANA[:30], 1)
    assert mine.value == mine.ceiling == plain.value == 1.0
    assert attribution_figures(hand, BEN[:30], 1)[0].value == 0.0
    assert mine.floor == 0.5


def test_masking_leaves_manner_and_takes_topic() -> None:
    assert masked("I just saw Hamlet in Leith, lol 😀") == "I just xxx Xxxxxx in Xxxxx, lol 😀"
    known = Attribution({"Ana": ANA, "Ben": BEN}, masks=True, seed=1)
    assert known.named([[text.replace("report", "violin") for text in BEN[:20]]]) == ["Ben"]


def test_distance_grows_with_difference() -> None:
    stick = Yardstick([ANA, BEN], 40, 1)
    first, second, other = features_of(ANA[:40]), features_of(ANA[40:80]), features_of(BEN[:40])
    assert stick.distance(first, second) < stick.distance(first, other)


@pytest.mark.parametrize(
    "said",
    [
        "I'm sorry, but I can't assist with that.",
        "Great question! I'd be happy to help.",
        "- one\n- two",
        "so — yes",
        " ".join(["word"] * 60),
    ],
)
def test_an_assistant_gives_itself_away(said: str) -> None:
    assert tells(said, long=20)


def test_plain_chat_shows_no_tell() -> None:
    assert not any(tells(text, long=20) for text in ANA)


@given(st.lists(st.integers(1, 9), min_size=1), st.lists(st.integers(1, 9), min_size=1))
def test_shapes_are_as_far_as_they_differ(first: list[int], second: list[int]) -> None:
    distance = shape_distance(burst_shape(first), burst_shape(second))
    assert 0 <= distance <= 1 + 1e-9
    assert shape_distance(burst_shape(first), burst_shape(first)) < 1e-6


def test_length_shapes_add_up() -> None:
    assert np.isclose(length_shape(ANA).sum(), 1)


def test_risk_grows_with_coverage_where_the_order_is_good() -> None:
    points, area = risk_coverage([(0.9, False), (0.8, False), (0.2, True), (0.1, True)])
    assert points[0].risk == 0
    assert points[-1].risk == 0.5
    assert area.value is not None
    assert area.value < 0.5


def figure(values: list[float], better: str = "more") -> Figure:
    items = {str(at): value for at, value in enumerate(values)}
    return mean_figure(items, key="recall.right", label="right", better=better)


def test_a_real_difference_is_told_from_none() -> None:
    poor, good = figure([0.0] * 20), figure([1.0] * 18 + [0.0] * 2)
    assert compare(run_of(poor), run_of(good))[0].verdict == "better"
    assert compare(run_of(good), run_of(poor))[0].verdict == "worse"
    assert compare(run_of(good), run_of(good))[0].verdict == "no difference shown"


def test_less_is_better_where_it_is() -> None:
    few, many = figure([0.0] * 20, "less"), figure([1.0] * 20, "less")
    found = compare(run_of(many), run_of(few))[0]
    assert (found.verdict, found.paired, found.n) == ("better", True, 20)


def test_a_gate_is_reached_from_its_side() -> None:
    figure_ = mean_figure({"a": 0.4}, key="x.y", label="l", gate=0.45, better="less")
    assert figure_.passed
    assert not figure_.model_copy(update={"better": "more"}).passed
