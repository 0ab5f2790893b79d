"""The head of a WhatsApp message: `date, time - Name: ` in all the ways phones write it."""

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple

from ingest.record import DateOrder
from ingest.sources.clock import HALF, full_hour

MARKS = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
"""Signs without width that phones set round names, numbers and notices."""
_SPACE = r"[ \u00a0\u2009\u202f]"
_BETWEEN = r"[\u200e\u200f]?(?:[/\-]|\. ?| )[\u200e\u200f]?"
_DATE = (
    rf"(\d{{1,4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,4}})\.?(?: г\.)?[,،]?"
    r"(?: (?:à|às|kl\.?|klo|um|om))?"
)
_TIME = (
    rf"(?:({HALF}){_SPACE}*)?(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}}))?"
    rf"(?:{_SPACE}*({HALF})|{_SPACE}ч\.)?"
)
_BRACKETED = re.compile(rf"[{MARKS}]*\[[{MARKS}]*{_DATE}{_SPACE}*[{MARKS}]*{_TIME}\]{_SPACE}?")
_DASHED = re.compile(rf"[{MARKS}]*{_DATE}{_SPACE}+{_TIME}{_SPACE}-{_SPACE}")
_FIRST_YEAR = 2009
"""WhatsApp is as old as this; an order of the date that leads further back is unlikely."""
_IMPOSSIBLE = 10
"""A day that can't be speaks as loud against an order as so many steps back in time."""
_THAI_YEARS = 543


class Header(NamedTuple):
    """The numbers of a head, before it is known which of them is the day."""

    date: tuple[int, int, int]
    hour: int
    minute: int
    second: int
    end: int
    """Where the head ends in the line."""

    def moment(self, order: DateOrder) -> datetime:
        """Return the local time it names.

        Raises:
            ValueError: there is no such day or time.
        """
        year, month, day = _in_order(self.date, order)
        return datetime(year, month, day, self.hour, self.minute, self.second)


def read_header(line: str, *, bracketed: bool | None = None) -> Header | None:
    """Return the head of a line; None when it has none.

    Args:
        line: the line.
        bracketed: True for iOS exports, False for Android ones, None for either.
    """
    start = line[:1]
    if start.isdecimal():
        found = None if bracketed else _DASHED.match(line)
    elif start == "[":
        found = None if bracketed is False else _BRACKETED.match(line)
    elif start and start in MARKS:
        return _behind_marks(line, bracketed)
    else:
        return None
    return _header(found) if found else None


def _behind_marks(line: str, bracketed: bool | None) -> Header | None:
    bare = line.lstrip(MARKS)
    header = read_header(bare, bracketed=bracketed)
    return header and header._replace(end=header.end + len(line) - len(bare))


def _header(found: re.Match[str]) -> Header:
    first, second, third, before, hour, minute, seconds, after = found.groups()
    return Header(
        (int(first), int(second), int(third)),
        full_hour(int(hour), before or after),
        int(minute),
        int(seconds or 0),
        found.end(),
    )


def _in_order(date: tuple[int, int, int], order: DateOrder) -> tuple[int, int, int]:
    """Return year, month and day."""
    first, second, third = date
    if order == "year-first":
        return _full_year(first), second, third
    if order == "month-first":
        return _full_year(third), first, second
    return _full_year(third), second, first


def _full_year(year: int) -> int:
    if year < 100:
        return year + 2000
    return year - _THAI_YEARS if year > 2400 else year


class OrderVote:
    """Infers the order of day, month and year from all the heads of a file.

    The right order names no impossible day and hardly ever goes back in time.
    """

    def __init__(self) -> None:
        self._date: tuple[int, int, int] | None = None
        self._day: dict[DateOrder, tuple[int, int, int]] = {}
        self._telling: tuple[int, int, int] | None = None
        self._against: dict[DateOrder, int] = {"day-first": 0, "month-first": 0, "year-first": 0}

    def see(self, header: Header) -> None:
        """Take in one head."""
        if header.date != self._date:
            self._date = header.date
            if header.date[0] != header.date[1]:
                self._telling = self._telling or header.date
            for order in self._against:
                self._against[order] += self._speaks_against(order, header.date)

    def order(self) -> DateOrder:
        """Return the order that fits; day first where nothing tells."""
        return min(self._against, key=lambda order: self._against[order])

    def unclear(self) -> str | None:
        """Return a date that day first and month first read differently, if either fits as well."""
        tied = self._against["day-first"] == self._against["month-first"]
        if not tied or self._telling is None or self.order() == "year-first":
            return None
        return "/".join(f"{number:02}" for number in self._telling)

    def _speaks_against(self, order: DateOrder, date: tuple[int, int, int]) -> int:
        day = _in_order(date, order)
        if day[0] < _FIRST_YEAR or not (0 < day[1] <= 12 and 0 < day[2] <= 31):
            return _IMPOSSIBLE
        backwards = day < self._day.get(order, day)
        self._day[order] = day
        return backwards


def clean_name(name: str) -> str:
    """Return a sender's name without direction marks and the `~` of unknown contacts."""
    bare = name.translate(_PLAIN)
    return unicodedata.normalize("NFC", bare).strip(" ~")


_PLAIN = {ord(mark): None for mark in MARKS} | {0x00A0: " ", 0x202F: " "}


def strip_marks(text: str) -> str:
    """Return text without direction marks at its start; joiners inside emoji stay."""
    return text.lstrip(MARKS)
