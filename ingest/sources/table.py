"""The plain form for everything else: one message a row of CSV, or a line of JSON.

Columns: `text`, and as far as known `author`, `time`, `conversation`, `id`, `reply_to`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.delimited import columns, read_rows
from ingest.sources.lines import Line, decode_start, read_lines
from ingest.sources.values import fields_of, guarded, moment, word

COLUMNS = ("conversation", "author", "time", "text", "id", "reply_to")
_NEEDED = {"author", "text"}


class Csv:
    """Reads the plain form as CSV, with commas, semicolons or tabs."""

    format = "csv"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files whose first line names the columns."""
        names = (name for name in archive.names if name.casefold().endswith((".csv", ".tsv")))
        return [name for name in names if set(columns(archive, name)) >= _NEEDED]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield row by row."""
        table = _Table(name)
        yield from table.unknown(columns(archive, name))
        for row in read_rows(archive, name):
            if isinstance(row, Skipped):
                yield row
            else:
                yield from table.items(row.fields, row.where)


class JsonLines:
    """Reads the plain form as lines of JSON."""

    format = "jsonl"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files whose first line is an object with a text and an author."""
        names = (name for name in archive.names if name.casefold().endswith((".jsonl", ".ndjson")))
        return [name for name in names if _opens_as_lines(archive, name)]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield line by line."""
        table = _Table(name)
        for line in read_lines(archive, name):
            if line.damage:
                yield Skipped(where=f"line {line.number}", why=line.damage)
            if line.text.strip():
                yield from _line(table, line)


def _opens_as_lines(archive: Archive, name: str) -> bool:
    start = decode_start(head(archive, name)).lstrip()
    try:
        first = json.loads(start.partition("\n")[0])
    except (ValueError, RecursionError):
        return start.startswith("{") and '"text"' in start and '"author"' in start
    return isinstance(first, dict) and first.keys() >= _NEEDED


def _line(table: "_Table", line: Line) -> Iterator[Item]:
    where = f"line {line.number}"
    try:
        content = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        yield Skipped(where=where, why=f"no JSON: {type(error).__name__}")
        return
    if not isinstance(content, dict):
        yield Skipped(where=where, why="no object but a bare value")
        return
    fields = fields_of(content)
    yield from table.unknown(list(fields))
    yield from guarded(where, lambda: list(table.items(fields, where)))


class _Table:
    """Makes messages of rows and opens a conversation where the rows go over to another."""

    def __init__(self, name: str) -> None:
        self._title = PurePosixPath(name).stem
        self._key: str | None = None
        self._told: set[str] = set()

    def unknown(self, names: Sequence[str]) -> Iterator[Skipped]:
        """Tell once about each column that has no meaning here."""
        for name in names:
            if name not in COLUMNS and name not in self._told and len(self._told) < 50:
                self._told.add(name)
                yield Skipped(where="line 1", why=f"the column {word(name)[:60]!r} is not read")

    def items(self, fields: Mapping[str, Any], where: str) -> Iterator[Item]:
        """Yield one message, and before it the conversation if it is another."""
        key = word(fields.get("conversation")) or self._title
        said_at, time = None, word(fields.get("time"))
        message_id, reply_to = word(fields.get("id")), word(fields.get("reply_to"))
        author, text = word(fields.get("author")).strip(), word(fields.get("text"))
        if key != self._key:
            self._key = key
            yield Conversation(key=key, title=key)
        try:
            said_at = moment(time)
        except ValueError:
            yield Skipped(where=where, why=f"no time: {time[:40]!r}; the message is kept without")
        if not text.strip():
            yield Skipped(where=where, why="a message without text")
            return
        yield Message(
            where=where,
            author=author,
            said_at=said_at,
            text=text,
            external_id=message_id or None,
            reply_to=reply_to or None,
        )
