"""Talking with a twin: recall, ask, chat."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from memory.model import OWNER, Utterance
from persona.events import Done, Notice, Revised, TextDelta
from ui.terminal import HomeOption, JsonOption, TwinArgument, console, open_workshop, print_json

if TYPE_CHECKING:
    from persona.short_answer import Brief
    from persona.twin import Twin

VisitorOption = Annotated[
    str, typer.Option("--visitor", help="Name of the visitor who asks; keeps their own thread.")
]
AsOwnerOption = Annotated[
    bool, typer.Option("--as-owner", help="Ask as the owner, who can teach and see all.")
]
BriefOption = Annotated[
    bool,
    typer.Option("--brief", help="The shortest answer, a phrase: no manner, nothing is kept."),
]
VISITOR = "visitor"


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(recall)
    app.command()(ask)
    app.command()(chat)


def recall(
    twin: TwinArgument,
    question: Annotated[str, typer.Argument(help="What to find.")],
    k: Annotated[int, typer.Option("--k", min=1, help="How many to return.")] = 10,
    budget: Annotated[
        int | None,
        typer.Option("--budget", min=1, help="Return what fits this many tokens instead."),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Find what bears on a question."""
    with open_workshop(home) as workshop:
        memory = workshop.store.memory(twin)
        evidence = memory.recall(question, k=max(k, 200) if budget else k, budget=budget or 800)
    chosen = {u.utterance_id for u in evidence.packed} if budget else None
    rows = [
        as_row(hit.utterance, hit.score)
        for hit in evidence.hits
        if chosen is None or hit.utterance.utterance_id in chosen
    ]
    if json:
        print_json(rows)
        return
    for row in rows:
        console.print(f"[dim]{row['score']:.2f}  {row['said_at'] or ''}[/dim]  ", end="")
        console.print(f"{row['speaker']}: {row['text']}", markup=False)


def as_row(utterance: Utterance, score: float) -> dict[str, Any]:
    """Return an utterance as `recall` and `ask` print it."""
    return {
        "id": utterance.utterance_id,
        "source": utterance.source,
        "external_id": utterance.external_id,
        "speaker": utterance.speaker,
        "said_at": utterance.said_at.isoformat() if utterance.said_at else None,
        "text": utterance.text,
        "score": round(score, 4),
    }


def ask(
    twin: TwinArgument,
    question: Annotated[str, typer.Argument(help="What to ask.")],
    visitor: VisitorOption = VISITOR,
    as_owner: AsOwnerOption = False,
    brief: BriefOption = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Ask a twin one question."""
    with open_workshop(home) as workshop:
        talker = workshop.twin(twin)
        who = OWNER if as_owner else visitor or VISITOR
        if brief:
            _print_brief(talker.brief(question, visitor=who), json)
        elif json:
            print_json(as_answer(talker.ask(question, visitor=who)))
        else:
            _speak(talker, question, who)


def _print_brief(answer: "Brief", json: bool) -> None:
    if json:
        rows = [as_row(hit.utterance, hit.score) for hit in answer.evidence.hits]
        print_json({"answer": answer.text, "outcome": answer.outcome.value, "evidence": rows})
    else:
        console.print(answer.text or f"({answer.outcome})", markup=False)


def as_answer(done: Done) -> dict[str, Any]:
    """Return a finished turn as `ask` prints it."""
    return {
        "reply": done.reply,
        "outcome": done.outcome.value,
        "evidence": [as_row(hit.utterance, hit.score) for hit in done.evidence.hits],
        "learned": list(done.learned),
        "timings_ms": done.timings_ms,
    }


def chat(
    twin: TwinArgument,
    visitor: VisitorOption = OWNER,
    home: HomeOption = None,
) -> None:
    """Talk with a twin; as its owner unless --visitor says who you are. Ctrl-D ends."""
    with open_workshop(home) as workshop:
        talker = workshop.twin(twin)
        made = talker.memory.twin
        draft = "" if made.live_at or visitor == OWNER else " It is still a draft."
        console.print(f"[dim]This is an AI twin of {made.owner}.{draft} Ctrl-D ends.[/dim]")
        talker.warm_up()
        while (heard := _heard()) is not None:
            if heard:
                _speak(talker, heard, visitor)


def _heard() -> str | None:
    try:
        return input("> ").strip()
    except EOFError:
        return None


def _speak(talker: "Twin", heard: str, visitor: str) -> None:
    for event in talker.reply(heard, visitor=visitor):
        if isinstance(event, TextDelta):
            console.print(event.text, end="", markup=False)
        elif isinstance(event, Revised):
            console.print(f"\n[dim](that was not from memory)[/dim] {event.text}", end="")
        elif isinstance(event, Notice):
            console.print(f"\n[yellow]{event.text}[/yellow]")
        elif isinstance(event, Done):
            console.print()
            for line in event.learned:
                console.print(f"[dim]learnt: {line}[/dim]")
