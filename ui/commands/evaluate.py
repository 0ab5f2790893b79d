"""Measurements: `selfsame eval NAME`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ui.commands.benchmarks import irc, peers, personagym
from ui.commands.fidelity import fidelity
from ui.terminal import (
    HomeOption,
    JsonOption,
    console,
    open_workshop,
    print_figures,
    progress_line,
    settings_for,
)

app = typer.Typer(help="Measure how good the twin is; each prints its figures and their n.")

app.command()(fidelity)
app.command()(peers)
app.command()(irc)
app.command()(personagym)

KeepOption = Annotated[
    str | None,
    typer.Option("--keep", help="A twin whose own recordings these are: kept for its card."),
]
AnswersOption = Annotated[
    int,
    typer.Option(
        min=0, help="How many questions are answered in a few words, for token F1; 0 for none."
    ),
]


@app.command()
def locomo(
    file: Annotated[Path, typer.Argument(help="A file in the form of LoCoMo's locomo10.json.")],
    answers: AnswersOption = 50,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Evidence recall, abstention, token F1 and latency on LoCoMo."""
    from evals.dialogue import load_locomo
    from evals.recall_run import report, run_dialogues

    dialogues = load_locomo(file)
    with progress_line() as progress:
        tally = run_dialogues(settings_for(home), dialogues, progress, answers=answers)
    print_figures({"file": file.name, **report(tally, categories=True)}, json)


