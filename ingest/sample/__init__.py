"""The sample person that ships with selfsame: an invented life in real export formats."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PORTRAIT = FOLDER / "face" / "ilaria.jpg"
"""A drawing: nobody's likeness."""
PORTRAIT_POINTS = FOLDER / "face" / "ilaria.points.json"
"""The 68 points of the face in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSource:
    """One export of the sample person."""

    file: str
    format: str
    as_name: str

    @property
    def path(self) -> Path:
        """Where the export lies."""
        return FOLDER / self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleQuestion:
    """A question to the sample person, and what a right reply to it is."""

    ask: str
    outcome: str
    kind: str = ""
    answer_contains: tuple[str, ...] = ()
    """Any of these counts as right, in lower case."""
    not_contains: tuple[str, ...] = ()
    evidence: str | None = None
    """Words of the one message that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The sample person: name, exports, questions."""

    name: str
    owner: str
    sources: tuple[SampleSource, ...]
    demo_questions: tuple[SampleQuestion, ...]
    questions: tuple[SampleQuestion, ...] = field(repr=False)


def load_sample() -> Sample:
    """Return the manifest of the sample person."""
    content = tomllib.loads((FOLDER / "sample.toml").read_text("utf-8"))
    return Sample(
        name=content["twin"]["name"],
        owner=content["twin"]["owner"],
        sources=tuple(SampleSource(**source) for source in content["source"]),
        demo_questions=tuple(_question(q) for q in content["demo_question"]),
        questions=tuple(_question(q) for q in content["question"]),
    )


def _question(content: dict[str, Any]) -> SampleQuestion:
    return SampleQuestion(
        ask=content["ask"],
        outcome=content["outcome"],
        kind=content.get("kind", ""),
        answer_contains=tuple(content.get("answer_contains", ())),
        not_contains=tuple(content.get("not_contains", ())),
        evidence=content.get("evidence"),
    )
