"""An interview from a file of answers."""

import json
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ImportProblem
from ingest.interview.answers_file import read_answers, record_answers
from ingest.interview.course import load_course
from memory.store import Memory
from tests.ingest.test_interviewer import interviewer_of

COURSE_QUESTION = load_course().area[0].question[0].text
MARKDOWN = f"""# Ana, in her own words

Recorded 2026-05-01

## {COURSE_QUESTION}

I grew up in Braga, over a bakery.

My gran ran it.

## Do you get on with your brother?

He mends clocks, I break them.

## And this one stays empty?
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_markdown_headings_are_the_questions(tmp_path: Path) -> None:
    answers = read_answers(written(tmp_path, "ana.md", MARKDOWN), UTC)
    assert [one.answer for one in answers] == [
        "I grew up in Braga, over a bakery.\n\nMy gran ran it.",
        "He mends clocks, I break them.",
    ]
    assert [f"{one.said_at:%Y-%m-%d}" for one in answers] == ["2026-05-01"] * 2


def test_a_file_run_twice_changes_nothing(tmp_path: Path, memory: Memory) -> None:
    path = written(tmp_path, "ana.md", MARKDOWN)
    interviewer = interviewer_of(memory)
    for added in (2, 0):
        done = record_answers(
            interviewer, memory, read_answers(path, UTC), source=path.name, progress=lambda *_: None
        )
        assert (done.answers, done.added, done.changed) == (2, added, 0)
        assert done.facts > 0, "facts are held after the second run as after the first"
        assert (done.new_facts > 0) == (added > 0)
    assert len(memory.all_utterances()) == 3
    asked = {q.prompt: q for q in memory.interviews.all()}
    assert asked[COURSE_QUESTION].key == "course:childhood/start"
    assert asked["Do you get on with your brother?"].area == "family"
    following = interviewer.next()
    assert following is not None
    assert following.prompt != COURSE_QUESTION


def test_a_changed_answer_takes_the_place_of_the_old(tmp_path: Path, memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    for words in ("He mends clocks, I break them.", "He mends cars."):
        path = written(
            tmp_path, "ana.md", MARKDOWN.replace("He mends clocks, I break them.", words)
        )
        done = record_answers(
            interviewer, memory, read_answers(path, UTC), source="ana.md", progress=lambda *_: None
        )
    assert (done.added, done.changed) == (0, 1)
    assert "clocks" not in str(memory.all_utterances())


def test_what_was_erased_does_not_come_back(tmp_path: Path, memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    answers = read_answers(written(tmp_path, "ana.md", MARKDOWN), UTC)
    record_answers(interviewer, memory, answers, source="ana.md", progress=lambda *_: None)
    gone = next(q for q in memory.interviews.all() if "clocks" in q.answer)
    memory.forget_utterances(gone.utterance_ids)
    again = record_answers(interviewer, memory, answers, source="ana.md", progress=lambda *_: None)
    assert again.added == again.changed == 0
    assert "clocks" not in str(memory.all_utterances())


def test_json_lines_may_carry_their_time(tmp_path: Path) -> None:
    rows = [
        {"question": "Who are you?", "answer": "Ana", "said_at": "2026-05-01T10:00"},
        {"question": "And who else?", "answer": " "},
    ]
    path = written(tmp_path, "ana.jsonl", "\n".join(json.dumps(row) for row in rows) + "\n\n")
    (one,) = read_answers(path, UTC)
    assert (one.question, one.answer, one.said_at and one.said_at.hour) == (
        "Who are you?",
        "Ana",
        10,
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", "no json"),
        ("a.jsonl", '{"question": "Who?"}'),
        ("a.jsonl", '{"question": 1, "answer": "x"}'),
        ("a.jsonl", '["question", "answer"]'),
        ("a.jsonl", '{"question": "Who?", "answer": "x", "said_at": "soon"}'),
        ("a.jsonl", "[" * 100_000),
        ("a.md", "only prose\n\nand more of it"),
        ("a.md", ""),
        ("a.md", "# Title\n\n## Who are you?\n\n## And you?\n"),
        ("a.md", "\x00\x01\x02"),
    ],
)
def test_a_file_without_answers_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(ImportProblem):
        read_answers(written(tmp_path, name, text), UTC)


def test_a_folder_is_no_file_of_answers(tmp_path: Path) -> None:
    written(tmp_path, "a.md", MARKDOWN)
    with pytest.raises(ImportProblem):
        read_answers(tmp_path, UTC)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.md", "a.jsonl"):
        path = folder / name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with suppress(ImportProblem):
            assert all(one.question and one.answer for one in read_answers(path, UTC))
