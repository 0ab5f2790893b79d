"""Reading sure date phrases: `last week`, `in May`, `since 2019`, `hace dos años`.

Only phrases that name a stretch of the calendar are read; `recently` or `a while ago` are not.
A phrase of days gives the day, one of weeks the week from Monday, and so on: the width of the
answer is the width of what was said.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from persona.when_words import (
    AGO,
    COUNTS,
    DAY_WORDS,
    MONTHS,
    PHRASES,
    SEASONS,
    SINCE,
    UNITS,
    WEEKDAYS,
    Unit,
    one_of,
)

Lean = Literal["past", "future"]

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time, from its start up to but not including its end."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date phrase found in a text, with what it means and where it stands."""

    period: Period
    start: int
    end: int
    open_ended: bool = False
    """True after `since`: it began then and goes on."""


def resolve(text: str, said_at: datetime, *, lean: Lean = "past") -> Period | None:
    """Return the stretch of time that the first sure date phrase of a text names, or None.

    Args:
        lean: Which way an open phrase such as `in May` points from `said_at`.

    >>> from datetime import UTC
    >>> resolve("we moved last month", datetime(2024, 3, 9, tzinfo=UTC)).start.date()
    datetime.date(2024, 2, 1)
    """
    found = find_when(text, said_at, lean=lean)
    return found.period if found else None


def find_when(text: str, said_at: datetime, *, lean: Lean = "past") -> When | None:
    """Return the first sure date phrase of a text together with its place, or None."""
    # Folding must keep every character in its place, so that the spans stay true.
    plain = text.replace("’", "'").lower()
    if len(plain) != len(text):
        plain = text.replace("’", "'")
    found = [_read(match, read, said_at, lean) for match, read in _matches(plain)]
    return min((one for one in found if one), key=lambda one: (one.start, -one.end), default=None)


Reader = Callable[[re.Match[str], datetime, Lean], Period | None]


def _matches(plain: str) -> list[tuple[re.Match[str], Reader]]:
    return [(match, read) for rule, read in _READERS for match in rule.finditer(plain)]


def _read(match: re.Match[str], read: Reader, said_at: datetime, lean: Lean) -> When | None:
    period = read(match, said_at, lean)
    if period is None:
        return None
    before = match.string[: match.start()]
    return When(
        period=period,
        start=match.start(),
        end=match.end(),
        open_ended=bool(_OPENS.match(match[0]) or _OPENS_NEXT.search(before)),
    )


def _period(start: datetime, unit: Unit) -> Period:
    """Return the calendar unit that begins at a start."""
    return Period(start=start, end=_shifted(start, unit, 1))


def _floor(moment: datetime, unit: Unit) -> datetime:
    """Return the beginning of the day, week, month or year that holds a moment."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _shifted(start: datetime, unit: Unit, count: int) -> datetime:
    """Return a start moved by so many units; months and years need a start on the 1st."""
    if unit in ("day", "week"):
        return start + timedelta(days=count * (7 if unit == "week" else 1))
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "year" else 1)
    return start.replace(year=months // 12, month=months % 12 + 1)


def _away(said_at: datetime, unit: Unit, count: int) -> Period | None:
    """Return the calendar unit that lies so many units from the moment of speaking."""
    far = {"day": 40_000, "week": 6_000, "month": 1_400, "year": 120}[unit]
    if abs(count) > far:
        return None
    return _period(_shifted(_floor(said_at, unit), unit, count), unit)


def _day_word(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    return _away(said_at, "day", DAY_WORDS[" ".join(match["word"].split())])


def _phrase(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    unit, count = PHRASES[" ".join(match["phrase"].split())]
    return _away(said_at, unit, count)


def _ago(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    return _away(said_at, UNITS[match["unit"]], -_count(match["count"]))


def _ahead(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    return _away(said_at, UNITS[match["unit"]], _count(match["count"]))


def _count(word: str) -> int:
    plain = " ".join(word.split())
    return COUNTS[plain] if plain in COUNTS else int(plain)


def _weekend(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    shift = {"last": -1, "this": 0, "next": 1}[match["which"]]
    saturday = _shifted(_floor(said_at, "week"), "week", shift) + timedelta(days=5)
    return Period(start=saturday, end=saturday + timedelta(days=2))


def _weekday(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    today = _floor(said_at, "day")
    ahead = (WEEKDAYS[match["day"]] - today.weekday()) % 7
    which = match["which"]
    if which == "last" or (which == "on" and lean == "past"):
        return _period(today + timedelta(days=ahead - 7), "day")
    return _period(today + timedelta(days=ahead or 7), "day")


def _month(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    month = MONTHS[match["month"].rstrip(".")]
    if match["year"]:
        return _month_of(int(match["year"]), month, said_at)
    return _period(
        _nearest(month, said_at, _leaning((match["which"] or "").strip(), lean)), "month"
    )


def _leaning(which: str, lean: Lean) -> Lean:
    if which == "last":
        return "past"
    return "future" if which in ("next", "this coming") else lean


def _nearest(month: int, said_at: datetime, lean: Lean) -> datetime:
    """Return the start of the nearest such month, the running one counted as past and future."""
    start = _floor(said_at, "year").replace(month=month)
    if lean == "past" and start > said_at:
        return _shifted(start, "year", -1)
    ended = _shifted(start, "month", 1) <= said_at
    return _shifted(start, "year", 1) if lean == "future" and ended else start


def _month_of(year: int, month: int, said_at: datetime) -> Period | None:
    if not FIRST_YEAR <= year < LAST_YEAR:
        return None
    return _period(_floor(said_at, "year").replace(year=year, month=month), "month")


def _year(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    return _period(_floor(said_at, "year").replace(year=int(match["year"])), "year")


def _season(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    """Return a season of the northern half, as people mean it where nothing else is known."""
    month = SEASONS[match["season"]]
    if match["year"]:
        first = _month_of(int(match["year"]), month, said_at)
        return Period(start=first.start, end=_shifted(first.start, "month", 3)) if first else None
    start = _season_start(month, match["which"], said_at)
    return Period(start=start, end=_shifted(start, "month", 3))


def _season_start(month: int, which: str, said_at: datetime) -> datetime:
    this_year = _floor(said_at, "year").replace(month=month)
    starts = [_shifted(this_year, "year", shift) for shift in (-2, -1, 0, 1)]
    if which == "next":
        return next(start for start in starts if start > said_at)
    over = [start for start in starts if _shifted(start, "month", 3) <= said_at]
    running = [start for start in starts if start <= said_at and start not in over]
    return over[-1] if which == "last" else (running or [this_year])[0]


def _date(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    """Return a day such as `5 May 2023` or `May 5th`."""
    month, day = MONTHS[match["month"].rstrip(".")], int(match["day"])
    if match["year"]:
        return _day_of(int(match["year"]), month, day, said_at)
    guess = _day_of(said_at.year, month, day, said_at)
    if guess and lean == "past" and guess.start > said_at:
        return _day_of(said_at.year - 1, month, day, said_at)
    if guess and lean == "future" and guess.end <= said_at:
        return _day_of(said_at.year + 1, month, day, said_at)
    return guess


def _iso_date(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    return _day_of(int(match["year"]), int(match["month"]), int(match["day"]), said_at)


def _numeric_date(match: re.Match[str], said_at: datetime, lean: Lean) -> Period | None:
    """Return a day such as `25/12/2023`; when both numbers could be the month it isn't sure."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if match["dot"] or first > 12 or first == second:
        return _day_of(year, second, first, said_at)
    return _day_of(year, first, second, said_at) if second > 12 else None


