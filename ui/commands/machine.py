"""This machine: demo, app, models, doctor."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from memory.errors import SelfsameError
from persona.models import EMBEDDED_MODELS, EmbeddedModel, fetch, model_named, status
from persona.settings import Settings
from ui.terminal import (
    HomeOption,
    JsonOption,
    console,
    open_workshop,
    print_json,
    progress_line,
    settings_for,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(demo)
    app.command("app")(open_app)
    app.command()(models)
    app.command()(doctor)


def demo(
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for what the demo makes.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Enrol the sample person and ask their twin three questions."""
    from ui.sample import demonstrate, film_demo

    with open_workshop(home) as workshop, progress_line() as progress:
        shown = demonstrate(workshop, progress)
        if out is not None:
            _write_transcript(out, shown)
            progress("filming", 0, 1)
            shown["clip"] = film_demo(workshop, shown, out / "clip.mp4")
    if json:
        print_json(shown)
        return
    for report in shown["imported"]:
        read = f"{report['messages']:,} messages ({report['format']})"
        console.print(f"read {report['file']}: {read}")
    for answer in shown["answers"]:
        console.print(f"\n[bold]{answer['question']}[/bold]")
        console.print(f"{answer['reply']}  [dim]({answer['outcome']})[/dim]")
    console.print(f"\nDone in {shown['seconds']} s. Talk with them: selfsame chat {shown['twin']}")


def _write_transcript(out: Path, shown: dict[str, Any]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    lines = [f"# A talk with the twin of {shown['owner']}\n"]
    lines += [f"**{a['question']}**\n\n{a['reply']}\n" for a in shown["answers"]]
    (out / "transcript.md").write_text("\n".join(lines), encoding="utf-8")


def open_app(
    port: Annotated[int, typer.Option(help="Where the page is served.")] = 8501,
    sample: Annotated[
        bool,
        typer.Option("--sample", help="Get the models that are missing, enrol the sample person."),
    ] = False,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    home: HomeOption = None,
) -> None:
    """Open the app in a browser."""
    from ui.server import serve

    settings = settings_for(home)
    if sample:
        _fetch([model for model in EMBEDDED_MODELS if model.default], settings)
    serve(settings, port=port, sample=sample, open_browser=browser)


def models(
    fetch_: Annotated[
        bool, typer.Option("--fetch", help="Get the embedded models that are missing.")
    ] = False,
    name: Annotated[str | None, typer.Argument(help="Only this model.")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show the embedded models, or get them and verify them by checksum."""
    settings = settings_for(home)
    if fetch_:
        chosen = [model_named(name)] if name else [m for m in EMBEDDED_MODELS if m.default]
        _fetch(chosen, settings)
    rows = [row.as_json() for row in status(settings.models_dir)]
    if json:
        print_json(rows)
        return
    for row in rows:
        console.print(f"{row['name']}: {row['state']} ({row['size_mb']:,} MB, {row['licence']})")


def _fetch(chosen: Sequence[EmbeddedModel], settings: Settings) -> None:
    with progress_line() as progress:
        for model in chosen:
            fetch(
                model, settings.models_dir, lambda done, total, label: progress(label, done, total)
            )


def doctor(home: HomeOption = None, json: JsonOption = False) -> None:
    """Say what works here, with which provider, and what to do about what doesn't."""
    from persona.bootstrap import zone_of

    settings = settings_for(home)
    checks: dict[str, Callable[[Settings], str]] = {
        "time zone": lambda s: str(zone_of(s)),
        "text encoder": _check_encoder,
        "chat model": _check_chat,
        "home and index": _check_home,
        "voice": _check_voice,
        "hearing": _check_hearing,
        "end of a turn": _check_turn_model,
        "face": _check_face,
        "chosen face": _check_chosen_face,
    }
    rows = [_check(name, check, settings) for name, check in checks.items()]
    if json:
        print_json(rows)
        return
    for row in rows:
        mark = "[green]works[/green]" if row["works"] else "[red]doesn't work[/red]"
        console.print(f"{row['part']}: {mark}, {row['detail']}")


def _check(name: str, check: Callable[[Settings], str], settings: Settings) -> dict[str, Any]:
    try:
        return {"part": name, "works": True, "detail": check(settings)}
    except SelfsameError as error:
        return {"part": name, "works": False, "detail": str(error)}


def _check_encoder(settings: Settings) -> str:
    from persona.bootstrap import open_embedding

    embedding = open_embedding(settings)
    length = len(embedding.embed_query("a test"))
    return f"{embedding.name}, vectors of {length}"


def _check_chat(settings: Settings) -> str:
    from persona.chat_model import open_chat_model

    chat = open_chat_model(settings)
    if chat is None:
        return "none: replies quote the owner's own words; get one: selfsame models --fetch"
    name = chat.name
    chat.close()
    return f"{name}, {'on this machine' if chat.local else 'hosted'}"


def _check_home(settings: Settings) -> str:
    from persona.bootstrap import Workshop

    with Workshop(settings) as workshop:
        return f"{settings.home}, {len(workshop.store.twins())} twins"


def _check_voice(settings: Settings) -> str:
    from persona.bootstrap import open_voice

    notices: list[str] = []
    voice = open_voice(settings)
    for _ in voice.say(["Good morning."], notices.append):
        pass
    place = "hosted" if voice.hosted else "on this machine"
    return "; ".join([f"{voice.name}, {place}", *notices])


def _check_hearing(settings: Settings) -> str:
    from persona.voice.adapters.hibari import HibariVoice
    from persona.voice.ears import open_hearing
    from persona.voice.sound import joined
    from persona.voice.speaking import Manner

    hearing = open_hearing(settings)
    said = joined(HibariVoice().speak(["Good morning."], Manner()))
    heard = hearing.transcribe(said).text
    place = "hosted" if hearing.hosted else "on this machine"
    return f"{hearing.name}, {place}: heard {heard!r} for 'Good morning.'"


def _check_turn_model(settings: Settings) -> str:
    from persona.voice.ears import open_turn_model

    if open_turn_model(settings) is None:
        return "by pauses and words; by the sound too with: selfsame models --fetch"
    return "by pauses and how it sounds"


def _check_face(_: Settings) -> str:
    from persona.face.landmarks import LICENCE_NOTE, Landmarker

    Landmarker()
    return f"drawn on this machine; {LICENCE_NOTE}"


def _check_chosen_face(settings: Settings) -> str:
    from persona.face.faces import check_provider

    return check_provider(settings)
