"""An interview with all it needs of a persona: facts, what is private, a model's follow-ups."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.interview.answers_file import Recorded, read_answers, record_answers
from ingest.interview.course import Length
from ingest.interview.interviewer import Interviewer, Listening
from ingest.interview.picture import AreaPicture, overall
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.follow_up import ModelFollowUps
from persona.private import screened
from persona.profile import learn_facts, measure_profile

Progress = Callable[[str, int, int], None]


def open_interview(
    workshop: Workshop, twin: str, length: Length, *, ask_model: bool = True
) -> Interviewer:
    """Return the interviewer of a twin, who takes up where the interview was left.

    The rules find the follow-ups where no chat model is set, or only the small embedded one.
    """
    memory = workshop.store.memory(twin)
    chat = workshop.chat() if ask_model and _is_good(workshop) else None
    listening = Listening(
        learn=lambda new: learn_facts(memory, new),
        screen=screened,
        follow_ups=ModelFollowUps(chat) if chat else None,
    )
    interviewer = Interviewer(memory, listening, length)
    interviewer.catch_up()
    return interviewer


def _is_good(workshop: Workshop) -> bool:
    from persona.chat_model import chosen_model

    return chosen_model(workshop.settings).startswith("openai:")


def run_answers(
    workshop: Workshop, twin: str, path: Path, length: Length, progress: Progress
) -> Recorded:
    """Run an interview from a file of answers; running it again changes nothing."""
    answers = read_answers(path, workshop.zone)
    memory = workshop.store.memory(twin)
    interviewer = open_interview(workshop, twin, length, ask_model=False)
    recorded = record_answers(
        interviewer,
        memory,
        answers,
        source=path.name,
        progress=lambda done, total: progress("taking down answers", done, total),
    )
    if recorded.utterance_ids:
        take_up_manner(memory, progress)
    return recorded


def take_up_manner(memory: Memory, progress: Progress) -> None:
    """Measure the manner anew with the answers in it."""
    progress("measuring style", 0, 1)
    measure_profile(memory)
    progress("measuring style", 1, 1)


def as_picture(picture: list[AreaPicture]) -> dict[str, Any]:
    """Return how complete the picture is, as `interview` prints it."""
    return {
        "complete": round(overall(picture), 3),
        "areas": [
            {
                "area": area.key,
                "questions": area.questions,
                "answered": area.answered,
                "skipped": area.skipped,
                "missing": list(area.missing),
                "complete": round(area.share, 3),
            }
            for area in picture
        ],
    }
