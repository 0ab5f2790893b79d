"""When something was, told from when it was said: `last Friday`, written on 15 July 2023.

People tell of what happened in words that hold for the day they write on. So a question that asks
when is answered from the date of the message and the date phrase in it; without a phrase, what is
told happened about when it was told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory.model import Hit, Utterance
from persona.when import Period, find_when
from persona.when_words import MONTHS, SEASONS, one_of

_ASKS = re.compile(
    r"^\W*(and |so |but )?(when|since when|(in |on |by )?(what|which) (year|month|date|day))\b",
    re.IGNORECASE,
)
_ASKS_YEAR = re.compile(r"^\W*(in )?(what|which) year\b", re.IGNORECASE)
_ASKS_NOW = re.compile(r"^\W*(and |so |but )?when(['’]?s| (do|does|is|are))\b", re.IGNORECASE)
"""Asks for a time of day, a habit or what is yet to come: never the day that it was told on."""
_MONTH_ASKED = re.compile(
    rf"\b(?:in|during|of) (?P<month>{'|'.join(map(re.escape, MONTHS))})\b", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_SEASON_NAMED = re.compile(one_of(SEASONS), re.IGNORECASE)
_REACH = 5
"""How many hits are read for the month that a question names."""
_COUNTS = ("", "", "two ", "three ", "four ", "five ", "six ")
_WEEKEND, _WEEK, _MONTH, _SEASON = 2, 7, 31, 93
"""Days that a phrase of such a width spans at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A time as a message tells it."""

    period: Period
    said_at: datetime
    phrase: str
    """The words that name it; empty where the message names none."""

    @property
    def days(self) -> int:
        return (self.period.end - self.period.start).days


def asks_when(question: str) -> bool:
    """Say whether a question asks for a date and nothing else."""
    return _ASKS.match(question) is not None


def told_when(question: str, hits: Sequence[Hit]) -> str | None:
    """Return when the thing asked about was, as its words tell; None where no hit tells it.

    Args:
        question: one that asks when.
        hits: what recall found for it, best first.
    """
    told = [one for hit in hits[:_REACH] if (one := _read(hit.utterance))]
    if _ASKS_NOW.match(question):
        told = [one for one in told if one.phrase]
    if not told:
        return None
    asked = _MONTH_ASKED.search(question)
    month = MONTHS[asked["month"].lower()] if asked else None
    best = next((one for one in told if one.period.start.month == month), told[0])
    return f"{best.period.start.year}" if _ASKS_YEAR.match(question) else _worded(best)


def _read(utterance: Utterance) -> _Told | None:
    said_at = utterance.said_at
    if said_at is None:
        return None
    found = find_when(utterance.text, said_at)
    if found is None:
        day = said_at.replace(hour=0, minute=0, second=0, microsecond=0)
        return _Told(period=Period(start=day, end=day + timedelta(1)), said_at=said_at, phrase="")
    phrase = utterance.text[found.start : found.end]
    return _Told(period=found.period, said_at=said_at, phrase=phrase)


def _worded(told: _Told) -> str:
    """Return a time in words as wide as those that told it, with the date they were said on."""
    start, said = told.period.start, day_name(told.said_at)
    past = told.period.end <= told.said_at
    if told.days == 1:
        named = _WEEKDAY.search(told.phrase)
        return f"the {start:%A} before {said}" if named and past else day_name(start)
    if told.days <= _WEEKEND:
        return f"the weekend before {said}" if past else f"the weekend of {day_name(start)}"
    if told.days <= _WEEK:
        return _week(told)
    if told.days <= _MONTH:
        return f"{start:%B %Y}"
    season = _SEASON_NAMED.search(told.phrase) if told.days <= _SEASON else None
    return f"{season[0]} {start.year}" if season else f"{start.year}"


def _week(told: _Told) -> str:
    said = day_name(told.said_at)
    monday = told.said_at - timedelta(told.said_at.weekday())
    away = round((told.period.start - monday).days / _WEEK)
    if not 0 < abs(away) < len(_COUNTS):
        return f"the week of {day_name(told.period.start)}"
    count = f"{_COUNTS[abs(away)]}weeks" if abs(away) > 1 else "the week"
    return f"{count} {'before' if away < 0 else 'after'} {said}"


def day_name(day: datetime) -> str:
    """Return a day in words.

    >>> day_name(datetime(2023, 5, 7))
    '7 May 2023'
    """
    return f"{day.day} {day:%B %Y}"
