"""PDF, as far as there is text in it."""

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO

from pypdf import PdfReader

from ingest.archive_seam import Archive, head
from ingest.record import Item, Skipped
from ingest.source import ReadOptions
from ingest.sources.html_text import Block
from ingest.sources.values import clean
from ingest.sources.written import LARGEST, document, seekable, without_words

MOST_PAGES = 5_000
_SCANNED = "it holds pictures of pages and no text; have the text recognised first"
_LOCKED = "it is locked with a password; save it without one first"
_SENTENCE_END = re.compile(r"[.!?:…»”\"')\]]$")
_WORD_PARTED = re.compile(r"[^\W\d_]-$")


class Pdf:
    """Reads PDF."""

    format = "pdf"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files that open as PDF does."""
        names = (name for name in archive.names if name.casefold().endswith(".pdf"))
        return [name for name in names if b"%PDF-" in head(archive, name, 1024)]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield paragraph by paragraph; a page that can't be read is skipped."""
        file = seekable(archive, name)
        if file is None:
            yield without_words(f"it is larger than {LARGEST >> 20} MiB")
            return
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        with file:
            yield from _items(file, name)


def _items(file: IO[bytes], name: str) -> Iterator[Item]:
    # On a broken file pypdf raises errors of any kind; none of them may end the import.
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            yield without_words(_LOCKED)
            return
        count = len(reader.pages)
        title, written_at = _told(reader)
    except Exception as error:
        yield without_words(f"it is broken: {type(error).__name__}")
        return
    blocks: list[Block] = []
    skipped: list[Skipped] = []
    for number in range(min(count, MOST_PAGES)):
        try:
            blocks += _blocks(reader.pages[number].extract_text())
        except Exception as error:
            why = f"the page is broken: {type(error).__name__}"
            skipped.append(Skipped(where=f"page {number + 1}", why=why))
    yield from document(name, blocks, title, written_at)
    yield from skipped
    if count > MOST_PAGES:
        yield Skipped(where=f"page {MOST_PAGES + 1} and on", why="too many pages")
    if not blocks and not skipped:
        yield without_words(_SCANNED if count else "it has no pages")


def _told(reader: PdfReader) -> tuple[str, datetime | None]:
    """Return title and time of writing as the document tells them."""
    try:
        about = reader.metadata
        return (clean(about.title or ""), about.creation_date) if about else ("", None)
    except Exception:
        return "", None


def _blocks(text: str) -> Iterator[Block]:
    """Yield paragraphs of a page; they end at empty lines, or at short lines with a full stop."""
    lines = [line.strip() for line in clean(text).splitlines()]
    widest = max(map(len, lines), default=0)
    held = ""
    for line in lines:
        if not line:
            yield from _closed(held)
            held = ""
            continue
        held = _with(held, line)
        if len(line) < 0.75 * widest and _SENTENCE_END.search(line):
            yield from _closed(held)
            held = ""
    yield from _closed(held)


def _closed(held: str) -> Iterator[Block]:
    if held:
        yield Block(held)


def _with(held: str, line: str) -> str:
    if _WORD_PARTED.search(held) and line[:1].islower():
        return held[:-1] + line
    return f"{held} {line}".strip()
