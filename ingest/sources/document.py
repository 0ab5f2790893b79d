"""Plain text and Markdown: diaries, notes, letters, and interviews as questions and answers."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from ingest.archive_seam import Archive, head
from ingest.pieces import pieces
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.lines import Line, decode_start, looks_like_text, read_lines

_HEADING = re.compile(r"^(#{1,6})\s+(\S.*)$")
_ASKED = re.compile(r"^\W{0,3}(?:Q|Question|Interviewer)\W{0,3}:\W{0,3}\s*(.+)$", re.IGNORECASE)
_ANSWERED = re.compile(r"^\W{0,3}(?:A|Answer)\W{0,3}:\W{0,3}\s*(.*)$", re.IGNORECASE)
_RULE = re.compile(r"^\s*([-*_=])(?:\s*\1){2,}\s*$")
_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DATED = re.compile(
    r"^\W*(date|recorded|written|created)\b.{0,20}?\d{4}-\d{2}-\d{2}", re.IGNORECASE
)
_LIKE_CHAT = re.compile(r"^.{0,40}\d[:.]\d\d\b.{0,60}:\s")
"""A line of a chat in some format that no reader knows; it must not pass as the owner's prose."""
_FENCES = ("```", "~~~")
_FRONT_LINES = 30


class Markdown:
    """Reads Markdown."""

    format = "markdown"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the text files that end as Markdown does."""
        endings = (".md", ".markdown", ".mdown")
        names = (name for name in archive.names if name.casefold().endswith(endings))
        return [name for name in names if looks_like_text(head(archive, name))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield paragraph by paragraph, each answer with its question."""
        yield from _Document(archive, name, markup=True).items()


class PlainText:
    """Reads prose in plain text; the last resort."""

    format = "text"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the text files that read like prose."""
        names = (name for name in archive.names if name.casefold().endswith((".txt", ".text")))
        return [name for name in names if _is_prose(head(archive, name))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield paragraph by paragraph."""
        yield from _Document(archive, name, markup=False).items()


def _is_prose(start: bytes) -> bool:
    if not looks_like_text(start):
        return False
    text = decode_start(start).strip()
    letters = sum(c.isalpha() or c.isspace() for c in text)
    if not text or text[0] in "{[<" or letters / len(text) <= 0.6:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(_LIKE_CHAT.match(line) is not None for line in lines) <= max(1, len(lines) / 3)


class _Document:
    """Walks a document line by line and closes a paragraph at each blank line."""

    def __init__(self, archive: Archive, name: str, *, markup: bool) -> None:
        self._archive = archive
        self._name = name
        self._markup = markup
        self._written_at: datetime | None = None
        self._prompt: str | None = None
        self._lines: list[str] = []
        self._start = 1
        self._begun = False
        self._interview = False
        self._fenced = False
        self._quoted = False

    def items(self) -> Iterator[Item]:
        """Yield the document."""
        lines = decode_start(head(self._archive, self._name)).splitlines()
        self._interview = _is_interview(lines)
        form = "interview" if self._interview else "document"
        yield Conversation(key=self._name, title=PurePosixPath(self._name).stem, form=form)
        front = _front_matter(lines) if self._markup else 0
        for line in read_lines(self._archive, self._name):
            if line.damage:
                yield Skipped(where=f"line {line.number}", why=line.damage)
            if not self._begun and _DATED.match(line.text):
                self._date(line.text)
            elif line.number > front:
                yield from self._line(line)
        yield from self._close()

    def _line(self, line: Line) -> Iterator[Item]:
        text = line.text
        if self._markup and text.lstrip().startswith(_FENCES):
            yield from self._close()
            self._fenced = not self._fenced
        elif self._fenced:
            self._take(line, quoted=True)
        elif not text.strip() or (self._markup and _RULE.match(text)):
            yield from self._close()
        elif self._markup and (heading := _HEADING.match(text)):
            yield from self._close()
            self._head(heading[1], _heading_words(heading))
        elif self._interview and (asked := _ASKED.match(text)):
            yield from self._close()
            self._prompt = asked[1].strip("* ")
        elif self._interview and (answered := _ANSWERED.match(text)):
            yield from self._close()
            self._take(line._replace(text=answered[1]))
        else:
            quoted = self._markup and text.lstrip().startswith(">")
            if quoted != self._quoted:
                yield from self._close()
            self._take(line, quoted=quoted)

    def _head(self, level: str, text: str) -> None:
        """Take a heading as what the next paragraphs answer; the uppermost only names them all."""
        self._prompt = None if level == "#" and not text.endswith("?") else text
        if _DAY.search(text) and not self._interview:
            self._date(text)

    def _date(self, text: str) -> None:
        if found := _DAY.search(text):
            try:
                day = datetime(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                return
            self._written_at = day + timedelta(hours=12)

    def _take(self, line: Line, *, quoted: bool = False) -> None:
        self._begun = True
        if not self._lines:
            self._start, self._quoted = line.number, quoted
        self._lines.append(line.text)

    def _close(self) -> Iterator[Item]:
        text = "\n".join(self._lines).strip()
        self._lines = []
        for piece in pieces(text):
            yield Message(
                where=f"line {self._start}",
                author="",
                said_at=self._written_at,
                text=piece,
                prompt=self._prompt,
                quoted=self._quoted,
            )


def _is_interview(lines: Sequence[str]) -> bool:
    headings = [_heading_words(found) for line in lines if (found := _HEADING.match(line))]
    asked = sum(text.endswith("?") for text in headings)
    return asked >= 2 or sum(_ASKED.match(line) is not None for line in lines) >= 2


def _heading_words(heading: re.Match[str]) -> str:
    return heading[2].rstrip().rstrip("#").rstrip()


def _front_matter(lines: Sequence[str]) -> int:
    """Return how many lines in front tell about the document, between two lines of `---`."""
    if not lines or lines[0].strip() != "---":
        return 0
    ends = (number for number, line in enumerate(lines) if number and line.strip() == "---")
    end = next(ends, _FRONT_LINES)
    return end + 1 if end < _FRONT_LINES else 0
