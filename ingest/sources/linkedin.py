"""LinkedIn's `messages.csv`.

Facts as of 2020 to 2026: times are UTC; a person's stable id is the address of the profile;
messages have no id; names of some exports are UTF-8 read as Latin-1.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from ingest.archive_seam import Archive
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.delimited import columns, read_rows
from ingest.sources.html_text import has_markup, html_to_text
from ingest.sources.values import moment

_NEEDED = {"conversation id", "from", "date", "content"}
_MOJIBAKE = ("Ã", "Â", "â€", "Ð", "Å", "Ä", "ð")


class LinkedIn:
    """Reads the messages of an export of LinkedIn."""

    format = "linkedin"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the CSV files with LinkedIn's columns of messages."""
        names = (name for name in archive.names if name.casefold().endswith(".csv"))
        return [name for name in names if set(columns(archive, name)) >= _NEEDED]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield row by row, each in its conversation."""
        if not set(columns(archive, name)) >= _NEEDED:
            raise ImportProblem(f"{name} lacks the columns of LinkedIn's messages")
        key = ""
        for row in read_rows(archive, name):
            if isinstance(row, Skipped):
                yield row
                continue
            found = row.fields.get("conversation id", "") or row.where
            if found != key:
                key = found
                yield _conversation(key, row.fields)
            yield from _message(row.fields, row.where)


def _conversation(key: str, fields: Mapping[str, str]) -> Conversation:
    others = _whole(fields.get("to", ""))
    title = _whole(fields.get("conversation title", "")).strip() or others or "LinkedIn"
    several = ";" in fields.get("recipient profile urls", "")
    return Conversation(key=key, title=title[:300], form="group" if several else "chat")


def _message(fields: Mapping[str, str], where: str) -> Iterator[Item]:
    content = fields.get("content", "")
    text = html_to_text(content) if has_markup(content) else content
    subject = fields.get("subject", "").strip()
    files = fields.get("attachments", "").split()
    folder = fields.get("folder", "").casefold()
    said_at: datetime | None = None
    try:
        said_at = moment(fields.get("date", ""))
    except ValueError:
        yield Skipped(where=where, why="no time in DATE; the message is kept without")
    if not text.strip() and not files and not subject:
        yield Skipped(where=where, why="a message without text")
        return
    yield Message(
        where=where,
        author=_whole(fields.get("from", "")).strip() or "LinkedIn Member",
        author_key=fields.get("sender profile url", "").strip() or None,
        said_at=said_at,
        text=text if text.strip() else subject,
        attachment=f"{len(files)} files" if len(files) > 1 else "file" if files else None,
        system="spam" in folder,
    )


def _whole(text: str) -> str:
    """Return a name whose UTF-8 was read as Latin-1 as it was, and any other as it is."""
    if any(mark in text for mark in _MOJIBAKE):
        for charset in ("latin-1", "cp1252"):
            with suppress(UnicodeError):
                return text.encode(charset).decode()
    return text
