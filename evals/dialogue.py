"""Annotated dialogues: what two people said, and questions whose evidence is known.

Reads the files of LoCoMo (Maharana et al., ACL 2024) and REALTALK (Lee et al., 2025) as
published. Evidence ids that resolve to no turn stay and count as missed, which is what the
official averaging does.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from evals.errors import EvalProblem
from memory.model import NewUtterance

CATEGORIES = {
    1: "multi-hop",
    2: "temporal",
    3: "open-domain",
    4: "single-hop",
    5: "adversarial",
}
"""LoCoMo's categories by their true names; many published tables permute them."""
ADVERSARIAL = 5
ANSWERABLE = (1, 2, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, the turns that answer it, and the answer where there is one."""

    text: str
    category: int
    evidence: tuple[str, ...]
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """What two people said to each other over time."""

    name: str
    speakers: tuple[str, str]
    turns: tuple[NewUtterance, ...]
    questions: tuple[Question, ...]

    def about(self, question: Question) -> str:
        """Return the speaker whom a question names first, else the first speaker."""
        words = question.text.casefold()
        places = {s: words.find(s.split()[0].casefold()) for s in self.speakers}
        named = {speaker: place for speaker, place in places.items() if place >= 0}
        return min(named, key=lambda s: named[s]) if named else self.speakers[0]

    def as_said_by(self, owner: str) -> list[NewUtterance]:
        """Return the turns with those of `owner` marked as the owner's own."""
        return [replace(turn, own=turn.speaker == owner) for turn in self.turns]


def load_locomo(path: Path) -> list[Dialogue]:
    """Read a LoCoMo file.

    Raises:
        EvalProblem: the file is not one.
    """
    content = _json(path)
    if not isinstance(content, list) or not all(_is_locomo(item) for item in content):  # pyright: ignore
        raise EvalProblem(f"{path} is not a LoCoMo file", "it should hold a list of conversations")
    return [_locomo(item) for item in content]  # pyright: ignore


def load_realtalk(path: Path) -> Dialogue:
    """Read one chat of REALTALK.

    Raises:
        EvalProblem: the file is not one.
    """
    content: Any = _json(path)
    if not isinstance(content, dict) or not {"name", "session_1", "qa"} <= content.keys():
        raise EvalProblem(f"{path} is not a REALTALK chat", "it should hold name, sessions and qa")
    chat = cast("dict[str, Any]", content)
    speakers: dict[str, str] = chat["name"]
    return Dialogue(
        name=path.stem,
        speakers=(speakers["speaker_1"], speakers["speaker_2"]),
        turns=tuple(_realtalk_turns(chat)),
        questions=tuple(_question(q) for q in chat["qa"]),
    )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvalProblem(f"{path} can't be read: {error.strerror}") from error
    except ValueError as error:
        raise EvalProblem(f"{path} is not JSON: {error}") from error


def _is_locomo(item: Any) -> bool:
    return isinstance(item, dict) and {"sample_id", "conversation", "qa"} <= item.keys()


def _locomo(item: dict[str, Any]) -> Dialogue:
    conversation = item["conversation"]
    return Dialogue(
        name=item["sample_id"],
        speakers=(conversation["speaker_a"], conversation["speaker_b"]),
        turns=tuple(_locomo_turns(conversation)),
        questions=tuple(_question(q) for q in item["qa"]),
    )


def _sessions(content: dict[str, Any]) -> Iterator[tuple[list[Any], str]]:
    numbers = (re.fullmatch(r"session_(\d+)", key) for key in content)
    for number in sorted(int(found[1]) for found in numbers if found):
        yield content[f"session_{number}"], content.get(f"session_{number}_date_time", "")


def _locomo_turns(conversation: dict[str, Any]) -> Iterator[NewUtterance]:
    for turns, date in _sessions(conversation):
        start = _moment(date, "%I:%M %p on %d %B, %Y")
        for number, turn in enumerate(turns):
            yield NewUtterance(
                speaker=turn["speaker"],
                own=False,
                text=turn["text"],
                said_at=start + timedelta(seconds=number) if start else None,
                external_id=turn["dia_id"],
                attachment=turn.get("blip_caption"),
                place=f"turn {turn['dia_id']}",
            )


def _realtalk_turns(content: dict[str, Any]) -> Iterator[NewUtterance]:
    for turns, _ in _sessions(content):
        for turn in turns:
            yield NewUtterance(
                speaker=turn["speaker"],
                own=False,
                text=turn["clean_text"],
                said_at=_moment(turn["date_time"], "%d.%m.%Y, %H:%M:%S"),
                external_id=turn["dia_id"],
                attachment="photo" if turn.get("img_file") else None,
                place=f"turn {turn['dia_id']}",
            )


def _moment(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _question(item: dict[str, Any]) -> Question:
    answer = item.get("answer")
    return Question(
        text=item["question"],
        category=int(item["category"]),
        evidence=tuple(item.get("evidence") or ()),
        answer=None if answer is None else str(answer),
    )
