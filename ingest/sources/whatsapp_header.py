"""The head of a WhatsApp message: `date, time - Name: ` in all the ways phones write it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.source import DateOrder

_SPACE = r"[ \u00a0\u2009\u202f]"
_MARKS = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
_BEFORE_NOON = r"a\.?[ \u00a0\u202f]?m\.?|上午|午前|오전|凌晨|早上|πμ|π\.μ\.|ص|पूर्वाह्न|am"
_AFTER_NOON = r"p\.?[ \u00a0\u202f]?m\.?|下午|午後|오후|晚上|中午|μμ|μ\.μ\.|م|अपराह्न|pm"
_HALF = rf"(?:{_BEFORE_NOON}|{_AFTER_NOON})"
_DATE = r"(\d{1,4})(?:[/.\-]|\.? )(\d{1,2})(?:[/.\-]|\.? )(\d{1,4})\.?"
_TIME = (
    rf"(?:({_HALF}){_SPACE}*)?(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}}))?"
    rf"(?:{_SPACE}*({_HALF}))?"
)
_BRACKETED = re.compile(rf"^[{_MARKS}]*\[{_DATE}(?:,|،)?{_SPACE}*{_TIME}\]{_SPACE}?", re.IGNORECASE)
_DASHED = re.compile(
    rf"^[{_MARKS}]*{_DATE}(?:,|،)?{_SPACE}+{_TIME}{_SPACE}-{_SPACE}", re.IGNORECASE
)
_IS_AFTER = re.compile(_AFTER_NOON, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
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
        first, second, third = self.date
        if order == "year-first":
            year, month, day = first, second, third
        elif order == "month-first":
            month, day, year = first, second, third
        else:
            day, month, year = first, second, third
        full_year = year + 2000 if year < 100 else year
        return datetime(full_year, month, day, self.hour, self.minute, self.second)


def read_header(line: str, *, bracketed: bool | None = None) -> Header | None:
    """Return the head of a line; None when it has none.

    Args:
        line: the line.
        bracketed: True for iOS exports, False for Android ones, None for either.
    """
    if not line or (bracketed is False and not line[0].isdigit() and line[0] not in _MARKS):
        return None
    patterns = {True: (_BRACKETED,), False: (_DASHED,), None: (_BRACKETED, _DASHED)}[bracketed]
    found = next((m for pattern in patterns if (m := pattern.match(line))), None)
    return _header(found) if found else None


def _header(found: re.Match[str]) -> Header:
    first, second, third, before, hour, minute, seconds, after = found.groups()
    half = before or after
    return Header(
        (int(first), int(second), int(third)),
        _hour(int(hour), half),
        int(minute),
        int(seconds or 0),
        found.end(),
    )


def _hour(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if _IS_AFTER.fullmatch(half) else 0)


class OrderVote:
    """Infers the order of day, month and year from all the heads of a file."""

    def __init__(self) -> None:
        self._highest = [0, 0]
        self._year_first = False
        self._previous: dict[DateOrder, datetime] = {}
        self._backwards: Counter[DateOrder] = Counter()

    def see(self, header: Header) -> None:
        """Take in one head."""
        first, second, _ = header.date
        self._year_first = self._year_first or first > 31
        self._highest = [max(self._highest[0], first), max(self._highest[1], second)]
        orders: tuple[DateOrder, ...] = ("day-first", "month-first")
        for order in orders:
            self._step(header, order)

    def order(self) -> DateOrder:
        """Return the order that fits; day first where nothing tells."""
        if self._year_first:
            return "year-first"
        if self._highest[0] > 12:
            return "day-first"
        if self._highest[1] > 12:
            return "month-first"
        fewer = self._backwards["month-first"] < self._backwards["day-first"]
        return "month-first" if fewer else "day-first"

    def _step(self, header: Header, order: DateOrder) -> None:
        try:
            moment = header.moment(order)
        except ValueError:
            return
        previous = self._previous.get(order)
        self._backwards[order] += previous is not None and moment < previous
        self._previous[order] = moment


def vote(headers: Iterable[Header]) -> DateOrder:
    """Return the order of day and month that fits all heads."""
    ballot = OrderVote()
    for header in headers:
        ballot.see(header)
    return ballot.order()


def clean_name(name: str) -> str:
    """Return a sender's name without direction marks and the `~` of unknown contacts."""
    bare = name.translate({ord(mark): None for mark in _MARKS})
    return unicodedata.normalize("NFC", bare.replace("\u00a0", " ").replace("\u202f", " ")).strip(
        " ~"
    )


def strip_marks(text: str) -> str:
    """Return text without direction marks at its start; joiners inside emoji stay."""
    return text.lstrip(_MARKS)
