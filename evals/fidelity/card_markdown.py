"""The card as Markdown."""

from collections.abc import Sequence

from evals.fidelity.figure import Case, Figure, Run
from evals.fidelity.wording import (
    NOT_SHOWN,
    TITLES,
    aim,
    bound,
    held_lines,
    interval,
    made_by,
    note_of,
    number,
    prints_line,
    sections_of,
    way,
)

_HEAD = (
    "| figure | value | 95 % | n | floor | ceiling | of the way | aim |\n"
    "|---|---|---|---|---|---|---|---|"
)


def as_markdown(run: Run) -> str:
    """Return a run as one page of Markdown, figures first, then the worst cases."""
    parts = [
        f"# How much of {run.owner} is in the twin",
        made_by(run),
        "\n".join(held_lines(run.held)),
    ]
    for name in sections_of(run):
        figures = [figure for figure in run.figures if figure.section == name]
        parts += [f"## {TITLES[name]}", _table(figures), *_notes(figures)]
    parts += [NOT_SHOWN, prints_line(run), "## Worst cases"]
    for section, cases in run.worst().items():
        parts += [f"### {TITLES.get(section, section)}", _cases(cases)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(figures: Sequence[Figure]) -> str:
    return "\n".join([_HEAD, *map(_row, figures)])


def _row(figure: Figure) -> str:
    cells = [
        f"**{figure.label}**" if figure.headline else figure.label,
        number(figure.value, figure.unit),
        interval(figure),
        f"{figure.n:,}",
        bound(figure.floor, figure.floor_is, figure.unit),
        bound(figure.ceiling, figure.ceiling_is, figure.unit),
        way(figure),
        aim(figure),
    ]
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _notes(figures: Sequence[Figure]) -> list[str]:
    told = [f"- {figure.label}: {note}" for figure in figures if (note := note_of(figure))]
    return ["\n".join(told)] if told else []


def _cases(cases: Sequence[Case]) -> str:
    head = "| kind | asked | right | said |\n|---|---|---|---|"
    rows = ["| " + " | ".join(map(_cell, (c.kind, c.asked, c.wanted, c.got))) + " |" for c in cases]
    return "\n".join([head, *rows])


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
