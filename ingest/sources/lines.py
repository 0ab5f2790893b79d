"""Text files as decoded lines, one at a time, whatever their encoding and line ends."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ingest.archive_seam import Archive, head

LONGEST_LINE = 1_000_000
"""Bytes of one line that are kept; what is beyond is reported as skipped."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Line(NamedTuple):
    """A line of text, without its end."""

    number: int
    text: str
    damage: str | None = None
    """What is wrong with it: bytes that are no text, or too many of them."""


def read_lines(archive: Archive, name: str) -> Iterator[Line]:
    """Yield the lines of a text file."""
    mark, encoding = _encoding(head(archive, name, 4))
    with archive.open(name) as file:
        file.read(len(mark))
        yield from _wide(file, encoding) if encoding != "utf-8" else _narrow(file)


def looks_like_text(start: bytes) -> bool:
    """Say whether the first bytes of a file are text."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in start:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return bool(start.strip())


def decode_start(start: bytes) -> str:
    """Return the first bytes of a file as text, as far as they are."""
    mark, encoding = _encoding(start)
    return start[len(mark) :].decode(encoding, "ignore")


def _encoding(start: bytes) -> tuple[bytes, str]:
    return next((known for known in _MARKS if start.startswith(known[0])), (b"", "utf-8"))


def _narrow(file: BinaryIO) -> Iterator[Line]:
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            yield _cut(number, raw.decode("utf-8", "ignore"))
            _skip_line(file)
            continue
        raw = raw.rstrip(b"\r\n")
        try:
            yield Line(number, raw.decode())
        except UnicodeDecodeError as error:
            damage = f"bytes that are no UTF-8 text at column {error.start + 1}"
            yield Line(number, raw.decode("utf-8", "replace"), damage)


def _wide(file: BinaryIO, encoding: str) -> Iterator[Line]:
    number = 0
    with io.TextIOWrapper(file, encoding, "replace", newline="\n") as text:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                yield _cut(number, line)
                _skip_line(text)
                continue
            damage = f"bytes that are no {encoding.upper()} text" if "\ufffd" in line else None
            yield Line(number, line.rstrip("\r\n"), damage)


def _cut(number: int, text: str) -> Line:
    return Line(number, text, f"longer than {LONGEST_LINE:,} characters; the rest is left out")


def _skip_line(file: BinaryIO | io.TextIOWrapper) -> None:
    while (block := file.readline(LONGEST_LINE)) and block[-1:] not in ("\n", b"\n"):
        pass
