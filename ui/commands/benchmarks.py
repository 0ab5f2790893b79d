"""Measurements beside others' work and on others' questions: `selfsame eval peers`."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from ui.terminal import (
    HomeOption,
    JsonOption,
    console,
    open_workshop,
    print_figures,
    print_json,
    progress_line,
    settings_for,
)


def peers(
    file: Annotated[Path, typer.Argument(help="A file in the form of LoCoMo's locomo10.json.")],
    written: Annotated[
        int,
        typer.Option(
            min=0,
            help="How many messages the chat model turns into memories for mem0 and LangMem, "
            "as they are mostly used: slow; 0 for none.",
        ),
    ] = 0,
    whole: Annotated[
        bool,
        typer.Option("--whole/--no-whole", help="Whole chats as they are, which takes minutes."),
    ] = True,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Our memory beside mem0 and LangMem: same chats, same encoder, same model, nothing sent."""
    from evals.dialogue import load_locomo
    from evals.peers.compare import measure_peers
    from evals.peers.table import peers_table

    dialogues = load_locomo(file)
    with progress_line() as progress:
        figures = measure_peers(
            settings_for(home), dialogues, progress, written=written, whole=whole
        )
    if json:
        print_json({"file": file.name, **figures})
    else:
        console.print(peers_table(figures), markup=False, soft_wrap=True)


def irc(
    file: Annotated[Path, typer.Argument(help="Lines of IRC messages: ts, nick, text, src.")],
    replies: Annotated[
        int, typer.Option(min=1, help="Replies of each twin that style is measured on.")
    ] = 50,
    people: Annotated[int, typer.Option(min=1, help="How many people are measured.")] = 3,
    stock: Annotated[
        bool, typer.Option("--stock", help="A model that knows only the name beside the twins.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Style on IRC: built from the earlier half of a person's days, tested on the later."""
    from evals.fidelity.across_chats import Wanted, measure_pairs
    from evals.irc import halves, load_irc

    pairs, dialogues = halves(load_irc(file))
    wanted = Wanted(replies=replies, people=people, stock=stock)
    with progress_line() as progress:
        figures = measure_pairs(settings_for(home), pairs, dialogues, wanted, progress)
    print_figures({"file": file.name, **figures}, json)


def personagym(
    folder: Annotated[Path, typer.Argument(help="PersonaGym's questions, and rubrics.")],
    twin: Annotated[
        str | None, typer.Option(help="Which twin is asked; the sample person's without it.")
    ] = None,
    each: Annotated[int, typer.Option(min=1, help="Prompts of each of the five tasks.")] = 10,
    stock: Annotated[
        bool, typer.Option("--stock", help="A model that knows only the name beside the twin.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """PersonaGym's questions as prompts: outcome, tell-tale signs, manner; marks by a judge."""
    from evals.bench import enrol_sample, scratch_workshop
    from evals.personagym import Wanted, measure_personagym
    from ingest.sample import load_sample
    from persona.judging import rater_of

    settings = settings_for(home)
    wanted = Wanted(each=each, stock=stock)
    with progress_line() as progress, ExitStack() as opened:
        if twin:
            workshop = opened.enter_context(open_workshop(home))
            memory = workshop.store.memory(twin)
        else:
            workshop = opened.enter_context(scratch_workshop(settings))
            memory = enrol_sample(workshop, load_sample(), progress)
        figures = measure_personagym(
            memory, workshop.chat(), rater_of(settings), folder, wanted, progress
        )
    if not json:
        del figures["cases"]
    print_figures({"twin": memory.twin.name, **figures}, json)
