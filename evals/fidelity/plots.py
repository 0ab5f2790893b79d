"""The plots of a card, as SVG whose ink is chosen by whoever shows them."""

import io
from collections.abc import Sequence
from typing import Any

from evals.fidelity.figure import Figure, Run
from evals.fidelity.tells import EDGES

TWIN, OWNER, OTHERS = "#2a837c", "#d9a441", "#9aa3a5"
"""Colours of the twin, of the owner, of other people."""
_LABELS = ("1", "2", "3-4", "5-7", "8-11", "12-17", "18-27", "28-45", "46+")


def plots(run: Run, *, ink: str = "currentColor") -> dict[str, str]:
    """Return the plots of a run by title, each as one SVG element.

    Args:
        run: what was measured.
        ink: colour of words and axes, in any form that SVG takes.
    """
    drawn: dict[str, str] = {}
    tops = (figure for figure in run.figures if figure.headline)
    placed = [(f, where) for f in tops if (where := _places(f)) is not None]
    if placed:
        drawn["Between a stranger and the owner"] = _svg(_scale(placed), ink)
    if run.curve:
        drawn["Risk and coverage"] = _svg(_curve(run), ink)
    if run.shapes:
        drawn["Words in a message"] = _svg(_lengths(run), ink)
    return drawn


_INK = "#010203"
"""Stands for the ink until the picture is written."""


def _canvas(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure as Canvas

    canvas: Any = Canvas(figsize=(width, height), layout="constrained")
    canvas.patch.set_alpha(0)
    axes: Any = canvas.add_subplot()
    axes.patch.set_alpha(0)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("bottom", "left"):
        axes.spines[side].set_color(_INK)
    axes.tick_params(colors=_INK, labelsize=9)
    return canvas, axes


def _svg(canvas: Any, ink: str) -> str:
    import matplotlib

    library: Any = matplotlib
    out = io.StringIO()
    with library.rc_context({"svg.hashsalt": "selfsame", "svg.fonttype": "path"}):
        canvas.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :].replace(_INK, ink)


Places = tuple[float, float, float]


def _places(figure: Figure) -> Places | None:
    """Return value and interval between floor, 0, and ceiling, 1."""
    if figure.placed is None or figure.low is None or figure.high is None:
        return None
    ends = [place for end in (figure.low, figure.high) if (place := figure.place(end)) is not None]
    return figure.placed, min(ends), max(ends)


def _scale(placed: Sequence[tuple[Figure, Places]]) -> Any:
    canvas, axes = _canvas(7.2, 0.7 + 0.36 * len(placed))
    for row, (_, (value, low, high)) in enumerate(reversed(placed)):
        shown = [min(1.3, max(-0.6, v)) for v in (low, high, value)]
        axes.plot(shown[:2], [row, row], color=TWIN, alpha=0.45, linewidth=5)
        axes.plot([shown[2]], [row], "o", color=TWIN, markersize=8)
    for at, colour in ((0, OTHERS), (1, OWNER)):
        axes.axvline(at, color=colour, linewidth=2, zorder=0)
    axes.set_yticks(range(len(placed)), [figure.label for figure, _ in reversed(placed)])
    axes.set_xticks([0, 0.5, 1], ["floor", "half way", "ceiling"])
    axes.set_xlim(-0.65, 1.35)
    return canvas


def _curve(run: Run) -> Any:
    canvas, axes = _canvas(5.2, 3.2)
    axes.plot(
        [p.coverage for p in run.curve], [p.risk for p in run.curve], color=TWIN, linewidth=2.5
    )
    figure = run.figure("abstention.risk")
    if figure is not None and figure.floor is not None:
        axes.axhline(figure.floor, color=OTHERS, linewidth=2, linestyle="--")
    axes.set_xlabel("share of the questions answered, surest first", color=_INK)
    axes.set_ylabel("share of those answered wrongly", color=_INK)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return canvas


def _lengths(run: Run) -> Any:
    canvas, axes = _canvas(5.6, 3.2)
    assert len(_LABELS) == len(EDGES) - 1, "every bin has its label"
    rows = (("owner", OWNER, "the owner"), ("twin", TWIN, "the twin"), ("others", OTHERS, "others"))
    for place, (name, colour, label) in enumerate(rows):
        shares = run.shapes.get(name, ())
        at = [bin_ + (place - 1) * 0.27 for bin_ in range(len(shares))]
        axes.bar(at, shares, width=0.25, color=colour, label=label)
    axes.set_xticks(range(len(_LABELS)), _LABELS)
    axes.set_xlabel("words in a message", color=_INK)
    axes.set_ylabel("share", color=_INK)
    axes.legend(frameon=False, labelcolor=_INK, fontsize=9)
    return canvas
