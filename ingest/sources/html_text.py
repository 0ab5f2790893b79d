"""The words of HTML, block by block, with what is a heading and what is quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]

from ingest.sources.values import clean

MOST = 64 * 1024**2
"""Bytes of one page that are read."""
_lxml = cast(Any, etree)  # it comes without types
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre "
    "section summary table tbody td tfoot th thead title tr ul".split()
)
_HIDDEN = frozenset("script style head template noscript svg math object iframe select".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_QUOTED = frozenset({"blockquote"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&(?:#\d{1,7}|[a-zA-Z]{2,8});")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document that stands for itself."""

    text: str
    level: int = 0
    """Level of a heading, from 1; 0 for what is none."""
    quoted: bool = False
    """True for words that the author takes from elsewhere."""
    tight: bool = False
    """True when only a line end parts it from the block before."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of HTML holds."""

    blocks: list[Block]
    title: str = ""
    pictures: int = 0


def has_markup(text: str) -> bool:
    """Say whether text holds tags or entities of HTML."""
    return bool(_TAG.search(text))


def read_html(content: str | bytes, charset: str | None = None) -> Page:
    """Return the blocks of a page or a piece of one; broken markup is taken as browsers do."""
    target = _Target()
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    encoding = "utf-8" if isinstance(content, str) else charset
    parser = _lxml.HTMLParser(target=target, encoding=encoding, huge_tree=True)
    try:
        parser.feed(raw[:MOST] or b" ")
        parser.close()
    except (_lxml.LxmlError, ValueError, AssertionError):
        target.close()
    return Page(target.blocks, _one_line(target.title), target.pictures)


def html_to_text(content: str | bytes, charset: str | None = None) -> str:
    """Return HTML as plain text, with `> ` before each quoted line, as mail has it."""
    return "\n".join(_lines(read_html(content, charset).blocks)).strip()


def _lines(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if not block.tight:
            yield ""
        for line in block.text.split("\n"):
            yield f"> {line}" if block.quoted else line


class _Target:
    """Takes tags and text as they come; keeps no tree, so depth costs nothing."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.title = ""
        self.pictures = 0
        self._pieces: list[str] = []
        self._hidden = 0
        self._quoted = 0
        self._level = 0
        self._kept = 0
        self._titled = False
        self._tight = False

    def start(self, tag: str, attributes: object) -> None:
        """Open an element."""
        if tag == "title":
            self._titled = True
        elif tag in _HIDDEN:
            self._hidden += 1
        elif tag == "img":
            self.pictures += 1
        elif tag in _BLOCKS:
            self._close(tight=tag in ("br", "div", "tr", "li"))
            self._quoted += tag in _QUOTED
            self._kept += tag == "pre"
            self._level = _HEADINGS.get(tag, self._level)
            if tag in ("td", "th", "li"):
                self._tight = True

    def end(self, tag: str) -> None:
        """Close an element."""
        if tag == "title":
            self._titled = False
        elif tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS and tag != "br":
            self._close(tight=tag in ("div", "tr", "td", "th", "li"))
            self._quoted = max(0, self._quoted - (tag in _QUOTED))
            self._kept = max(0, self._kept - (tag == "pre"))
            self._level = 0 if tag in _HEADINGS else self._level

    def data(self, text: str) -> None:
        """Take text."""
        if self._titled:
            self.title += text[: max(0, 500 - len(self.title))]
        elif not self._hidden:
            self._pieces.append(text)

    def comment(self, text: str) -> None:
        """Pass over a comment."""

    def close(self) -> None:
        """Close the page."""
        self._close(tight=False)

    def _close(self, *, tight: bool) -> None:
        text = "".join(self._pieces)
        self._pieces = []
        text = clean(text.strip("\r\n") if self._kept else _SPACES.sub(" ", text).strip())
        if text.strip():
            self.blocks.append(Block(text, self._level, self._quoted > 0, self._tight))
            self._tight = tight
        else:
            self._tight = self._tight and tight


def _one_line(text: str) -> str:
    return clean(" ".join(text.split()))
