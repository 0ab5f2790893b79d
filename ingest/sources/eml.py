"""Mails as single files: `.eml`, Apple Mail's `.emlx`, and folders of Maildir, as one source.

Facts: Maildir keeps mails in `cur` and `new`, without endings; Maildir++ begins the names of other
folders with a dot; `.emlx` has the size of the mail in a line before it and a list of marks behind.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath

from ingest.archive_seam import Archive, head
from ingest.errors import ImportProblem
from ingest.record import Item
from ingest.source import ReadOptions
from ingest.sources.mail_items import LARGEST, SPAM, Mails

_ENDINGS = (".eml", ".emlx")
_MAILDIR = ("cur", "new")
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?[!-9;-~]{1,80}:[ \t\r\n]")
_KNOWN = re.compile(
    rb"^(?:From|To|Subject|Date|Message-ID|Received|Return-Path|MIME-Version):",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 2
_SIZED = re.compile(rb"(\d{1,12})\s*\n")


class Eml:
    """Reads mails that are a file each."""

    format = "eml"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the first of all mails."""
        return list(islice(_mails(archive), 1))

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield mail by mail, each in its thread; Maildir's names begin with the time."""
        files = sorted(_mails(archive), key=lambda file: PurePosixPath(file).name)
        if not files:
            raise ImportProblem(f"{name} is no mail: it doesn't begin with headers")
        mails = Mails()
        for file in files:
            content = head(archive, file, LARGEST)
            yield from mails.items(
                _mail_of(content),
                file,
                cut=archive.size(file) > LARGEST,
                spam=_lay_in_spam(file),
            )


def _mails(archive: Archive) -> Iterator[str]:
    return (name for name in archive.names if _is_named(name) and _opens_as_mail(archive, name))


def _is_named(name: str) -> bool:
    path = PurePosixPath(name)
    return name.casefold().endswith(_ENDINGS) or path.parent.name in _MAILDIR


def _opens_as_mail(archive: Archive, name: str) -> bool:
    start = _mail_of(head(archive, name, 16_384))
    headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    known = {found[0].lower() for found in _KNOWN.finditer(headers)}
    return _FIRST.match(start) is not None and len(known) >= _FEWEST


def _mail_of(content: bytes) -> bytes:
    """Return the mail itself, without what Apple Mail puts round it."""
    sized = _SIZED.match(content)
    return content[sized.end() : sized.end() + int(sized[1])] if sized else content


def _lay_in_spam(name: str) -> bool:
    return any(part.casefold().strip(".") in SPAM for part in PurePosixPath(name).parent.parts)
