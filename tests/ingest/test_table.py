"""The plain form, CSV or JSON lines, is read row by row with every row accounted for."""

import csv
import io
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.record import Conversation, Message
from ingest.sources.table import COLUMNS, Csv, JsonLines
from tests.ingest.exports import messages, opened, read, shown, skipped

HEADER = "conversation,author,time,text,id,reply_to\n"


def test_a_row_is_a_message_with_all_that_its_columns_say(tmp_path: Path) -> None:
    content = HEADER + 'Ben,Ana,2024-11-03T21:07:45Z,"hi, ""you""\n\ntwo",m1,\nBen,Ben,,ho,m2,m1\n'
    assert read(Csv(), tmp_path, content, "x.csv") == [
        Conversation(key="Ben", title="Ben"),
        Message(
            where="line 2",
            author="Ana",
            said_at=datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC),
            text='hi, "you"\n\ntwo',
            external_id="m1",
        ),
        Message(where="line 5", author="Ben", text="ho", external_id="m2", reply_to="m1"),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings_are_found(separator: str, encoding: str, tmp_path: Path) -> None:
    content = separator.join(["Text", "Author"]) + "\r\n" + separator.join(["café", "Ana"])
    items = read(Csv(), tmp_path, content.encode(encoding), "x.csv")
    assert opened(items).title == "x"
    assert shown(items) == ["Ana: café"]


@pytest.mark.parametrize(
    ("time", "said_at"),
    [
        ("2024-11-03 21:07", datetime(2024, 11, 3, 21, 7)),
        ("2024-11-03", datetime(2024, 11, 3)),
        ("20241103", datetime(2024, 11, 3)),
        ("2024-11-03 21:07:45 UTC", datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC)),
        ("1730668065", datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC)),
        ("1730668065000", datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC)),
        ("", None),
    ],
)
def test_times_come_in_several_shapes(time: str, said_at: datetime | None, tmp_path: Path) -> None:
    items = read(Csv(), tmp_path, f"author,time,text\nAna,{time},hi", "x.csv")
    assert [message.said_at for message in messages(items)] == [said_at]
    assert skipped(items) == []


def test_what_a_row_lacks_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    content = "author,text,time,mood\nAna,,,\nAna,a,soon,\nAna,b,,glad,more\n\nAna\n,c,,\n"
    items = read(Csv(), tmp_path, content, "x.csv")
    assert shown(items) == [
        "! line 1: the column 'mood' is not read",
        "! line 2: a message without text",
        "! line 3: no time: 'soon'; the message is kept without",
        "Ana: a",
        "! line 4: more values than columns; those beyond are left out",
        "Ana: b",
        "! line 6: a message without text",
        ": c",
    ]


def test_a_quote_that_never_ends_hides_only_what_it_swallows(tmp_path: Path) -> None:
    content = 'author,text\nAna,"' + "x\n" * 600_000 + "Ana,end\n"
    items = read(Csv(), tmp_path, content, "x.csv")
    assert any("no CSV" in found.why for found in skipped(items))


def test_lines_of_json_are_read(tmp_path: Path) -> None:
    lines = [
        '{"author": "Ana", "text": "hi", "time": 1730668065, "conversation": "Ben", "id": 7}',
        "",
        '{"text": "no author", "author": null}',
        '{"text": ["x"], "author": "Ana"}',
        "5",
        '{"text": ',
        '{"text": "half \\ud83d", "author": "Ana", "mood": 1}',
    ]
    items = read(JsonLines(), tmp_path, "\n".join(lines), "x.jsonl")
    assert shown(items) == [
        "Ana: hi",
        ": no author",
        "! line 4: a field has an unexpected value: a list or an object stands where text belongs",
        "! line 5: no object but a bare value",
        "! line 6: no JSON: JSONDecodeError",
        "! line 1: the column 'mood' is not read",
        "Ana: half \ufffd",
    ]
    assert messages(items)[0].external_id == "7"


def test_other_tables_are_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ID,Timestamp,Contents,Attachments\n1,,hi,\n")
    (tmp_path / "b.csv").write_bytes(b"\x00\x01")
    (tmp_path / "c.csv").write_text("Author;Text\nAna;hi")
    (tmp_path / "d.jsonl").write_text('{"message": "x"}\n')
    (tmp_path / "e.jsonl").write_text('{"text": "x", "author": "y"}\n')
    with open_archive(tmp_path) as archive:
        assert Csv().claims(archive) == ["c.csv"]
        assert JsonLines().claims(archive) == ["e.jsonl"]


_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")).map(
    lambda text: f"so {text}"
)
_words = st.text(st.characters(categories=["L", "N", "S"]), min_size=1, max_size=8)
_rows = st.lists(
    st.fixed_dictionaries(
        {
            "conversation": _words,
            "author": _words,
            "time": st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
            "text": _texts,
            "id": _words,
            "reply_to": st.one_of(st.just(""), _words),
        }
    ),
    min_size=1,
    max_size=8,
)


def _csv(rows: list[dict[str, str]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _jsonl(rows: list[dict[str, str]]) -> str:
    return "\n".join(json.dumps(row) for row in rows)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@settings(max_examples=80, deadline=None)
@given(rows=_rows)
def test_what_is_written_is_read_back_whole(form: str, rows: list[dict[str, str]]) -> None:
    reader, content = (Csv(), _csv(rows)) if form == "csv" else (JsonLines(), _jsonl(rows))
    with tempfile.TemporaryDirectory() as folder:
        items = read(reader, Path(folder), content, f"x.{form}")
    assert skipped(items) == []
    assert [
        (m.author, m.said_at and m.said_at.isoformat(), m.text, m.external_id, m.reply_to or "")
        for m in messages(items)
    ] == [(r["author"], r["time"], r["text"], r["id"], r["reply_to"]) for r in rows]
