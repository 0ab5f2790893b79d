"""The voice: say."""

from pathlib import Path
from typing import Annotated, Any

import typer

from persona.voice.clauses import in_clauses
from persona.voice.sound import write_wav
from persona.voice.take import Take, record
from persona.voice.voices import TwinVoice
from ui.terminal import HomeOption, JsonOption, TwinArgument, console, open_workshop, print_json


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(say)


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


def as_row(take: Take) -> dict[str, Any]:
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