@app.command()
def realtalk(
    files: Annotated[list[Path], typer.Argument(help="Chats in the form of REALTALK.")],
    answers: AnswersOption = 0,
    replies: Annotated[
        int, typer.Option(min=0, help="Replies of each twin that style is measured on; 0: none.")
    ] = 50,
    people: Annotated[int, typer.Option(min=1, help="How many people's style is measured.")] = 3,
    stock: Annotated[
        bool, typer.Option("--stock", help="A model that knows only the name beside the twins.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Evidence recall on REALTALK, and style: built from one chat, tested on another."""
    from evals.dialogue import load_realtalk
    from evals.fidelity.across_chats import Wanted, measure_across
    from evals.recall_run import report, run_dialogues

    dialogues = [load_realtalk(file) for file in files]
    settings = settings_for(home)
    figures: dict[str, Any] = {"files": [f.name for f in files]}
    with progress_line() as progress:
        tally = run_dialogues(settings, dialogues, progress, answers=answers)
        figures |= report(tally, categories=False)
        if replies:
            wanted = Wanted(replies=replies, people=people, stock=stock)
            figures |= measure_across(settings, dialogues, wanted, progress)
    print_figures(figures, json)


@app.command()
def speed(
    messages: Annotated[int, typer.Option(min=100, help="Length of the made-up chat.")] = 30_000,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Speed and memory of import, and latency of recall from a large memory."""
    from evals.speed import measure_speed

    with progress_line() as progress:
        figures = measure_speed(settings_for(home), messages, progress)
    print_figures(figures, json)


@app.command()
def screening(json: JsonOption = False) -> None:
    """What of labelled chat lines is marked as private, and what it costs."""
    from evals.screening import measure_screening

    print_figures(measure_screening(), json)


@app.command()
def sample(home: HomeOption = None, json: JsonOption = False) -> None:
    """The questions that ship with the sample person: outcome, reply and time."""
    from evals.sample_run import measure_sample

    with progress_line() as progress:
        figures = measure_sample(settings_for(home), progress)
    print_figures(figures, json)


@app.command()
def face(
    files: Annotated[list[Path], typer.Argument(help="Clips of faces that speak.")],
    each: Annotated[int, typer.Option(min=1, help="How many sentences each face says.")] = 8,
    minutes: Annotated[float, typer.Option(min=0, help="Length of the long run; 0: none.")] = 10,
    keep: KeepOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Lip sync, closures, likeness, flicker and speed of faces built from clips."""
    from evals.face_run import measure_faces
    from persona.bootstrap import open_voice
    from persona.chat_model import open_chat_model

    settings = settings_for(home)
    chat = open_chat_model(settings) if minutes else None
    with progress_line() as progress:
        figures = measure_faces(
            files, open_voice(settings), progress, each=each, minutes=minutes, chat=chat
        )
    if keep:
        _keep(keep, "face", figures, home)
    print_figures(figures, json)


@app.command()
def voice(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Folders of recordings, one a speaker.")
    ] = None,
    phones: Annotated[
        bool, typer.Option("--phones", help="Phone times found, against the synthesiser's own.")
    ] = False,
    turns: Annotated[
        bool,
        typer.Option("--turns", help="When a turn counts as finished, and when it takes the word."),
    ] = False,
    keep: KeepOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Likeness, intelligibility, naturalness and speed of voices fitted to speakers."""
    from evals.made_up_speech import said_by_all
    from evals.phone_run import measure_phones
    from evals.turn_run import measure_turns
    from evals.voice_run import measure_voice
    from evals.word_taken import measure_taken

    settings = settings_for(home)
    figures: dict[str, Any] = {}
    with progress_line() as progress:
        if paths or not (phones or turns):
            figures = measure_voice(settings, paths or [], progress)
        said = said_by_all(settings, progress) if phones or turns else []
        if phones:
            figures["phones"] = measure_phones(said, progress)
        if turns:
            figures["turns"] = measure_turns(settings, said, progress)
            figures["word_taken"] = measure_taken(settings, said, progress)
    if keep:
        _keep(keep, "voice", figures, home)
    print_figures(figures, json)


@app.command()
def enrolment(
    files: Annotated[list[Path] | None, typer.Argument(help="Clips of people who speak.")] = None,
    speakers: Annotated[
        Path | None, typer.Option("--speakers", help="Folders of recordings, one a speaker.")
    ] = None,
    portrait: Annotated[
        Path | None, typer.Option("--portrait", help="Make a film of this portrait and enrol it.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=5, help="Length of that film.")] = 60,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Portraits and words found in clips, voices told apart, and the time a film takes."""
    from evals.enrolment_run import measure_clips, measure_film, measure_speakers

    settings = settings_for(home)
    figures: dict[str, Any] = {}
    with progress_line() as progress:
        if files:
            figures["clips"] = measure_clips(settings, files, progress)
        if speakers:
            figures["voices"] = measure_speakers(settings, speakers, progress)
        if portrait:
            figures["film"] = measure_film(settings, portrait, seconds, progress)
    print_figures(figures, json)


@app.command()
def interview(
    files: Annotated[
        list[Path], typer.Argument(help='Lines of {"question": …, "answer": …, "asks": ["…"]}.')
    ],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Twins of interviews alone: what they find and answer, and what they admit not to know."""
    from evals.interview_run import measure_interview

    with progress_line() as progress:
        figures = measure_interview(settings_for(home), files, progress)
    print_figures(figures, json)


@app.command()
def latency(
    turns: Annotated[int, typer.Option(min=2, help="How many spoken turns.")] = 30,
    page: Annotated[
        bool, typer.Option("--page/--no-page", help="Through a browser, or without one.")
    ] = True,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """How quick a live conversation is, by a scripted visitor in a headless browser."""
    from evals.latency_bare import measure_bare
    from evals.latency_run import measure_latency

    measure = measure_latency if page else measure_bare
    with progress_line() as progress:
        figures = measure(settings_for(home), progress, turns=turns)
    if not json:
        _print_stages(figures.pop("stages"))
    print_figures(figures, json)


@app.command()
def calibrate(
    file: Annotated[Path, typer.Argument(help="A file in the form of LoCoMo's locomo10.json.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Fit anew the measures that settle whether a question can be answered."""
    from evals.calibrate import calibrate_on
    from evals.dialogue import load_locomo

    print_figures(calibrate_on(settings_for(home), load_locomo(file)), json)


def _keep(twin: str, sense: str, figures: dict[str, Any], home: Path | None) -> None:
    from evals.fidelity.senses import keep_sense_run

    with open_workshop(home) as workshop:
        keep_sense_run(workshop.store.memory(twin), f"{sense}.json", figures)


def _print_stages(stages: dict[str, dict[str, dict[str, float]]]) -> None:
    """Print a table of the stages of turns, a column for each kind of turn."""
    from rich.table import Table

    table = Table("stage, p50 / p95 (n), ms", *stages, box=None)
    for stage in dict.fromkeys(name for kind in stages.values() for name in kind):
        found = [kind.get(stage) for kind in stages.values()]
        cells = [f"{f['p50']:.0f} / {f['p95']:.0f} ({f['n']})" if f else "" for f in found]
        table.add_row(stage, *cells)
    console.print(table)
