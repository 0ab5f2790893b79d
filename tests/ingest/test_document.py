"""Diaries, notes and interviews are read paragraph by paragraph, each with what it answers."""

from datetime import datetime
from pathlib import Path

import pytest

from ingest.archive import open_archive
from ingest.pieces import LONGEST
from ingest.sources.document import Markdown, PlainText
from tests.ingest.exports import messages, opened, read, shown, skipped


def _markdown(folder: Path, content: str | bytes):
    return read(Markdown(), folder, content, "notes.md")


def test_each_paragraph_is_one_message_of_the_owner(tmp_path: Path) -> None:
    items = _markdown(tmp_path, "one\nstill one\n\n\n- two\n- too\n")
    assert opened(items).title == "notes"
    assert opened(items).form == "document"
    assert shown(items) == [": one\nstill one", ": - two\n- too"]
    assert [message.where for message in messages(items)] == ["line 1", "line 5"]


INTERVIEW = """# Ana, in her own words

Recorded 2026-10-18, at the kitchen table

## Who are you?

I'm Ana.

I bake.

## Tell me about the café.

It burnt down.

## Why?

Matches.
"""


def test_an_answer_comes_with_the_question_above_it(tmp_path: Path) -> None:
    items = _markdown(tmp_path, INTERVIEW)
    assert opened(items).form == "interview"
    assert [(message.prompt, message.text) for message in messages(items)] == [
        ("Who are you?", "I'm Ana."),
        ("Who are you?", "I bake."),
        ("Tell me about the café.", "It burnt down."),
        ("Why?", "Matches."),
    ]
    assert {message.said_at for message in messages(items)} == {datetime(2026, 10, 18, 12)}


@pytest.mark.parametrize(
    "content",
    [
        "Q: Who?\nA: Ana.\n\nQ: Why?\nA: Because.\nReally.",
        "**Q:** Who?\n\n**A:** Ana.\n\n**Q:** Why?\n\n**A:** Because.\nReally.",
        "Interviewer: Who?\nAnswer: Ana.\nInterviewer: Why?\nAnswer: Because.\nReally.",
    ],
)
def test_questions_and_answers_are_told_apart(content: str, tmp_path: Path) -> None:
    items = _markdown(tmp_path, content)
    assert [(message.prompt, message.text) for message in messages(items)] == [
        ("Who?", "Ana."),
        ("Why?", "Because.\nReally."),
    ]


def test_a_letter_is_not_taken_for_an_interview(tmp_path: Path) -> None:
    assert shown(_markdown(tmp_path, "A: is a letter\n\nQ: too")) == [
        ": A: is a letter",
        ": Q: too",
    ]


def test_a_diary_is_dated_by_its_headings(tmp_path: Path) -> None:
    items = _markdown(tmp_path, "## 2024-05-01\n\nrain\n\n## 2024-05-02, Porto\n\nsun")
    assert [(message.said_at, message.text) for message in messages(items)] == [
        (datetime(2024, 5, 1, 12), "rain"),
        (datetime(2024, 5, 2, 12), "sun"),
    ]


def test_front_matter_is_not_taken_for_words(tmp_path: Path) -> None:
    items = _markdown(tmp_path, "---\ntitle: x\ndate: 2024-05-01\n---\nhello")
    assert [(message.said_at, message.text) for message in messages(items)] == [
        (datetime(2024, 5, 1, 12), "hello")
    ]


def test_a_rule_at_the_top_hides_nothing(tmp_path: Path) -> None:
    assert shown(_markdown(tmp_path, "---\nhello\n\nyou")) == [": hello", ": you"]


def test_a_sentence_with_a_date_is_kept(tmp_path: Path) -> None:
    content = "hello\n\nWritten in haste on 2024-05-01, forgive me."
    assert shown(_markdown(tmp_path, content))[1] == ": Written in haste on 2024-05-01, forgive me."


def test_an_impossible_date_dates_nothing(tmp_path: Path) -> None:
    items = _markdown(tmp_path, "date: 2024-13-01\n\nhello")
    assert [message.said_at for message in messages(items)] == [None]


def test_quotes_and_code_are_not_the_owners_words(tmp_path: Path) -> None:
    items = _markdown(tmp_path, "mine\n\n> theirs\n\n```\ncode\n\n# more\n```\nmine too")
    assert [(message.quoted, message.text) for message in messages(items)] == [
        (False, "mine"),
        (True, "> theirs"),
        (True, "code\n\n# more"),
        (False, "mine too"),
    ]


def test_a_long_paragraph_is_parted_at_sentences_and_nothing_is_lost(tmp_path: Path) -> None:
    text = " ".join(f"This is sentence number {number}." for number in range(200))
    found = [message.text for message in messages(_markdown(tmp_path, text))]
    assert " ".join(found) == text
    assert all(len(piece) <= LONGEST and piece.endswith(".") for piece in found)


def test_bytes_that_are_no_text_are_reported_by_line(tmp_path: Path) -> None:
    items = _markdown(tmp_path, b"one\n\ncaf\xe9\n\ntwo")
    assert [found.where for found in skipped(items)] == ["line 3"]
    assert [message.text for message in messages(items)] == ["one", "caf\ufffd", "two"]


def test_plain_text_knows_no_markup(tmp_path: Path) -> None:
    items = read(PlainText(), tmp_path, "# one\n\n> two", "letter.txt")
    assert [(message.text, message.quoted) for message in messages(items)] == [
        ("# one", False),
        ("> two", False),
    ]


@pytest.mark.parametrize(
    ("name", "content", "claimed"),
    [
        ("a.txt", "Dear Ben,\n\nit rains.", True),
        ("a.TXT", "親愛なるベンへ、雨です。", True),
        ("a.txt", "", False),
        ("a.txt", "\n \n", False),
        ("a.txt", '{"a": "this is no prose at all"}', False),
        ("a.txt", "1,2,3\n4,5,6\n", False),
        ("a.txt", "\x00\x01 binary", False),
        ("a.txt", "el 3 de nov a las 21:07 - Ana: hola\nel 3 de nov a las 21:08 - Ben: ho", False),
        ("a.log", "Dear Ben, it rains.", False),
    ],
)
def test_only_prose_is_claimed(name: str, content: str, claimed: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with open_archive(tmp_path / name) as archive:
        assert bool(PlainText().claims(archive)) is claimed


def test_documents_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notes.md").write_text("hello", encoding="utf-8")
    with open_archive(tmp_path) as archive:
        assert Markdown().claims(archive) == ["a/notes.md", "b/notes.md"]
