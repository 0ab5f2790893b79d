"""What a twin believes: facts, learn, correct, forget."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from persona.errors import ModelProblem
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
    from memory.model import Fact
    from memory.store import Memory

FactArgument = Annotated[int, typer.Argument(help="Number of the fact, as `facts` lists it.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(facts)
    app.command()(learn)
    app.command()(correct)
    app.command()(forget)


def facts(
    twin: TwinArgument,
    all: Annotated[bool, typer.Option("--all", help="Also what no longer holds.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List what a twin believes, and where it has it from."""
    with open_workshop(home) as workshop:
        memory = workshop.store.memory(twin)
        rows = [as_row(fact, memory) for fact in memory.beliefs.all(past=all)]
    if json:
        print_json(rows)
        return
    for row in rows:
        since = f" since {row['valid_from'][:10]}" if row["valid_from"] else ""
        state = "" if row["state"] == "active" else f" [{row['state']}]"
        console.print(f"{row['id']:>5}  {row['attribute']}: {row['value']}{since}{state}")


def as_row(fact: "Fact", memory: "Memory") -> dict[str, Any]:
    """Return a fact with the words that show it, as `facts` prints it."""
    shown = memory.utterances.by_id(fact.evidence)
    return {
        "id": fact.fact_id,
        "subject": fact.subject,
        "attribute": fact.attribute,
        "value": fact.value,
        "valid_from": fact.valid_from.isoformat() if fact.valid_from else None,
        "valid_to": fact.valid_to.isoformat() if fact.valid_to else None,
        "learnt_at": fact.learnt_at.isoformat(),
        "state": fact.state.value,
        "private": fact.private,
        "taught": fact.taught,
        "evidence": [
            {
                "id": u.utterance_id,
                "source": u.source,
                "said_at": u.said_at.isoformat() if u.said_at else None,
                "speaker": u.speaker,
                "text": u.text,
            }
            for u in shown.values()
        ],
    }


def learn(
    twin: TwinArgument,
    most: Annotated[
        int | None, typer.Option("--most", min=1, help="Read only so many messages, newest first.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Let the chat model read more facts from your own messages; the rules have read them all."""
    from persona.reading import read_facts, to_read

    with open_workshop(home) as workshop:
        memory, chat = workshop.store.memory(twin), workshop.chat()
        if chat is None:
            raise ModelProblem("there is no chat model to read with", "see: selfsame models")
        count = len(to_read(memory)[:most])
        if not (yes or json):
            where = "on this machine" if chat.local else "and sends them there"
            console.print(f"{chat.name} will read {count:,} of your messages, {where}.")
            typer.confirm("Go on?", abort=True)
        with progress_line() as progress:
            reading = read_facts(
                memory, chat, lambda done, total: progress("reading", done, total), most=most
            )
    if json:
        print_json(asdict(reading))
        return
    if reading.problem:
        console.print(f"[yellow]Ended early: {reading.problem}[/yellow]")
    console.print(f"Read {reading.messages:,} messages, found {reading.facts} new facts")


def correct(
    twin: TwinArgument,
    fact: FactArgument,
    value: Annotated[str, typer.Argument(help="What is true instead.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Put a true value in the place of a wrong one."""
    with open_workshop(home) as workshop:
        memory = workshop.store.memory(twin)
        row = as_row(memory.beliefs.correct(fact, value), memory)
    if json:
        print_json(row)
    else:
        console.print(f"Now {row['attribute']}: {row['value']} (fact {row['id']})")


def forget(
    twin: TwinArgument,
    fact: FactArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Erase a fact and the words that show it; a later import can't bring them back."""
    with open_workshop(home) as workshop:
        memory = workshop.store.memory(twin)
        row = as_row(memory.beliefs.get(fact), memory)
        if not (yes or json):
            console.print(f"{row['attribute']}: {row['value']}, and the words that show it:")
            for shown in row["evidence"]:
                console.print(f"  {shown['said_at'] or ''} {shown['text']}", markup=False)
            typer.confirm("Erase all this for good?", abort=True)
        erased = memory.forget_fact(fact)
    if json:
        print_json({"forgotten": fact, "utterances_erased": erased})
    else:
        console.print(f"Forgotten, with {erased} utterances")
