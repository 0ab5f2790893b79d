"""How sound and picture go together, from what a page says of its clocks."""

import numpy as np

from evals.clocks import growth, together

WRAPS = 1 << 32


def looks(minutes: float, drift: float, noise: float = 8.0) -> list[list[float]]:
    """Return looks at clocks whose picture falls behind by `drift` ms a minute."""
    draw = np.random.default_rng(2)
    found: list[list[float]] = []
    for now in np.arange(0.0, minutes * 60_000, 500.0):
        seen = (
            now
            + drift * now / 60_000
            + draw.normal(0, noise)
            + (400 if draw.random() < 0.02 else 0)
        )
        found.append([now, now, (WRAPS - 9000 + 48 * now) % WRAPS, seen, (77 + 90 * now) % WRAPS])
    return found


def test_growth_is_found_among_noise_and_outliers_though_ticks_begin_anew() -> None:
    found = together({"offsets": []}, looks(7, 4.0))
    low, high = found["av_drift_95"]
    assert low < 4.0 < high
    assert high - low < 2.5
    assert abs(found["av_drift_ms_a_minute"] - 4.0) < 1
    assert found["minutes"] > 6.8


def test_clocks_that_keep_together_have_an_interval_about_nothing() -> None:
    low, high = together({"offsets": []}, looks(7, 0.0))["av_drift_95"]
    assert low < 0 < high


def test_distances_are_the_browser_s_own_once_clocks_have_settled() -> None:
    offsets = [[1000.0 * s, 500.0 if s < 4 else 10.0 + s / 60] for s in range(120)]
    found = together({"offsets": offsets}, [])
    assert abs(found["av_offset_ms"]["p50"] - 11.0) < 0.1
    assert abs(found["av_drift_ms_a_minute"] - 1.0) < 0.05


def test_a_minute_is_needed_to_tell_growth() -> None:
    assert growth(np.array([[0.0, 1.0], [30_000.0, 2.0]])) == {"av_drift_ms_a_minute": None}
