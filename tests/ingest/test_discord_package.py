"""Discord's own data package: the owner's words alone, as JSON or CSV, in any language."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.detect import find_parts
from ingest.identity import OwnerNames
from ingest.record import Conversation, Item, Message
from ingest.sources import READERS
from ingest.sources.discord_package import DiscordPackage
from tests.ingest.exports import messages, read, shown, skipped
from tests.ingest.hostile import mangled, read_files

ROW = {"ID": 1302700000000000007, "Timestamp": "2024-11-03 21:07:45", "Contents": "ok",
       "Attachments": ""}  # fmt: skip
PHOTO = {**ROW, "ID": 8, "Contents": "", "Attachments": "https://x/a.png?ex=1 https://x/b.pdf"}


def as_csv(*rows: dict[str, Any], newline: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["ID", "Timestamp", "Contents", "Attachments"],
                            lineterminator=newline)  # fmt: skip
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def discord_package(
    top: str = "Messages", folder: str = "c", *, older: bool = False
) -> dict[str, str]:
    rows = (
        [as_csv(ROW, PHOTO), as_csv(ROW)]
        if older
        else [json.dumps([ROW, PHOTO]), json.dumps([ROW])]
    )
    ending = "csv" if older else "json"
    return {
        "README.txt": "Welcome to your package. It holds all that we know of you.",
        "account/user.json": json.dumps({"id": "42", "username": "ana"}),
        f"{top}/index.json": json.dumps({"10001": "Direct Message with ben#0", "10002": None}),
        f"{top}/{folder}10001/channel.json": json.dumps({"id": "10001", "type": "DM"}),
        f"{top}/{folder}10001/messages.{ending}": rows[0],
        f"{top}/{folder}10002/channel.json": json.dumps(
            {"id": "10002", "type": 0, "name": "beans", "guild": {"id": "1", "name": "Allotment"}}
        ),
        f"{top}/{folder}10002/messages.{ending}": rows[1],
    }


def _read(files: dict[str, str]) -> list[Item]:
    return read_files(DiscordPackage(), {name: text.encode() for name, text in files.items()})


VARIANTS = {
    "today": discord_package(),
    "in Spanish": discord_package("Mensajes"),
    "below a folder": {f"package/{n}": c for n, c in discord_package("Nachrichten").items()},
    "until 2024": discord_package(older=True),
    "until 2021": discord_package("messages", "", older=True),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_kind_of_package_is_read_channel_by_channel(variant: str) -> None:
    items = _read(VARIANTS[variant])
    assert [item for item in items if isinstance(item, Conversation)] == [
        Conversation(key="10001", title="Direct Message with ben#0", form="chat"),
        Conversation(key="10002", title="Allotment / beans", form="group"),
    ]
    assert shown(items) == [": ok", ": [photo, file: b.pdf] ", ": ok"]


def test_a_message_is_the_owners_and_its_time_is_universal() -> None:
    found = messages(_read(discord_package()))[0]
    assert found == Message(
        where="c10001, message 1",
        author="",
        said_at=datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC),
        text="ok",
        external_id="1302700000000000007",
    )
    assert OwnerNames([]).is_own(found)


def test_times_as_older_packages_write_them_are_read() -> None:
    row = {**ROW, "Timestamp": "2021-01-02 03:04:05.678000+00:00"}
    said = messages(_read({"messages/10001/messages.csv": as_csv(row)}))[0].said_at
    assert said == datetime(2021, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)


def test_one_channel_by_itself_is_read(tmp_path: Path) -> None:
    assert shown(read(DiscordPackage(), tmp_path, json.dumps([ROW]), "messages.json")) == [": ok"]


def test_a_package_is_one_part_and_its_readme_is_nobodys_words(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in discord_package().items():
            archive.writestr(name, content)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "package")
    for form in (path, tmp_path / "package"):
        with open_archive(form) as opened:
            parts = [(p.reader.format, p.name) for p in find_parts(opened, READERS, None)]
        assert parts == [("discord-package", "Messages/index.json")]


BROKEN: list[tuple[Any, str]] = [
    ({}, "a message without an id or a time"),
    (None, "not a message but a bare value"),
    ({**ROW, "Timestamp": "soon"}, "a field has an unexpected value"),
    ({**ROW, "Contents": 5}, "a field has an unexpected value"),
    ({**ROW, "ID": True}, "a field has an unexpected value"),
]


@pytest.mark.parametrize(("broken", "why"), BROKEN)
def test_a_message_that_makes_no_sense_is_skipped_alone(broken: Any, why: str) -> None:
    items = _read({"messages/c10001/messages.json": json.dumps([ROW, broken, PHOTO])})
    assert len(messages(items)) == 2
    assert [(s.where, s.why.startswith(why)) for s in skipped(items)] == [
        ("c10001, message 2", True)
    ]


def test_a_row_that_makes_no_sense_is_skipped_alone() -> None:
    long = {**ROW, "Contents": "x" * 200_000}
    content = as_csv(ROW, long, ROW) + "1,2\r\n\r\n" + as_csv(PHOTO).partition("\r\n")[2]
    items = _read({"messages/c10001/messages.csv": content})
    assert [len(m.text) for m in messages(items)] == [2, 200_000, 2, 0]
    assert [s.where for s in skipped(items)] == ["c10001, row 4"]


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(_texts, min_size=1, max_size=12), st.booleans())
def test_a_package_is_read_back_whole(texts: list[str], older: bool) -> None:
    rows = [{**ROW, "ID": 10_000 + number, "Contents": text} for number, text in enumerate(texts)]
    content = as_csv(*rows) if older else json.dumps(rows)
    name = f"messages/c10001/messages.{'csv' if older else 'json'}"
    items = _read({name: content})
    assert [(m.external_id, m.text) for m in messages(items)] == [
        (str(row["ID"]), row["Contents"]) for row in rows
    ]
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_a_mangled_package_is_read_or_refused(seed: int, older: bool) -> None:
    mangled(DiscordPackage(), discord_package(older=older), seed)


def test_other_files_are_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ID,Name\n1,Ana\n", encoding="utf-8")
    (tmp_path / "a.json").write_text('[{"ID": 1}]', encoding="utf-8")
    with open_archive(tmp_path) as archive:
        assert list(DiscordPackage().claims(archive)) == []
