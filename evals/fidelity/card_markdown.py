"""The card as Markdown."""

from collections.abc import Sequence

from evals.fidelity.figure import Case, Figure, Run
from evals.fidelity.wording import (
    COLUMNS,
    NOT_SHOWN,
    TITLES,
    cells,
    held_lines,
    made_by,
    note_of,
    prints_line,
    sections_of,
)

TABLE_HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


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
    return "\n".join([TABLE_HEAD, *map(_row, figures)])


def _row(figure: Figure) -> str:
    label, *rest = cells(figure)
    shown = f"**{label}**" if figure.headline else label
    return "| " + " | ".join(_cell(cell) for cell in (shown, *rest)) + " |"


def _notes(figures: Sequence[Figure]) -> list[str]:
    told = [f"- {figure.label}: {note}" for figure in figures if (note := note_of(figure))]
    return ["\n".join(told)] if told else []


def _cases(cases: Sequence[Case]) -> str:
    head = "| kind | asked | right | said |\n|---|---|---|---|"
    rows = ["| " + " | ".join(map(_cell, (c.kind, c.asked, c.wanted, c.got))) + " |" for c in cases]
    return "\n".join([head, *rows])


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
