"""The voice: say, voice."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from persona.errors import VoiceProblem
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
    from persona.voice.clone_desk import CloneDesk
    from persona.voice.take import Take


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(say)
    app.command()(voice)


def say(
    twin: TwinArgument,
    text: Annotated[str, typer.Argument(help="What to say.")],
    out: Annotated[Path, typer.Option("--out", help="WAV file to write.")],
    voice: Annotated[
        str | None, typer.Option("--voice", help="Another voice, as provider:voice.")
    ] = None,
    speed: Annotated[
        float | None, typer.Option("--speed", min=0.5, max=2.0, help="1 is the usual pace.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say something in a twin's voice."""
    from persona.voice.clauses import in_clauses
    from persona.voice.sound import write_wav
    from persona.voice.take import record
    from persona.voice.voices import TwinVoice

    with open_workshop(home) as workshop:
        spoken = TwinVoice(workshop.settings, workshop.store.memory(twin).voice, voice)
        notices: list[str] = []
        spoken.warm_up()
        take = record(spoken.say(in_clauses(text), notices.append, speed))
        write_wav(out, take.speech)
        row = as_row(take) | {"voice": spoken.name}
    if json:
        print_json(row | ({"notices": notices} if notices else {}))
        return
    for notice in notices:
        console.print(f"[yellow]{notice}[/yellow]")
    console.print(f"{out}: {row['seconds']} s in the voice {row['voice']}")


def as_row(take: "Take") -> dict[str, Any]:
    """Return a take as `say` prints it."""
    return {
        "seconds": round(take.speech.seconds, 3),
        "sample_rate": take.speech.sample_rate,
        "words": [
            {"text": w.text, "start": round(w.start, 3), "end": round(w.end, 3)}
            for w in take.speech.words
        ],
        "phones": [
            {"symbol": p.symbol, "start": round(p.start, 3), "end": round(p.end, 3)}
            for p in take.speech.phones
        ],
        "first_audio_ms": round(take.first_audio_ms),
        "real_time_factor": round(take.real_time_factor, 3),
    }


def voice(
    twin: TwinArgument,
    fit: Annotated[
        list[Path] | None, typer.Option("--fit", help="Recording of the owner; may be repeated.")
    ] = None,
    consent: Annotated[
        str, typer.Option("--consent", help="What the owner agrees to, in their own words.")
    ] = "",
    choose: Annotated[
        str | None, typer.Option("--choose", help="Voice as provider:voice, or auto.")
    ] = None,
    speed: Annotated[float | None, typer.Option("--speed", min=0.5, max=2.0)] = None,
    pronounce: Annotated[
        list[str] | None, typer.Option("--pronounce", help="WORD=how it sounds, or WORD= to drop.")
    ] = None,
    clone: Annotated[
        str | None,
        typer.Option("--clone", help="Let a provider make the voice from the sample: elevenlabs."),
    ] = None,
    delete_clone: Annotated[
        str | None, typer.Option("--delete-clone", help="Delete what a provider made.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Don't ask; without it, --json only tells what it takes.")
    ] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete the fitted voice, its sample and copies.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show a twin's voice, fit one to the owner, or set how it speaks."""
    from persona.voice.desk import VoiceDesk

    row: dict[str, Any] = {}
    with open_workshop(home) as workshop:
        desk = VoiceDesk(workshop.settings, workshop.store.memory(twin))
        left = desk.forget() if forget else desk.delete_left()
        if fit:
            with progress_line() as progress:
                desk.fit(fit, consent, progress)
        if delete_clone:
            left = desk.clones.delete(delete_clone)
        if clone:
            row |= _clone(desk.clones, clone, yes=yes, json=json)
        desk.change(choice=choose, speed=speed, pronunciations=_pairs(pronounce or []))
        row = desk.as_json() | row
        if left:
            row["unreachable"] = left
    if json:
        print_json(row)
    else:
        _print_voice(row, left)


def _print_voice(row: dict[str, Any], left: list[str]) -> None:
    console.print(f"{row['voice']} at speed {row['speed']}", markup=False)
    remarks = [*row["remarks"], *row.get("made", {}).get("remarks", [])]
    for remark in [*remarks, *(f"still to be deleted: {one}" for one in left)]:
        console.print(remark, style="yellow", markup=False)
    if row["fit"]:
        kept = row["fit"]
        console.print(
            f"likeness {kept['before']:.2f} (nearest stock voice {kept['stock']}) to"
            f" {kept['after']:.2f} (fitted); the owner's own speech {kept['own']:.2f}"
        )


def _clone(desk: "CloneDesk", provider: str, *, yes: bool, json: bool) -> dict[str, Any]:
    """Tell what a voice at a provider takes, and make it if the owner says so."""
    from dataclasses import asdict

    from ui.cloning import told

    preview = desk.preview(provider)
    shown: dict[str, Any] = {"preview": asdict(preview)}
    if not json:
        for line in told(preview):
            console.print(line, markup=False)
    if preview.obstacles:
        if json:
            return shown
        raise VoiceProblem(f"no voice can be made at {provider} now", preview.obstacles[0])
    if not yes:
        if json:
            return shown
        typer.confirm("Send it?", abort=True)
    return shown | {"made": desk.make(provider)._asdict()}


def _pairs(lines: list[str]) -> dict[str, str]:
    pairs = dict[str, str]()
    for line in lines:
        word, separator, said = line.partition("=")
        if not separator or not word.strip():
            raise VoiceProblem(f"{line!r} can't be read", "write WORD=how it sounds")
        pairs[word.strip()] = said.strip()
    return pairs
