"""The interview in the terminal, or from a file of answers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

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
    from ingest.interview.answers_file import Recorded
    from ingest.interview.interviewer import Interviewer
    from memory.interviews import AskedQuestion

_BACK = "back"


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(interview)


def interview(
    twin: TwinArgument,
    course: Annotated[
        Literal["short", "long"], typer.Option("--course", help="Ten minutes, or two hours.")
    ] = "short",
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Take the answers from a file.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Be interviewed, and go on where it was left. An empty line skips, Ctrl-D leaves."""
    from ui.interviewing import open_interview, run_answers, take_up_manner

    recorded: Recorded | None = None
    with open_workshop(home) as workshop, progress_line() as progress:
        memory = workshop.store.memory(twin)
        if answers:
            recorded = run_answers(workshop, twin, answers, course, progress)
        interviewer = open_interview(workshop, twin, course, ask_model=not (json or answers))
        if not (json or answers):
            resumed = any(q.state != "open" for q in memory.interviews.all())
            _welcome(interviewer, memory.twin.owner, resumed=resumed)
            if _talk(interviewer):
                take_up_manner(memory, progress)
        report = _report(twin, course, interviewer, recorded)
    if json:
        print_json(report)
    else:
        _print_end(report, recorded)


def _report(
    twin: str, course: str, interviewer: "Interviewer", recorded: "Recorded | None"
) -> dict[str, Any]:
    from ui.interviewing import as_picture

    following = interviewer.next()
    done: dict[str, int] = {}
    if recorded:
        counted = ("answers", "added", "changed", "facts", "new_facts")
        done = {name: getattr(recorded, name) for name in counted}
    return {
        "twin": twin,
        "course": course,
        **done,
        **as_picture(interviewer.picture()),
        "next": {"area": following.area, "question": following.prompt} if following else None,
    }


def _welcome(interviewer: "Interviewer", owner: str, *, resumed: bool) -> None:
    from ingest.interview.picture import overall

    share = overall(interviewer.picture())
    how = "An empty line skips, “back” returns to the last answer, Ctrl-D leaves. All is kept."
    if resumed:
        console.print(f"Going on with {owner}, {share:.0%} of the picture is there. {how}\n")
    else:
        console.print(f"An interview with {owner}, in writing. {how}\n")


def _talk(interviewer: "Interviewer") -> bool:
    """Ask until the course is through or the owner leaves; return whether anything was said."""
    said = False
    while (question := interviewer.next()) is not None:
        _put(question)
        try:
            words = input("> ").strip()
        except EOFError:
            console.print()
            return said
        if words.casefold() == _BACK:
            if interviewer.back() is None:
                console.print("[dim]This is the first question.[/dim]")
        else:
            taken = interviewer.answer(question, words)
            said = said or bool(taken.utterance_ids)
    return said


def _put(question: "AskedQuestion") -> None:
    from ingest.interview.course import load_course

    area = load_course().find(question.area)
    if question.reason == "course" and area:
        console.print(f"\n[dim]{area.title}[/dim]")
    console.print(question.prompt, style="bold", markup=False)
    if question.answer:
        console.print(f"Until now: {question.answer}", style="dim", markup=False)


def _print_end(report: dict[str, Any], recorded: "Recorded | None") -> None:
    if recorded:
        console.print(
            f"{recorded.answers} answers: {recorded.added} added, {recorded.changed} changed, "
            f"{recorded.facts} facts rest on them, {recorded.new_facts} new"
        )
    console.print(f"The picture is {report['complete']:.0%} complete.")
    if report["next"]:
        console.print(f"Next: {report['next']['question']}", markup=False)
    else:
        console.print("Every question of this course has been asked.")
