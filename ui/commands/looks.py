"""What a twin looks like: its face, films of it, and the marks on them."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from persona.errors import FaceProblem
from ui.terminal import (
    HomeOption,
    JsonOption,
    TwinArgument,
    console,
    open_workshop,
    print_json,
    progress_line,
    settings_for,
)

if TYPE_CHECKING:  # pictures take long to import, and most commands need none
    from persona.face.store import BuiltFace


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(face)
    app.command()(film)
    app.command()(verify)


def face(
    twin: TwinArgument,
    video: Annotated[Path | None, typer.Option(help="The face from the front, speaking.")] = None,
    photo: Annotated[Path | None, typer.Option(help="A portrait, where there is no video.")] = None,
    points: Annotated[
        Path | None, typer.Option(help="JSON with the 68 points of a face in a drawing.")
    ] = None,
    size: Annotated[
        int, typer.Option("--size", min=256, max=720, help="Side of the picture in pixels.")
    ] = 512,
    consent: Annotated[
        str, typer.Option("--consent", help="What the owner agrees to, in their own words.")
    ] = "",
    make: Annotated[
        str | None,
        typer.Option("--make", help="Let a provider make the face too: d-id, heygen or a2e."),
    ] = None,
    choose: Annotated[
        str | None, typer.Option("--choose", help="Face as provider:face, or auto.")
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete the face, here and at providers, and consent.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show a twin's face, build it from video or picture, or choose who draws it."""
    from persona.face.open_face import build_face

    with open_workshop(home) as workshop, progress_line() as progress:
        desk = workshop.face_desk(twin)
        if forget:
            desk.forget()
        files = [file for file in (video, photo) if file is not None]
        made: BuiltFace | None = None
        if files:
            desk.require(consent)
            made = build_face(
                video=video, photo=photo, points_file=points, size=size, progress=progress
            )
        if consent:
            desk.consent(consent, files)
        if made is not None:
            desk.keep(made)
        built = desk.load()
        if make is not None:
            desk.make(make, video, progress)
        if choose is not None:
            desk.choose(choose)
        if built is None and not forget:
            raise FaceProblem(f"{twin!r} has no face yet", "give --video FILE, or --photo FILE")
        shown = {**(_about(built) if built else {"face": None}), **desk.as_json()}
    if json:
        print_json(shown)
        return
    _print_face(twin, shown, new=bool(files))


def _print_face(twin: str, shown: dict[str, Any], *, new: bool) -> None:
    from persona.face.landmarks import LICENCE_NOTE

    if shown["face"] is None:
        console.print(f"{twin} has no face any more")
        return
    console.print(f"{twin} has a face: {shown['face']}, {shown['mouths']} mouths")
    console.print(f"seen as {shown['chosen']}", markup=False)
    for month, seconds in shown["spent_seconds"].items():
        console.print(f"{month}: {seconds} s drawn", markup=False)
    if new:
        console.print(f"[dim]{LICENCE_NOTE}[/dim]")


def _about(built: "BuiltFace") -> dict[str, Any]:
    from persona.face.own_face import OwnFace

    if isinstance(built, OwnFace):
        mouths, idle = len(built.atlas.opening), len(built.idle)
        return {"face": "own-footage", "size": built.size, "mouths": mouths, "idle_frames": idle}
    return {"face": "photo", "size": built.size, "mouths": 1, "idle_frames": 0}


def film(
    twin: TwinArgument,
    text: Annotated[str, typer.Argument(help="What the twin says.")],
    out: Annotated[Path, typer.Option("--out", help="The MP4 to write.")],
    captions: Annotated[
        bool, typer.Option("--captions", help="Draw captions into the picture too.")
    ] = False,
    label: Annotated[bool, typer.Option(help="Say in a corner that it is made by AI.")] = True,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Film a twin saying something."""
    with open_workshop(home) as workshop:
        made = workshop.studio(twin).film(text, out, label=label, burn_in=captions)
    shown = made.as_json()
    if json:
        print_json(shown)
        return
    for notice in made.notices:
        console.print(f"[yellow]{notice}[/yellow]")
    console.print(f"{out}: {shown['seconds']} s, {shown['frames']} frames, marked as made by AI")


def verify(
    file: Annotated[Path, typer.Argument(help="A film or recording.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say whether and when a twin said what is in a file."""
    from persona.provenance.manifest import verify as verify_file
    from persona.provenance.signer import signing_key

    verdict = verify_file(file, signing_key(settings_for(home).home))
    if json:
        print_json({"file": file.name, "summary": verdict.summary, **asdict(verdict)})
        return
    console.print(f"{file.name}: {verdict.summary}", markup=False)
