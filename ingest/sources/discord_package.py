"""Discord's own data package ("Request all of my data"): what the owner wrote, and nobody else.

Facts: `messages/c<ID>/messages.json` since 2024, `messages.csv` of the same columns before; no `c`
before mid-2021; the folders above have names in the owner's language; times are UTC.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.attached import describe
from ingest.sources.delimited import LONGEST_FIELD
from ingest.sources.json_stream import Listed, load, opens_as
from ingest.sources.values import Fields, attempt, fields_in, id_in, text_in

_HEAD = 8192
_COLUMNS = re.compile(rb"\W*ID,Timestamp,Contents,Attachments\r?\n")
_KEYS = re.compile(rb'"(?:ID|Timestamp|Contents|Attachments)"\s*:')
_FOLDER = re.compile(r"c?(\d{5,25})")
_DIRECT = ("DM", "1")


class DiscordPackage:
    """Reads the messages of Discord's data package, as one source."""

    format = "discord-package"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return one file for each package: the index of its channels, or its first channel."""
        firsts: dict[PurePosixPath, str] = {}
        for name in _channel_files(archive):
            firsts.setdefault(_root(name), name)
        return [_index(archive, root) or first for root, first in firsts.items()]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield channel by channel."""
        path = PurePosixPath(name)
        root = path.parent if path.name == "index.json" else _root(name)
        labels = load(archive, f"{root}/index.json".removeprefix("./"))
        for file in [f for f in _channel_files(archive) if _root(f) == root] or [name]:
            about = load(archive, PurePosixPath(file).with_name("channel.json").as_posix())
            yield _conversation(file, _as_fields(about), _as_fields(labels))
            folder = PurePosixPath(file).parent.name
            place = f"{folder}, " if folder else ""
            yield from _rows(archive, file, place)


def _channel_files(archive: Archive) -> Iterator[str]:
    return (name for name in archive.names if _is_channel(archive, name))


def _is_channel(archive: Archive, name: str) -> bool:
    if name.casefold().endswith(".csv"):
        return _COLUMNS.match(head(archive, name, _HEAD)) is not None
    if not name.casefold().endswith(".json"):
        return False
    start = head(archive, name, _HEAD)
    found = {match[0].rstrip(b": ") for match in _KEYS.finditer(start)}
    return opens_as(start, b"[") and len(found) >= 3


def _root(name: str) -> PurePosixPath:
    return PurePosixPath(name).parent.parent


def _index(archive: Archive, root: PurePosixPath) -> str | None:
    name = (root / "index.json").as_posix()
    return name if name in archive.names else None


def _as_fields(value: Any) -> Fields:
    return fields_in({"": value}, "")


def _conversation(file: str, about: Fields, labels: Fields) -> Conversation:
    folder = PurePosixPath(file).parent.name
    named = _FOLDER.fullmatch(folder)
    key = str(about.get("id") or (named[1] if named else folder or PurePosixPath(file).stem))
    guild = fields_in(about, "guild").get("name")
    name = about.get("name")
    title = f"{guild} / {name}" if guild and name else labels.get(key) or name
    direct = str(about.get("type")) in _DIRECT or str(title).startswith("Direct Message with")
    return Conversation(
        key=key, title=str(title or f"channel {key}"), form="chat" if direct else "group"
    )


def _rows(archive: Archive, file: str, place: str) -> Iterator[Item]:
    if file.casefold().endswith(".csv"):
        return _csv_rows(archive, file, place)
    return Listed(archive, file).items(_message, place)


def _csv_rows(archive: Archive, file: str, place: str) -> Iterator[Item]:
    csv.field_size_limit(LONGEST_FIELD)
    with (
        archive.open(file) as raw,
        io.TextIOWrapper(raw, "utf-8-sig", "replace", newline="") as text,
    ):
        rows = csv.reader(iter(lambda: text.readline(LONGEST_FIELD), ""))
        columns = next(rows, list[str]())
        number = 0
        while True:
            number += 1
            where = f"{place}row {number}"
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Skipped(where=where, why=f"the row can't be read: {error}")
                continue
            if len(row) == len(columns):
                yield attempt(_message, dict(zip(columns, row, strict=True)), where)
            elif row:
                why = f"the row has {len(row)} columns, not {len(columns)}"
                yield Skipped(where=where, why=why)


def _message(fields: Fields, where: str) -> Item:
    number, timestamp = id_in(fields, "ID"), text_in(fields, "Timestamp")
    if number is None and not timestamp:
        return Skipped(where=where, why="a message without an id or a time")
    said_at = datetime.fromisoformat(timestamp) if timestamp else None
    return Message(
        where=where,
        # Everything in the package is the owner's, and a text without an author is too.
        author="",
        said_at=said_at.replace(tzinfo=said_at.tzinfo or UTC) if said_at else None,
        text=text_in(fields, "Contents"),
        external_id=number,
        attachment=describe(text_in(fields, "Attachments").split()),
    )
