"""An interview from a file of answers: Markdown with questions as headings, or JSON lines."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ingest.archive import open_archive
from ingest.errors import ImportProblem
from ingest.interview.course import load_course, question_key
from ingest.interview.interviewer import Interviewer
from ingest.record import Message
from ingest.source import ReadOptions
from ingest.sources.document import Markdown
from ingest.sources.lines import looks_like_text, read_lines
from memory.beliefs import fold
from memory.embedding import Vectors
from memory.interviews import NewQuestion
from memory.store import Memory

_JSON_ENDINGS = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswer:
    """One question of a file with its answer."""

    question: str
    answer: str
    where: str
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What running an interview from a file did."""

    answers: int
    """Answers in the file."""
    added: int
    changed: int
    facts: int
    """Facts that rest on the answers of the file."""
    new_facts: int
    """How many of them came with this run."""
    utterance_ids: tuple[int, ...]


def read_answers(path: Path, zone: tzinfo) -> list[FileAnswer]:
    """Return the questions and answers of a file.

    Args:
        path: Markdown, or JSON lines of `{"question": ..., "answer": ...}`.
        zone: zone of dates that come without one.

    Raises:
        ImportProblem: it is neither, or holds no answer; the place is named.
    """
    with open_archive(path) as archive:
        if len(archive.names) != 1 or archive.names[0] != path.name:
            raise ImportProblem(f"{path} is not one file of answers", _FORM)
        with archive.open(path.name) as file:
            if not looks_like_text(file.read(4096)):
                raise ImportProblem(f"{path.name} holds no text", _FORM)
        if path.suffix.casefold() in _JSON_ENDINGS:
            lines = [(line.number, line.text) for line in read_lines(archive, path.name)]
            answers = [_from_json(line, f"line {n}", zone) for n, line in lines if line.strip()]
        else:
            items = Markdown().read(archive, path.name, ReadOptions())
            answers = _from_messages([one for one in items if isinstance(one, Message)], zone)
    kept = [one for one in answers if one.answer]
    if not kept:
        raise ImportProblem(f"{path.name} holds no answers", _FORM)
    return kept


_FORM = 'write each question as a Markdown heading, or lines of {"question": …, "answer": …}'


def _from_json(line: str, where: str, zone: tzinfo) -> FileAnswer:
    try:
        content: Any = json.loads(line)
        question, answer = content["question"], content["answer"]
        said_at = content.get("said_at")
        at = datetime.fromisoformat(said_at) if said_at else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ImportProblem(f"{where} is no question with its answer", _FORM) from error
    if not (isinstance(question, str) and isinstance(answer, str) and question.strip()):
        raise ImportProblem(f"{where} is no question with its answer", _FORM)
    return FileAnswer(
        question=" ".join(question.split()),
        answer=answer.strip(),
        where=where,
        said_at=_aware(at, zone),
    )


def _from_messages(messages: Sequence[Message], zone: tzinfo) -> list[FileAnswer]:
    """Join the paragraphs that stand under one heading."""
    found: list[FileAnswer] = []
    for message in messages:
        if not message.prompt or message.quoted:
            continue
        earlier = found[-1] if found and found[-1].question == message.prompt else None
        if earlier:
            found.pop()
        words = f"{earlier.answer}\n\n{message.text}" if earlier else message.text
        found.append(
            FileAnswer(
                question=message.prompt,
                answer=words.strip(),
                where=earlier.where if earlier else message.where,
                said_at=_aware(message.said_at, zone),
            )
        )
    return found


def _aware(at: datetime | None, zone: tzinfo) -> datetime | None:
    return at.replace(tzinfo=zone) if at and not at.tzinfo else at


def record_answers(
    interviewer: Interviewer,
    memory: Memory,
    answers: Sequence[FileAnswer],
    *,
    source: str,
    progress: Callable[[int, int], None],
) -> Recorded:
    """Keep answers in an interview; those that are there already are left as they are.

    A question of the course is known by its words; any other becomes a question of its own in
    the area whose questions are most like it. What was erased does not come back.
    """
    places, seen = _Places(memory), Counter[str]()
    added = changed = new_facts = 0
    new: list[int] = []
    asked_ids: set[int] = set()
    for done, one in enumerate(answers):
        place = places.of(one.question)
        seen[place.key] += 1
        if seen[place.key] > 1:
            place = places.repeated(place, seen[place.key])
        asked = memory.interviews.ask(place)
        asked_ids.add(asked.question_id)
        if asked.state == "answered" and _same(asked.answer, one.answer):
            continue
        taken = interviewer.record(asked, one.answer, source=source, said_at=one.said_at)
        added, changed = added + (not asked.answer), changed + bool(asked.answer)
        new_facts, new = new_facts + taken.facts, [*new, *taken.utterance_ids]
        progress(done + 1, len(answers))
    return Recorded(
        answers=len(answers),
        added=added,
        changed=changed,
        facts=_facts_of(memory, asked_ids),
        new_facts=new_facts,
        utterance_ids=tuple(new),
    )


def _facts_of(memory: Memory, question_ids: set[int]) -> int:
    """Return how many facts rest on the answers to some questions."""
    shown = [
        utterance_id
        for question in memory.interviews.all()
        if question.question_id in question_ids
        for utterance_id in question.utterance_ids
    ]
    return len(memory.beliefs.shown_by(shown))


def _same(kept: str, words: str) -> bool:
    """Tell whether an answer is there as it stands; an erased one counts as it too."""
    return not kept or "".join(kept.split()) == "".join(words.split())


class _Places:
    """Finds the place of a question in the course."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        pairs = [(area, question) for area in load_course().area for question in area.question]
        self._course = {
            fold(question.text): NewQuestion(
                key=question_key(area, question), area=area.key, prompt=question.text
            )
            for area, question in pairs
        }
        self._vectors: list[tuple[str, Vectors]] = []

    def of(self, question: str) -> NewQuestion:
        """Return the question of the course, or a new one in the area it is most like."""
        known = self._course.get(fold(question))
        if known:
            return known
        print_ = blake2b(fold(question).encode("utf-8", "replace"), digest_size=8).hexdigest()
        return NewQuestion(
            key=f"file:{print_}", area=self._area(question), prompt=question, reason="file"
        )

    def repeated(self, place: NewQuestion, number: int) -> NewQuestion:
        """Return a question that stands in a file for the second time or more."""
        return NewQuestion(
            key=f"{place.key}#{number}", area=place.area, prompt=place.prompt, reason="file"
        )

    def _area(self, question: str) -> str:
        if not self._vectors:
            self._vectors = [
                (one.area, self._memory.embed_query(one.prompt)) for one in self._course.values()
            ]
        wanted = self._memory.embed_query(question)
        return max(self._vectors, key=lambda pair: float(pair[1] @ wanted))[0]
