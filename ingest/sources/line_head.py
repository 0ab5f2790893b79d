"""The lines that give LINE's exports their order: headings of days and heads of messages."""

import re
from datetime import date, time
from typing import NamedTuple

from ingest.record import DateOrder
from ingest.sources.clock import full_hour

_YEAR_FIRST = re.compile(
    r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?:\s?[(（][^\s()（）]{1,12}[)）]|\s[^\W\d]{1,14})?"
)
_YEAR_LAST = re.compile(r"([^\W\d]{1,14})\.?,\s?(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_TIME = (
    r"(?P<before>午前|午後|上午|下午|오전 ?|오후 ?)?(?P<hour>\d{1,2}):(?P<minute>\d\d)"
    r"(?P<after>\s?[AaPp]\.?[Mm]\.?)?"
)
_TABBED = re.compile(rf"{_TIME}\t(?P<rest>.*)")
_SPACED = re.compile(rf"{_TIME} (?P<rest>\S.*)")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Head(NamedTuple):
    """The head of a message."""

    hour: int
    minute: int
    rest: str
    """What stands behind the time: who and what."""

    def time(self) -> time:
        """Return the time of day.

        Raises:
            ValueError: there is no such time.
        """
        return time(self.hour, self.minute)


def read_day(text: str, order: DateOrder | None) -> date | None:
    """Return the day that a line is the heading of; the name of the weekday tells the order.

    Raises:
        ValueError: there is no such day.
    """
    line = text.strip().lstrip("\ufeff")
    if found := _YEAR_FIRST.fullmatch(line):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if not (found := _YEAR_LAST.fullmatch(line)):
        return None
    first, second, year = int(found[2]), int(found[3]), int(found[4])
    tried = [(first, second), (second, first)]
    if order == "day-first":
        return date(year, second, first)
    if order == "month-first":
        return date(year, first, second)
    days = [date(year, month, day) for month, day in tried if 1 <= month <= 12 and 1 <= day <= 28]
    days = days or [date(year, month, day) for month, day in tried if 1 <= month <= 12]
    weekday = found[1].casefold()[:3]
    if not days:
        raise ValueError("no such day")
    return next((day for day in days if _WEEKDAYS[day.weekday()] == weekday), days[-1])


def read_head(text: str, *, spaced: bool) -> Head | None:
    """Return the head of a message; parted by tabs, or by spaces as on a computer."""
    found = (_SPACED if spaced else _TABBED).fullmatch(text)
    if found is None:
        return None
    hour, before, after = int(found["hour"]), found["before"], found["after"]
    if before or after:
        hour = full_hour(hour, (before or after).strip())
    return Head(hour, int(found["minute"]), found["rest"])
