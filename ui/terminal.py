"""What commands share: their options, an open workshop, progress and output."""

import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from persona.settings import Settings, load_settings

if TYPE_CHECKING:
    from persona.bootstrap import Workshop

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="Folder that holds everything.", show_default="~/.selfsame"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document, nothing else.")]
TwinArgument = Annotated[str, typer.Argument(help="Name of the twin.", metavar="TWIN")]

console = Console(highlight=False)
_SECONDS_BETWEEN_LINES = 20.0
ProgressLine = Callable[[str, int, int], None]


def settings_for(home: Path | None) -> Settings:
    """Return the settings, with the home of the command line in first place."""
    return load_settings(home=home) if home else load_settings()


@contextmanager
def open_workshop(home: Path | None) -> Generator["Workshop"]:
    """Open the home for one command."""
    from persona.bootstrap import Workshop

    with Workshop(settings_for(home)) as workshop:
        yield workshop


def print_json(value: Any) -> None:
    """Print one JSON document."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def print_figures(figures: dict[str, Any], json: bool) -> None:
    """Print what was measured, to read or as JSON."""
    if json:
        print_json(figures)
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            console.print(f"[bold]{name}[/bold]")
            for inner, figure in value.items():  # pyright: ignore[reportUnknownVariableType]
                console.print(f"  {inner}: {figure}")
        else:
            console.print(f"[bold]{name}[/bold]: {value}")


def _spaced_lines(errors: Console) -> ProgressLine:
    """Return what writes now and then how far it is, for a file to keep."""
    begun: dict[str, float] = {}
    last = monotonic()

    def show(label: str, done: int, total: int) -> None:
        nonlocal last
        now = monotonic()
        since = now - begun.setdefault(label, now)
        if now - last >= _SECONDS_BETWEEN_LINES:
            last = now
            each = f", {since / (done - 1):.2f} s each" if done > 1 and since else ""
            errors.print(f"{label}: {done:,} of {total:,}{each}")

    return show


@contextmanager
def progress_line() -> Generator[ProgressLine]:
    """Show progress on standard error while a terminal is there to see it."""
    errors = Console(stderr=True)
    if not errors.is_terminal:
        yield _spaced_lines(errors)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}/{task.total:,.0f}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total)
            bars.update(tasks[label], completed=done, total=total)

        yield show
