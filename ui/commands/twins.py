"""Making twins and filling them: create, list, show, import, remove, screen, reindex."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table

from memory.errors import NotFound
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
    from ingest.report import Report
    from memory.store import Memory


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(create)
    app.command("list")(list_twins)
    app.command()(show)
    app.command("import")(import_)
    app.command()(remove)
    app.command()(screen)
    app.command()(reindex)


def create(
    twin: TwinArgument,
    owner: Annotated[str, typer.Option(help="Full name of the person.")] = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Make a new, empty twin."""
    with open_workshop(home) as workshop:
        made = workshop.store.create(twin, owner)
    if json:
        print_json({"name": made.name, "owner": made.owner, "created_at": made.created_at})
    else:
        console.print(f"Made {made.name}. Next: selfsame import {made.name} FILE")


def list_twins(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the twins of this home."""
    with open_workshop(home) as workshop:
        rows = [
            {"name": t.name, "owner": t.owner, "created_at": t.created_at}
            for t in workshop.store.twins()
        ]
    if json:
        print_json(rows)
        return
    if not rows:
        console.print("No twins yet. Make one: selfsame create NAME, or try: selfsame demo")
    for row in rows:
        console.print(f"{row['name']}  ({row['owner']})")


def show(twin: TwinArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Show what a twin is made of."""
    with open_workshop(home) as workshop:
        summary = summarise(workshop.store.memory(twin))
    if json:
        print_json(summary)
        return
    console.print(f"[bold]{summary['owner']}[/bold]  (twin {summary['name']})")
    table = Table("id", "source", "format", "utterances", "own", "from", "to", box=None)
    for source in summary["sources"]:
        table.add_row(*(str(source[k]) for k in _SOURCE_KEYS))
    console.print(table)
    console.print(f"{summary['facts']} facts, {len(summary['visitors'])} visitors")


_SOURCE_KEYS = ("id", "name", "format", "utterances", "own", "first", "last")


def summarise(memory: "Memory") -> dict[str, Any]:
    """Return what a twin is made of."""
    sizes = memory.sources.sizes()
    return {
        "name": memory.twin.name,
        "owner": memory.twin.owner,
        "created_at": memory.twin.created_at.isoformat(),
        "live": memory.twin.live_at is not None,
        "aliases": memory.sources.aliases(),
        "utterances": sum(size.utterances for size in sizes),
        "own": sum(size.own for size in sizes),
        "facts": len(memory.beliefs.all()),
        "wishes": memory.talks.wishes(),
        "visitors": memory.talks.visitors(),
        "sources": [
            {
                "id": size.source.source_id,
                "name": size.source.name,
                "format": size.source.format,
                "imported_at": size.source.imported_at.isoformat(),
                "utterances": size.utterances,
                "own": size.own,
                "first": size.first.isoformat() if size.first else None,
                "last": size.last.isoformat() if size.last else None,
            }
            for size in sizes
        ],
    }


def import_(
    twin: TwinArgument,
    files: Annotated[list[Path], typer.Argument(help="Exports: files, folders or zips.")],
    as_: Annotated[
        list[str] | None,
        typer.Option("--as", help="Your name as it stands in the files; may be repeated."),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="Name of the format, if it isn't recognised.")
    ] = None,
    dates: Annotated[
        Literal["day-first", "month-first", "year-first"] | None,
        typer.Option("--dates", help="Order of day and month, if it is read wrongly."),
    ] = None,
    pseudonyms: Annotated[
        bool | None,
        typer.Option(
            "--pseudonyms/--no-pseudonyms", help="Tell visitors other names than people's own."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen and change nothing.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Read exports into a twin; what is there already is not added again."""
    from ingest.source import ReadOptions
    from ui.importing import import_files, plan_import, preview_files

    with open_workshop(home) as workshop, progress_line() as progress:
        plan = plan_import(
            workshop,
            owner_names=as_ or [],
            format=format,
            options=ReadOptions(date_order=dates),
        )
        if dry_run:
            reports = preview_files(workshop, twin, files, plan)
        else:
            reports = import_files(workshop, twin, files, plan, progress).reports
            if pseudonyms is not None:
                workshop.store.memory(twin).people.veil(on=pseudonyms)
    if json:
        print_json([report.as_json() for report in reports])
    else:
        for report in reports:
            _print_report(report, dry_run=dry_run)


def _print_report(report: "Report", *, dry_run: bool) -> None:
    would = "would add" if dry_run else "added"
    console.print(
        f"[bold]{report.file}[/bold] ({report.format}): {report.messages:,} messages in "
        f"{report.conversations} conversations, {report.own:,} your own; {would} {report.added:,}"
    )
    if report.first and report.last:
        console.print(f"  from {report.first:%d %B %Y} to {report.last:%d %B %Y}")
    most = report.authors.most_common(6)
    people = ", ".join(f"{name or 'you'} {count:,}" for name, count in most)
    console.print(f"  written by {people or 'nobody'}")
    if doubt := report.dates_unclear:
        console.print(
            f"  nothing tells the day from the month in {doubt.example}; read {doubt.read_as}, "
            "--dates settles it"
        )
    if report.private:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in report.private.most_common())
        console.print(f"  private, for you alone: {kinds} (let visitors see a kind: screen --lift)")
    for skipped in report.skipped[:10]:
        console.print(f"  skipped {skipped.where}: {skipped.why}")
    if report.unwanted:
        console.print("  nothing of it is read until you say which of them you are: --as NAME")
    if report.skipped_count > 10:
        console.print(f"  and {report.skipped_count - 10:,} more skipped; --json lists them")


def remove(
    twin: TwinArgument,
    source: Annotated[int, typer.Argument(help="Number of the source, as `show` lists it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Take a source out again, with everything that came only from it."""
    from persona.profile import measure_profile

    with open_workshop(home) as workshop:
        memory = workshop.store.memory(twin)
        preview = memory.removals.preview(source)
        if not (yes or json):
            console.print(
                f"{preview.name}: {len(preview.utterances):,} messages and {len(preview.facts):,} "
                f"facts go; {preview.kept:,} messages stand in another source and stay."
            )
            typer.confirm("Remove it?", abort=True)
        memory.remove_source(source)
        measure_profile(memory)
    gone = {"removed": source, "utterances": len(preview.utterances), "facts": len(preview.facts)}
    if json:
        print_json({**gone, "kept": preview.kept})
    else:
        console.print(f"Removed {preview.name}; importing it again brings it back")


def screen(
    twin: TwinArgument,
    lift: Annotated[
        str | None, typer.Option("--lift", metavar="KIND", help="Let visitors see this kind.")
    ] = None,
    hide: Annotated[
        str | None, typer.Option("--hide", metavar="KIND", help="Keep this kind to yourself again.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show what was found to be private, by kind, and who may see it."""
    with open_workshop(home) as workshop:
        memory = workshop.store.memory(twin)
        known = {mark.kind for mark in memory.marks.all()}
        for kind, lifted in ((lift, True), (hide, False)):
            if kind is not None and kind not in known:
                raise NotFound(
                    f"nothing is marked as {kind!r}", f"known: {', '.join(sorted(known))}"
                )
            if kind is not None:
                memory.lift(kind, lifted=lifted)
        rows = [mark._asdict() for mark in memory.marks.all()]
    if json:
        print_json(rows)
        return
    if not rows:
        console.print("Nothing private was found.")
    for row in rows:
        seen = "visitors may see it" if row["lifted"] else "for the owner alone"
        console.print(f"{row['kind']}: {row['utterances']:,} messages, {seen}")


def reindex(twin: TwinArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Make the search index anew from the database."""
    with open_workshop(home) as workshop, progress_line() as progress:
        count = workshop.store.memory(twin).reindex(
            lambda done, total: progress("indexing", done, total)
        )
    if json:
        print_json({"indexed": count})
    else:
        console.print(f"Indexed {count:,} utterances")
