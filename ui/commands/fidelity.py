"""The fidelity card: `selfsame eval fidelity TWIN`."""

from pathlib import Path
from typing import Annotated

import typer

from ui.terminal import (
    HomeOption,
    JsonOption,
    TwinArgument,
    console,
    open_workshop,
    print_json,
    progress_line,
)


def fidelity(
    twin: TwinArgument,
    full: Annotated[
        bool, typer.Option("--full/--quick", help="Many questions, or a few minutes' worth.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Which questions and replies are drawn.")] = 1,
    section: Annotated[
        list[str] | None, typer.Option(help="Only this section; may be given several times.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the card as card.html and card.md.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """How far a twin is its owner, on what it was not built from: one card with all figures."""
    from evals.fidelity.card_markdown import as_markdown
    from evals.fidelity.kept_runs import keep_run
    from evals.fidelity.measure import measure_fidelity
    from evals.fidelity.section import FULL, QUICK
    from evals.fidelity.wish import wish_for

    with open_workshop(home) as workshop, progress_line() as progress:
        memory = workshop.store.memory(twin)
        wish = wish_for(memory, sizes=FULL if full else QUICK, seed=seed, sections=section or ())
        run = measure_fidelity(workshop.settings, memory, wish, progress)
        keep_run(memory, run)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "card.md").write_text(as_markdown(run), encoding="utf-8")
    if json:
        print_json(run.model_dump(mode="json", exclude={"cases": True}))
    else:
        console.print(as_markdown(run), markup=False)
