"""Whole dates as Google writes them, a sentence in the language of the account."""

import re
from datetime import UTC, datetime

from ingest.sources.clock import HALF, full_hour
from ingest.sources.month_names import month_named

_TIME = re.compile(
    rf"(?:({HALF})\s?)?(?<!\d)(\d{{1,2}})(?:[:.]|\s?(?:[時时시]|นาฬิกา)\s?)"
    rf"(\d\d?)(?:[:.]|\s?(?:[分분]|นาที)\s?)(\d\d?)(?!\d)(?:\s?({HALF})(?![^\W\d_]))?"
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBERED_MONTH = re.compile(r"(\d{1,2})\s?[月월]|tháng (\d{1,2})")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_BETWEEN = re.compile(r"[\s\d,.،、()'’\[\]\-]+")
_OCTOBER_ELSEWHERE = re.compile(r"\d\. listopada")
_THAI_YEARS = 543


def read_date_sentence(written: str) -> datetime:
    """Return the time out of a date such as `Sunday, November 3, 2024 at 9:07:45 PM UTC`.

    Raises:
        ValueError: it is in a language or form that is not known.
    """
    time, year = _TIME.search(written), _YEAR.search(written)
    if not time or not year:
        raise ValueError(f"no date: {written[:40]!r}")
    rest = _YEAR.sub(" ", _TIME.sub(" ", written, count=1), count=1)
    month = _month(rest)
    day = _DAY.search(_NUMBERED_MONTH.sub(" ", rest, count=1))
    if month is None or not day:
        raise ValueError(f"no day or month that is known: {written[:40]!r}")
    before, hour, minute, second, after = time.groups()
    return datetime(
        _full_year(int(year[0])),
        month,
        int(day[0]),
        full_hour(int(hour), before or after),
        int(minute),
        int(second),
        tzinfo=UTC,
    )


def _month(rest: str) -> int | None:
    if numbered := _NUMBERED_MONTH.search(rest):
        return int(numbered[1] or numbered[2])
    if _OCTOBER_ELSEWHERE.search(rest):
        return 10
    found = (month_named(word) for word in _BETWEEN.split(rest))
    return next((month for month in found if month), None)


def _full_year(year: int) -> int:
    """Return a year as the calendar of most of the world counts it.

    Raises:
        ValueError: it is counted in a way that is not known.
    """
    if year > 2400:
        return year - _THAI_YEARS
    if year < 1900:
        raise ValueError(f"the year {year} of another calendar")
    return year
