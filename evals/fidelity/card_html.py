"""The card as one HTML page that needs nothing else: light and dark, to be read or printed."""

from collections.abc import Sequence
from html import escape

from evals.fidelity.figure import Case, Figure, Run
from evals.fidelity.plots import plots
from evals.fidelity.wording import (
    NOT_SHOWN,
    TITLES,
    aim,
    bound,
    held_lines,
    interval,
    made_by,
    number,
    sections_of,
)

_STYLE = """
:root { color-scheme: light dark; --ink: #0c1314; --paper: #fcfbf8; --soft: #f1ede5;
  --line: #dcd5c8; --quiet: #5c6668; --teal: #1e6360; --bad: #a03a1d; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2efe8; --paper: #12181a; --soft: #1c2527;
  --line: #334043; --quiet: #a5b0b2; --teal: #8fd3c9; --bad: #f0a58c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.2rem 3rem; color: var(--ink);
  background: var(--paper); font: 15px/1.5 system-ui, sans-serif; }
h1, h2, h3 { font-family: Georgia, serif; line-height: 1.2; }
h1 { margin: 0 0 .3rem; font-size: 2rem; } h2 { margin: 2rem 0 .6rem; font-size: 1.3rem; }
h3 { margin: 1.2rem 0 .4rem; font-size: 1.05rem; }
p { margin: .3rem 0; } .quiet, .note { color: var(--quiet); font-size: .87rem; }
.tops { display: grid; gap: .7rem; margin: 1.4rem 0;
  grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); }
.top { padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .7rem;
  background: var(--soft); break-inside: avoid; }
.top b { display: block; font: 600 1.7rem/1.2 Georgia, serif; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .88rem; }
th, td { padding: .35rem .6rem .35rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 500; } tr { break-inside: avoid; }
td.n { white-space: nowrap; font-variant-numeric: tabular-nums; }
.yes { color: var(--teal); } .no { color: var(--bad); }
.plots { display: flex; flex-wrap: wrap; gap: 1.2rem; }
figure { flex: 1 1 24rem; margin: 0; break-inside: avoid; }
figcaption { font-family: Georgia, serif; } svg { max-width: 100%; height: auto; }
details summary { cursor: pointer; }
@media print { body { max-width: none; padding: 0; font-size: 12px; }
  details { display: block; } details > * { display: block; } }
"""


def as_html(run: Run) -> str:
    """Return a run as a page."""
    title = f"How much of {run.owner} is in the twin"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="quiet">{escape(made_by(run))}</p>',
        *(f"<p>{escape(line)}</p>" for line in held_lines(run.held)),
        _tops(run),
        _plots(run),
        *(_section(run, name) for name in sections_of(run)),
        f'<p class="note">{escape(NOT_SHOWN)}</p>',
        "<h2>Worst cases</h2>",
        *(_cases(section, cases) for section, cases in run.worst().items()),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    )


def _tops(run: Run) -> str:
    return (
        '<div class="tops">'
        + "".join(_top(figure) for figure in run.figures if figure.headline)
        + "</div>"
    )


def _top(figure: Figure) -> str:
    mark = {True: "yes", False: "no", None: ""}[figure.passed]
    sign = {True: "✓ ", False: "✗ ", None: ""}[figure.passed]
    unit = " points" if figure.unit == "points" else ""
    return (
        f'<div class="top"><b>{number(figure.value, figure.unit)}{unit}</b>{escape(figure.label)}'
        f'<div class="note">{escape(interval(figure))} · n = {figure.n:,}</div>'
        f'<div class="note {mark}">{sign}{escape(aim(figure))}</div></div>'
    )


def _plots(run: Run) -> str:
    drawn = plots(run)
    return (
        '<div class="plots">'
        + "".join(
            f"<figure><figcaption>{escape(title)}</figcaption>{svg}</figure>"
            for title, svg in drawn.items()
        )
        + "</div>"
    )


def _section(run: Run, name: str) -> str:
    figures = [figure for figure in run.figures if figure.section == name]
    names = ("figure", "value", "95 %", "n", "floor", "ceiling", "aim")
    head = "".join(f"<th>{one}</th>" for one in names)
    return (
        f'<h2>{escape(TITLES[name])}</h2><div class="scroll"><table><tr>{head}</tr>'
        + "".join(map(_row, figures))
        + "</table></div>"
        + _notes(figures)
    )


def _row(figure: Figure) -> str:
    label = f"<b>{escape(figure.label)}</b>" if figure.headline else escape(figure.label)
    mark = {True: "yes", False: "no", None: ""}[figure.passed]
    return (
        f'<tr><td>{label}</td><td class="n">{number(figure.value, figure.unit)}</td>'
        f'<td class="n">{interval(figure)}</td><td class="n">{figure.n:,}</td>'
        f"<td>{escape(bound(figure.floor, figure.floor_is, figure.unit))}</td>"
        f"<td>{escape(bound(figure.ceiling, figure.ceiling_is, figure.unit))}</td>"
        f'<td class="{mark}">{escape(aim(figure))}</td></tr>'
    )


def _notes(figures: Sequence[Figure]) -> str:
    told = [
        f"<p class=note>{escape(f.label)}: {escape(f.note)}"
        + (f" Published: {escape(f.anchor)}." if f.anchor else "")
        + "</p>"
        for f in figures
        if f.note or f.anchor
    ]
    return "".join(told)


def _cases(section: str, cases: Sequence[Case]) -> str:
    head = "<tr><th>kind</th><th>asked</th><th>right</th><th>said</th></tr>"
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(t)}</td>" for t in (c.kind, c.asked, c.wanted, c.got))
        + "</tr>"
        for c in cases
    )  # fmt: skip
    title = escape(TITLES.get(section, section))
    return (
        f'<details open><summary>{title}</summary><div class="scroll"><table>{head}{rows}'
        "</table></div></details>"
    )
