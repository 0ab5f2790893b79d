"""The course of questions: areas of a life, and what each question is meant to fill in."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

Length = Literal["short", "long"]
_FILE = Path(__file__).with_name("course.toml")
_BRACES = re.compile(r"\{([^}]+)\}")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Part):
    """An open question of the course."""

    key: str
    """Names it within its area."""
    text: str
    fills: tuple[str, ...]
    """What an answer is meant to tell of."""
    short: bool = False
    """True when it belongs to the ten minutes too."""
    known: str = ""
    """How it is put when a fact, named in braces, is known already."""

    @property
    def known_attribute(self) -> str:
        """The fact that `known` speaks of; empty when there is none."""
        found = _BRACES.search(self.known)
        return found[1] if found else ""

    def put(self, facts: Mapping[str, str]) -> str:
        """Return the question as it is put to somebody of whom `facts` are known."""
        value = facts.get(self.known_attribute)
        return _BRACES.sub(lambda _: value, self.known) if value else self.text


class Want(_Part):
    """Something that is asked for at the end of an area if nobody has said it by then."""

    attribute: str
    ask: str


class Area(_Part):
    """An area of a life."""

    key: str
    title: str
    question: tuple[Question, ...]
    wants: tuple[Want, ...] = ()

    def questions(self, length: Length) -> tuple[Question, ...]:
        """Return its questions in the short or the long course."""
        return tuple(one for one in self.question if one.short or length == "long")


class Course(_Part):
    """The whole course."""

    area: tuple[Area, ...]

    def find(self, key: str) -> Area | None:
        """Return the area of that key."""
        return next((area for area in self.area if area.key == key), None)


@cache
def load_course() -> Course:
    """Return the course that ships with selfsame."""
    return Course.model_validate(tomllib.loads(_FILE.read_text("utf-8")))


def question_key(area: Area, question: Question) -> str:
    """Return the name of a question among all that a twin is asked."""
    return f"course:{area.key}/{question.key}"
