"""How complete the picture of the owner is, area by area."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.interview.course import Area, Length, load_course
from memory.beliefs import OWNER
from memory.interviews import AskedQuestion
from memory.model import Fact

_FULL_ANSWER = 25
"""Words from which an answer counts in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPicture:
    """What is known of one area of a life."""

    key: str
    title: str
    questions: int
    """Questions of the course in this area."""
    answered: int
    """Questions answered in this area, follow-ups and those of a file included."""
    skipped: int
    missing: tuple[str, ...]
    """Facts that are wanted and that nobody has told yet."""
    share: float
    """From 0, nothing known, to 1."""


def draw_picture(
    asked: Sequence[AskedQuestion], facts: Sequence[Fact], length: Length
) -> list[AreaPicture]:
    """Return how complete the picture is in each area, in the order of the course.

    An answer counts by its length up to 25 words, a wanted fact counts as one answer wherever
    it was learnt, and all of it is measured against the questions and wants of the area.
    """
    known = {fact.attribute for fact in facts if fact.subject == OWNER}
    return [_area(area, asked, known, length) for area in load_course().area]


def overall(picture: Sequence[AreaPicture]) -> float:
    """Return how complete the whole picture is, from 0 to 1."""
    return sum(area.share for area in picture) / len(picture)


def _area(
    area: Area, asked: Sequence[AskedQuestion], known: set[str], length: Length
) -> AreaPicture:
    mine = [question for question in asked if question.area == area.key]
    answered = [question for question in mine if question.answer]
    missing = tuple(want.attribute for want in area.wants if want.attribute not in known)
    questions = len(area.questions(length))
    points = sum(min(1.0, len(q.answer.split()) / _FULL_ANSWER) for q in answered)
    points += len(area.wants) - len(missing)
    return AreaPicture(
        key=area.key,
        title=area.title,
        questions=questions,
        answered=len(answered),
        skipped=sum(question.state == "skipped" for question in mine),
        missing=missing,
        share=min(1.0, points / (questions + len(area.wants))),
    )
