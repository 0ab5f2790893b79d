"""The card as one HTML page that needs nothing else: light and dark, to be read or printed.

Printed, its first sheet holds every figure; notes and cases follow.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from evals.fidelity.figure import Case, Figure, Run
from evals.fidelity.plots import plots
from evals.fidelity.wording import (
    COLUMNS,
    NOT_SHOWN,
    TITLES,
    aim,
    cells,
    held_lines,
    made_by,
    note_of,
    number,
    prints_line,
    sections_of,
    sureness,
)

_STYLE = Path(__file__).with_name("card.css")
_WORDS = ("floor", "ceiling")
"""Columns whose cells hold words; all others are numbers."""


def as_html(run: Run) -> str:
    """Return a run as a page."""
    title = f"How much of {run.owner} is in the twin"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="quiet">{escape(made_by(run))}</p>',
        f'<p class="quiet">{escape(" ".join(held_lines(run.held)))}</p>',
        _tops(run),
        _plots(run),
        _table(run),
        f'<p class="quiet">{escape(NOT_SHOWN)}</p>',
        f'<p class="quiet prints">{escape(prints_line(run))}</p>',
        _notes(run),
        "<h2>Worst cases</h2>",
        *(_cases(section, cases) for section, cases in run.worst().items()),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE.read_text('utf-8')}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    )


def _tops(run: Run) -> str:
    tops = "".join(_top(figure) for figure in run.figures if figure.headline)
    return f'<div class="tops">{tops}</div>'


def _top(figure: Figure) -> str:
    unit = " points" if figure.unit == "points" else ""
    aimed = f'<div class="note {_mark(figure)}">{_sign(figure)}{escape(aim(figure))}</div>'
    return (
        f'<div class="top"><b>{number(figure.value, figure.unit)}{unit}</b>{escape(figure.label)}'
        f'<div class="note">{escape(sureness(figure))}</div>'
        f"{aimed if figure.gate is not None else ''}</div>"
    )


def _mark(figure: Figure) -> str:
    return {True: "yes", False: "no", None: ""}[figure.passed]


def _sign(figure: Figure) -> str:
    return {True: "✓ ", False: "✗ ", None: ""}[figure.passed]


def _plots(run: Run) -> str:
    drawn = "".join(
        f"<figure><figcaption>{escape(title)}</figcaption>{svg}</figure>"
        for title, svg in plots(run).items()
    )
    return f'<div class="plots">{drawn}</div>'


def _table(run: Run) -> str:
    head = "".join(f"<th>{one}</th>" for one in COLUMNS)
    parts = "".join(
        f'<tbody><tr class="part"><th colspan="{len(COLUMNS)}">{escape(TITLES[name])}</th></tr>'
        + "".join(_row(figure) for figure in run.figures if figure.section == name)
        + "</tbody>"
        for name in sections_of(run)
    )
    return f'<table class="all"><thead><tr>{head}</tr></thead>{parts}</table>'


def _row(figure: Figure) -> str:
    label, *rest, aimed = cells(figure)
    shown = f"<b>{escape(label)}</b>" if figure.headline else escape(label)
    drawn = "".join(
        _cell(of, text, "" if of in _WORDS else "n")
        for of, text in zip(COLUMNS[1:-1], rest, strict=True)
    )
    drawn += _cell(COLUMNS[-1], _sign(figure) + aimed, f"n {_mark(figure)}")
    return f"<tr><td>{shown}</td>{drawn}</tr>"


def _cell(column: str, text: str, look: str) -> str:
    return f'<td class="{look}" data-of="{column}">{escape(text)}</td>'


def _notes(run: Run) -> str:
    told = "".join(
        f"<li><b>{escape(f.label)}.</b> {escape(note)}</li>"
        for f in run.figures
        if (note := note_of(f))
    )
    return f"<h2>How to read them</h2><ul class=notes>{told}</ul>" if told else ""


def _cases(section: str, cases: Sequence[Case]) -> str:
    drawn = "".join(
        f'<article><div class="note">{escape(case.kind)}</div><b>{escape(case.asked)}</b>'
        f"<p><i>right</i> {escape(case.wanted)}</p><p><i>said</i> {escape(case.got)}</p></article>"
        for case in cases
    )
    title = escape(TITLES.get(section, section))
    return (
        f"<details open><summary>{title} ({len(cases)})</summary>"
        f'<div class="cases">{drawn}</div></details>'
    )