def _day_of(year: int, month: int, day: int, said_at: datetime) -> Period | None:
    if not FIRST_YEAR <= year < LAST_YEAR:
        return None
    try:
        start = _floor(said_at, "day").replace(year=year, month=month, day=day)
    except ValueError:
        return None
    return _period(start, "day")


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{pattern})(?![\w])")


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_OF_YEAR = rf",? (?:of |de |del )?{_YEAR}"
_COUNT = rf"(?P<count>{one_of(COUNTS)}|\d{{1,3}})"
_UNIT = rf"(?P<unit>{one_of(UNITS)})"
_MONTH = rf"(?P<month>{one_of(MONTHS)})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|º|er)?"
_IN = rf"in|en|em|im|nel|during|until|back in|early|late|mid|{one_of(SINCE)}"
_OPENS = re.compile(rf"(?:{one_of(SINCE)})\b")
_OPENS_NEXT = re.compile(rf"\b(?:{one_of(SINCE)})\s+(?:the\s+|o\s+|el\s+)?$")
_THINGS = r"(?! ?(?:people|euros?|dollars?|times|minutes|[%€$£]))"
_VERB = r"(?! (?:be|have|not|take|come|need|go|seem|well)\b)"

_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_rule(rf"(?P<word>{one_of(DAY_WORDS)})"), _day_word),
    (_rule(rf"(?P<phrase>{one_of(PHRASES)})"), _phrase),
    (_rule(rf"{_COUNT} {_UNIT} (?:ago|atrás|fa)"), _ago),
    (_rule(rf"(?:{one_of(AGO)}) {_COUNT} {_UNIT}"), _ago),
    (_rule(rf"in {_COUNT} (?P<unit>days?|weeks?|months?|years?)(?:'s time| time)?"), _ahead),
    (_rule(r"(?P<which>last|this|next) weekend"), _weekend),
    (_rule(rf"(?P<which>last|this|next|on|coming) (?P<day>{one_of(WEEKDAYS)})"), _weekday),
    (_rule(rf"(?:{_IN})[ -](?P<which>last |next )?{_MONTH}(?:{_OF_YEAR})?"), _month),
    (_rule(rf"(?P<which>last|next|this coming) {_MONTH}(?:{_OF_YEAR})?"), _month),
    (_rule(rf"(?P<which>){_MONTH}{_OF_YEAR}"), _month),
    (_rule(rf"(?P<which>last|this|next) (?P<season>{one_of(SEASONS)})(?P<year>)"), _season),
    (_rule(rf"(?P<which>)(?P<season>{one_of(SEASONS)}){_OF_YEAR}"), _season),
    (_rule(rf"(?:{_IN}|around) (?:the year )?{_YEAR}{_THINGS}"), _year),
    (_rule(rf"{_DAY} (?:of |de )?{_MONTH}{_VERB}(?:{_OF_YEAR})?"), _date),
    (_rule(rf"{_MONTH} (?:the )?{_DAY}{_THINGS}(?:,? {_YEAR})?"), _date),
    (_rule(rf"{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)"), _iso_date),
    (_rule(rf"(?P<first>[0-3]?\d)(?:(?P<dot>\.)|/)(?P<second>[0-3]?\d)[./]{_YEAR}"), _numeric_date),
)
