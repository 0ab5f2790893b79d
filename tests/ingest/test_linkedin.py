"""LinkedIn's messages are read row by row, with names made whole and markup removed."""

import csv
import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message
from ingest.sources.linkedin import LinkedIn
from tests.ingest.exports import messages, read, shown, skipped

OLD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
    "DATE,SUBJECT,CONTENT,FOLDER"
).split(",")
NEW = [*OLD, "ATTACHMENTS"]
ROW = ["c1", "", "Ana Reis", "https://l.example/ana", "Ben", "https://l.example/ben",
       "2024-11-03 21:07:45 UTC", "", "hi", "INBOX"]  # fmt: skip


def _written(header: list[str], *rows: list[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    return file.getvalue()


def _row(**fields: str) -> list[str]:
    values = dict(zip(OLD, ROW, strict=True)) | {k.replace("_", " "): v for k, v in fields.items()}
    return [values[name] for name in OLD]


def _read(folder: Path, content: str) -> list[Item]:
    return read(LinkedIn(), folder, content, "messages.csv")


def test_a_row_is_a_message(tmp_path: Path) -> None:
    assert _read(tmp_path, _written(OLD, ROW)) == [
        Conversation(key="c1", title="Ben", form="chat"),
        Message(
            where="line 2",
            author="Ana Reis",
            author_key="https://l.example/ana",
            said_at=datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC),
            text="hi",
        ),
    ]


def test_groups_titles_and_attachments_are_known(tmp_path: Path) -> None:
    row = [*_row(CONVERSATION_TITLE="Roof", RECIPIENT_PROFILE_URLS="a;b"), "https://x https://y"]
    items = _read(tmp_path, _written(NEW, row))
    assert items[0] == Conversation(key="c1", title="Roof", form="group")
    assert shown(items) == ["Ana Reis: [2 files] hi"]


CONTENT = [
    ("a\n\nb, \"c\"", "a\n\nb, \"c\""),
    ("<p>Hello Ben,</p><p>a &amp; b<br>c</p>", "Hello Ben,\n\na & b\nc"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "text"), CONTENT)
def test_content_loses_its_markup_only(content: str, text: str, tmp_path: Path) -> None:
    assert messages(_read(tmp_path, _written(OLD, _row(CONTENT=content))))[0].text == text


@pytest.mark.parametrize(("name", "whole"), [("JosÃ© Reis", "José Reis"), ("Ângela", "Ângela")])
def test_broken_names_are_made_whole(name: str, whole: str, tmp_path: Path) -> None:
    assert messages(_read(tmp_path, _written(OLD, _row(FROM=name))))[0].author == whole


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    rows = [_row(CONTENT=""), _row(CONTENT="", SUBJECT="Offer"), _row(DATE="soon"), ["c1"],
            _row(FOLDER="SPAM", CONTENT="buy"), _row(FROM="")]  # fmt: skip
    assert shown(_read(tmp_path, _written(OLD, *rows))) == [
        "! line 2: a message without text",
        "Ana Reis: Offer",
        "! line 4: no time in DATE; the message is kept without",
        "Ana Reis: hi",
        "! line 5: a message without text",
        "* buy",
        "LinkedIn Member: hi",
    ]


def test_other_tables_of_the_export_are_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "messages.csv").write_text(_written(NEW))
    (tmp_path / "Connections.csv").write_text("First Name,Last Name,URL\nBen,Reis,x\n")
    with open_archive(tmp_path) as archive:
        assert LinkedIn().claims(archive) == ["messages.csv"]
    with pytest.raises(ImportProblem, match="lacks the columns"):
        read(LinkedIn(), tmp_path, "a,b\n", "other.csv")


def test_mangled_rows_are_read_or_skipped(tmp_path: Path) -> None:
    seed = _written(NEW, *[[*_row(CONTENT='<p>a\n"b"</p>'), ""]] * 4).encode()
    for number in range(100):
        chance, content = Random(number), bytearray(seed)
        for _ in range(4):
            start = chance.randrange(170, len(content))
            content[start : start + 6] = chance.choice([b'"', b"\xff", b"\0", b"\n", b"<", b","])
        items = read(LinkedIn(), tmp_path, bytes(content), "messages.csv")
        assert all(str(item).encode() for item in items)


_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&"))


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(_texts.map(lambda text: f"so {text}."), max_size=8))
def test_what_is_written_is_read_back_whole(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [_row(CONTENT=text) for text in texts]
        items = _read(Path(folder), _written(OLD, *rows))
    assert skipped(items) == []
    assert [message.text for message in messages(items)] == texts


def test_a_row_that_ends_early_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    items = _read(tmp_path, _written(OLD, ["c1", ""], ROW, ["c1", "", "Ben"]))
    assert [m.text for m in messages(items)] == ["hi"]
    assert [s.why for s in skipped(items)] == ["a message without text"] * 2
