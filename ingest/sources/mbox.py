"""E-mail as mbox: Gmail Takeout, Thunderbird, Apple Mail and others, one mail at a time.

Facts as of 2024 to 2026: a mail begins at a line `From ` after an empty one; Gmail adds labels and
a thread, and keeps its old chats as mails labelled `Chat`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from ingest.archive_seam import Archive, head
from ingest.errors import ImportProblem
from ingest.record import Item
from ingest.source import ReadOptions
from ingest.sources.mail_items import LARGEST, Mails

_LINE = 65_536
_START = re.compile(rb"From [^\r\n]{0,300}\d{4}|From - |From \S+\s*$")
_FIELD = re.compile(rb"[!-9;-~]{1,80}:")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


class Mbox:
    """Reads mbox files."""

    format = "mbox"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files that open as mbox does."""
        return [name for name in archive.names if _opens_as_mbox(archive, name)]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield mail by mail, each in its thread."""
        if not _opens_as_mbox(archive, name):
            raise ImportProblem(f"{name} is no mbox: it doesn't begin with a mail")
        mails = Mails()
        with archive.open(name) as file:
            for raw in _mails(file):
                yield from mails.items(raw.content, raw.where, cut=raw.cut)


class _Raw(NamedTuple):
    where: str
    content: bytes
    cut: bool


def _opens_as_mbox(archive: Archive, name: str) -> bool:
    start = head(archive, name, 4096).lstrip(b"\r\n")
    first, _, rest = start.partition(b"\n")
    return first.startswith(b"From ") and bool(_START.match(first) and _FIELD.match(rest))


def _mails(file: BinaryIO) -> Iterator[_Raw]:
    """Yield the mails of an mbox; a line is held at a time, and one mail."""
    number, size, blank, whole = 0, 0, True, True
    lines: list[bytes] = []
    while line := file.readline(_LINE):
        if blank and whole and line.startswith(b"From ") and _START.match(line):
            if lines:
                yield _raw(number, lines, size)
            number, size, lines = number + 1, 0, []
        elif number or line.strip():
            size += len(line)
            if size <= LARGEST:
                lines.append(line)
        blank = whole and not line.rstrip(b"\r\n")
        whole = line.endswith(b"\n")
    if lines:
        yield _raw(number, lines, size)


def _raw(number: int, lines: list[bytes], size: int) -> _Raw:
    content = _QUOTED_FROM.sub(rb"\1", b"".join(lines))
    return _Raw(f"mail {number}", content, size > LARGEST)
