"""Enrolment and consent: a video, a photo or a recording of the owner becomes face and voice."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    from ui.enrolling import Enrolled


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(enrol)
    app.command()(consent)


def enrol(
    twin: TwinArgument,
    video: Annotated[Path | None, typer.Option(help="The owner from the front, speaking.")] = None,
    photo: Annotated[Path | None, typer.Option(help="A portrait of the owner.")] = None,
    audio: Annotated[Path | None, typer.Option(help="The owner speaking alone.")] = None,
    consent: Annotated[
        str, typer.Option("--consent", help="What the owner agrees to, in their own words.")
    ] = "",
    quick: Annotated[
        bool, typer.Option("--quick", help="Don't fit the voice, which takes minutes.")
    ] = False,
    script: Annotated[
        bool, typer.Option("--script", help="Something is read aloud: don't keep the words.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Make face, voice and first memories from recordings of the owner, who must agree.

    Only use recordings of yourself, or of somebody who agrees in their own words.
    """
    from ui.enrolling import Material
    from ui.enrolling import enrol as run
    from ui.enrolment_report import as_json

    material = Material(video=video, photo=photo, audio=audio, own_words=not script)
    with open_workshop(home) as workshop, progress_line() as progress:
        enrolled = run(workshop, twin, material, progress, statement=consent, fit=not quick)
    if json:
        print_json(as_json(enrolled))
    else:
        _print(enrolled, as_json(enrolled))


def _print(enrolled: "Enrolled", row: dict[str, Any]) -> None:
    _print_found(row)
    if row["face"]:
        console.print(f"face: {row['face']['face']}, {row['face']['mouths']} mouths")
    for number, portrait in enumerate(row["portraits"], 1):
        console.print(f"  portrait {number}: {portrait['file']}", markup=False, soft_wrap=True)
    if row["voice"]:
        how = "fitted" if row["voice"]["fitted"] else "a sample is kept, not fitted"
        console.print(f"voice: {how}; {row['voice']['clean_seconds']:.0f} s of clean speech")
    if enrolled.words:
        console.print(f"words: passages kept {enrolled.words}, facts learnt {enrolled.facts}")
    for lack in row["missing"]:
        console.print(f"missing: {lack}", markup=False)
    console.print("Next:")
    for step in row["next"]:
        console.print(f"  {step}", markup=False)


def _print_found(row: dict[str, Any]) -> None:
    for name, found in row["found"].items():
        speech = found["speech"]
        said = f", {speech['seconds']:.0f} s of speech" if speech else ""
        console.print(f"[bold]{name}[/bold]: {found['seconds']:.0f} s{said}")
    if row["same_voice"] is not None:
        console.print(f"likeness of the voices: {row['same_voice']:.2f}")
    for problem in row["problems"]:
        console.print(f"[yellow]{problem['what']}[/yellow]: {problem['instead']}")
    for remark in row["remarks"]:
        console.print(f"[yellow]{remark}[/yellow]", markup=True)


def consent(
    twin: TwinArgument,
    write: Annotated[
        str, typer.Option("--write", help="Agree in writing, in your own words.")
    ] = "",
    ask: Annotated[
        bool, typer.Option("--ask", help="Show a statement to read aloud, with random words.")
    ] = False,
    spoken: Annotated[
        Path | None, typer.Option("--spoken", help="Recording of the statement being read.")
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take it back: voice and face are deleted.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show what a twin's owner agreed to, agree, or take it back with all it allowed."""
    if withdraw and not (yes or json):
        typer.confirm("Delete the voice, the face and providers' copies?", abort=True)
    row: dict[str, Any] = {}
    with open_workshop(home) as workshop:
        desk = workshop.consent_desk(twin)
        if withdraw:
            row |= asdict(desk.withdraw())
        else:
            if write:
                desk.write(write)
            if spoken:
                desk.speak(spoken, desk.asked)
            row |= {"removed": (), "unreachable": desk.unreachable()}
        row |= {"statement": desk.challenge().statement if ask else None, **desk.as_json()}
    if json:
        print_json(row)
    else:
        _print_consent(row)


def _print_consent(row: dict[str, Any]) -> None:
    for removed in row["removed"]:
        console.print(f"deleted: {removed}", markup=False)
    for left in row["unreachable"]:
        console.print(f"still to be deleted, tried again next time: {left}", markup=False)
    for one in row["consents"]:
        console.print(f"“{one['statement']}”", markup=False)
        console.print(f"  {one['person']}, {one['given_at']:%d %B %Y}, {one['how']}", markup=False)
    if row["statement"]:
        console.print("Read this aloud, record it, and give the file with --spoken:")
        console.print(f"  {row['statement']}", markup=False)
    elif not row["consents"]:
        console.print("No agreement holds: no voice and no face is made.")
