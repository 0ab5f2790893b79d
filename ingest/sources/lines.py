"""Text files as decoded lines, one at a time, whatever their encoding and line ends."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ingest.archive import Archive

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
    with archive.open(name) as file:
        start = file.read(4)
        mark, encoding = next(((m, e) for m, e in _MARKS if start.startswith(m)), (b"", "utf-8"))
        rest = start[len(mark) :]
        raw = _wide(file, rest, encoding) if "16" in encoding else _narrow(file, rest)
        for number, (line, cut) in enumerate(raw, start=1):
            yield _decoded(number, line, encoding, cut=cut)


def _narrow(file: BinaryIO, rest: bytes) -> Iterator[tuple[bytes, bool]]:
    first = rest + file.readline(LONGEST_LINE) if b"\n" not in rest else b""
    if b"\n" in rest:
        *lines, tail = rest.split(b"\n")
        yield from ((line, False) for line in lines)
        first = tail + file.readline(LONGEST_LINE)
    block = first
    while block:
        cut = not block.endswith(b"\n") and len(block) >= LONGEST_LINE
        if cut:
            _skip_line(file)
        yield block.rstrip(b"\r\n"), cut
        block = file.readline(LONGEST_LINE)


def _skip_line(file: BinaryIO) -> None:
    while block := file.readline(LONGEST_LINE):
        if block.endswith(b"\n"):
            return


def _wide(file: BinaryIO, rest: bytes, encoding: str) -> Iterator[tuple[bytes, bool]]:
    end = "\n".encode(encoding)
    held = rest
    while block := file.read(LONGEST_LINE):
        held += block
        text = held.decode(encoding, "replace") if len(held) % 2 == 0 else ""
        if not text:
            continue
        *lines, tail = text.split("\n")
        yield from ((line.rstrip("\r").encode(encoding), False) for line in lines)
        held = tail.encode(encoding)
    if held and held != end:
        yield held, False


def _decoded(number: int, raw: bytes, encoding: str, *, cut: bool) -> Line:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        text = raw.decode(encoding, "replace")
        return Line(number, text, f"bytes that are no {encoding} text at column {error.start}")
    return Line(number, text, f"longer than {LONGEST_LINE:,} bytes" if cut else None)


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
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return start[len(mark) :].decode(encoding, "ignore")
    return start.decode("utf-8", "ignore")
