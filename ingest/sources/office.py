"""Documents of word processors, DOCX and ODT: zips with XML, read as streams and without trust."""

import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import IO, ClassVar
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from ingest.archive_seam import Archive, head
from ingest.record import Item
from ingest.source import ReadOptions
from ingest.sources.html_text import Block
from ingest.sources.values import clean
from ingest.sources.written import LARGEST, document, seekable, without_words
from ingest.zips import DAMAGE

MOST_XML = 256 * 1024**2
"""Bytes that the text of a document may unpack to."""
_MOST_ABOUT = 1024 * 1024
_BROKEN = (*DAMAGE, ParseError, DefusedXmlException, KeyError)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_QUOTES = ("quote", "quotation", "zitat", "cita", "citation")


class _Office(ABC):
    """What the two have in common."""

    format: ClassVar[str]
    ending: ClassVar[str]
    parts: ClassVar[tuple[str, ...]]
    """Files of the zip that hold text; only the first must be there."""
    about: ClassVar[str]

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files that end as these documents do and are zips."""
        names = (name for name in archive.names if name.casefold().endswith(self.ending))
        return [name for name in names if head(archive, name, 4) == b"PK\x03\x04"]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield paragraph by paragraph."""
        file = seekable(archive, name)
        if file is None:
            yield without_words(f"it is larger than {LARGEST >> 20} MiB")
            return
        blocks: list[Block] = []
        title, written_at, broken = "", None, ""
        with file:
            try:
                with zipfile.ZipFile(file) as opened:
                    title, written_at = _told(opened, self.about)
                    for part in _present(opened, self.parts):
                        with _opened(opened, part) as content:
                            blocks.extend(self.blocks(content))
            except _BROKEN as error:
                broken = f"it is broken: {type(error).__name__}: {error}".splitlines()[0][:200]
        yield from document(name, blocks, title, written_at)
        if broken or not blocks:
            yield without_words(clean(broken) or "there are no words in it")

    @abstractmethod
    def blocks(self, content: IO[bytes]) -> Iterator[Block]:
        """Yield the paragraphs of a part."""


class Docx(_Office):
    """Reads DOCX: text, tables, notes and what was inserted, without what was struck out."""

    format = "docx"
    ending = ".docx"
    parts = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
    about = "docProps/core.xml"

    def blocks(self, content: IO[bytes]) -> Iterator[Block]:
        """Yield the paragraphs of a part."""
        for paragraph in _paragraphs(content, (f"{_W}p",), (_FALLBACK, f"{_W}del")):
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            name = ("" if style is None else style.get(f"{_W}val", "")).casefold()
            yield from _block(_docx_text(paragraph), _level(name), name)


class Odt(_Office):
    """Reads ODT: text, tables and notes, without comments and what was struck out."""

    format = "odt"
    ending = ".odt"
    parts = ("content.xml",)
    about = "meta.xml"

    def blocks(self, content: IO[bytes]) -> Iterator[Block]:
        """Yield the paragraphs of a part."""
        left_out = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation")
        for paragraph in _paragraphs(content, (f"{_TEXT}p", f"{_TEXT}h"), left_out):
            level = paragraph.get(f"{_TEXT}outline-level", "1")
            heading = paragraph.tag == f"{_TEXT}h"
            style = paragraph.get(f"{_TEXT}style-name", "").casefold()
            number = int(level) if level.isdecimal() and len(level) < 3 else 1
            yield from _block(_odt_text(paragraph), number if heading else 0, style)


def _block(text: str, level: int, style: str) -> Iterator[Block]:
    if text.strip():
        yield Block(clean(text.strip()), level, quoted=any(word in style for word in _QUOTES))


def _level(style: str) -> int:
    if style == "title":
        return 1
    number = style.removeprefix("heading").strip()
    return int(number) if style.startswith("heading") and number in "123456789" and number else 0


def _present(opened: zipfile.ZipFile, parts: Sequence[str]) -> list[str]:
    return [parts[0], *(part for part in parts[1:] if part in opened.namelist())]


def _opened(opened: zipfile.ZipFile, part: str) -> IO[bytes]:
    info = opened.getinfo(part)
    if info.file_size > MOST_XML:
        raise ValueError(f"its text unpacks to {info.file_size:,} bytes")
    return opened.open(info)


def _paragraphs(
    content: IO[bytes], tags: Sequence[str], left_out: Sequence[str]
) -> Iterator[Element]:
    """Yield each paragraph when it ends; those inside of others come first and are emptied."""
    hidden, depth = 0, 0
    for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
        started = event == "start"
        hidden += (1 if started else -1) * (element.tag in left_out)
        depth += 1 if started and element.tag in tags else 0
        if started:
            continue
        if element.tag in left_out:
            _empty(element)
        elif element.tag in tags:
            depth -= 1
            if not hidden:
                yield element
            _empty(element)
        elif not depth:
            element.clear()


def _empty(element: Element) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail


def _docx_text(paragraph: Element) -> str:
    pieces: list[str] = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{_W}tab":
            pieces.append("\t")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)


def _odt_text(paragraph: Element) -> str:
    """Return the text in and between the elements of a paragraph; depth costs no recursion."""
    pieces: list[str] = []
    waiting: list[tuple[Element | None, str]] = [(paragraph, "")]
    while waiting:
        element, text = waiting.pop()
        if element is None:
            pieces.append(text)
            continue
        pieces.append(_odt_mark(element) + (element.text or ""))
        for child in reversed(element):
            waiting += [(None, child.tail or ""), (child, "")]
    return "".join(pieces)


def _odt_mark(element: Element) -> str:
    if element.tag == f"{_TEXT}s":
        count = element.get(f"{_TEXT}c", "1")
        return " " * min(int(count), 1000) if count.isdecimal() and len(count) < 9 else " "
    return {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}.get(element.tag, "")


def _told(opened: zipfile.ZipFile, part: str) -> tuple[str, datetime | None]:
    """Return title and time of writing as the document tells them."""
    title, written_at = "", None
    with suppress(*_BROKEN), _opened(opened, part) as content:
        for element in fromstring(content.read(_MOST_ABOUT), forbid_dtd=True).iter():
            tag = element.tag.rpartition("}")[2]
            text = (element.text or "").strip()
            if tag == "title":
                title = clean(text)[:300]
            elif tag in ("created", "creation-date") and text:
                written_at = datetime.fromisoformat(text[:40])
    return title, written_at
