"""Short ways of writing, as the longer ones that they stand for: fractions, dates, versions, kings.

What is left of numbers is made words by `reading.py`.
"""

import re
from collections.abc import Callable
from re import Match

Say = Callable[[Match[str]], str]

MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_FRACTIONS = {
    **{"1/2": "a half", "1/3": "a third", "2/3": "two thirds", "1/4": "a quarter"},
    **{"3/4": "three quarters", "½": "a half", "⅓": "a third", "⅔": "two thirds"},
    **{"¼": "a quarter", "¾": "three quarters"},
}
_TENS = {
    **{"20": "twenties", "30": "thirties", "40": "forties", "50": "fifties", "60": "sixties"},
    **{"70": "seventies", "80": "eighties", "90": "nineties"},
}
_ROMAN = {
    **{"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12},
    **{"XIII": 13, "XIV": 14, "XV": 15, "XVI": 16},
}
_RULERS = (
    "Alexander Benedict Charles Catherine Edward Elizabeth Frederick George Gregory Henry James"
    " John Louis Margaret Mary Napoleon Nicholas Paul Peter Philip Pius Richard William"
).replace(" ", "|")
_FRACTION = "|".join(sorted(map(re.escape, _FRACTIONS), key=len, reverse=True))


def _date(match: Match[str]) -> str:
    """Return a date; where day and month can't be told apart, the numbers as they stand."""
    first, second, year = int(match[1]), int(match[2]), match[3]
    if 12 < first <= 31 and 1 <= second <= 12:
        return f"{first} {MONTHS[second - 1]} {year}"
    if 12 < second <= 31 and 1 <= first <= 12:
        return f"{MONTHS[first - 1]} {second}, {year}"
    return f"{first} {second}, {year}"


def _day(match: Match[str]) -> str:
    return next(day for day in _DAYS if day.startswith(match[1][:3]))


def _fraction(match: Match[str]) -> str:
    return f"{match[1]} and {_FRACTIONS[match[2]]}" if match[1] else _FRACTIONS[match[2]]


def _ruler(match: Match[str]) -> str:
    number = _ROMAN[match[2]]
    ending = {2: "nd", 3: "rd"}.get(number, "th")
    return f"{match[1]} the {number}{ending}"


def _digits(match: Match[str]) -> str:
    return f"{' '.join(match[1])}, {' '.join(match[2])}"


NOTATION: list[tuple[re.Pattern[str], Say]] = [
    (re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})\b(?!\.\d)"), _date),
    (re.compile(r"\bSept\b\.?(?= ?\d)"), lambda _: "September"),
    (re.compile(r"\b(Mon|Tues?|Wed|Thu|Thurs|Fri|Sat|Sun)\b\.?(?=,? \d)"), _day),
    (re.compile(rf"(?<![\d/.])(?:(\d+)(?: |(?=[½⅓⅔¼¾])))?({_FRACTION})(?![\d/])"), _fraction),
    (re.compile(r"\b(\d+)/(\d+)\b"), lambda m: f"{m[1]} {m[2]}"),
    (re.compile(r"(?<![\d.])\d+(?:\.\d+){2,}\b"), lambda m: m[0].replace(".", " point ")),
    (re.compile(r"\b(\d+(?:\.\d+)?)x\b"), lambda m: f"{m[1]} times"),
    (re.compile(r"(?<![$€£¥\d.,])(\d+(?:\.\d+)?)k\b"), lambda m: f"{m[1]} thousand"),
    (re.compile(r"(?<![\w'])'?([2-9]0)'?s\b"), lambda m: _TENS[m[1]]),
    (re.compile(r"(?<![\w-])(\d{3})-(\d{4})(?![\w-])"), _digits),
    (re.compile(r"(?<=[ap]m) ?[-–] ?(?=\d)"), lambda _: " to "),
    (re.compile(r"\b(\d{1,3}) ?[-–] ?(\d{1,3})(?= ?[%°])"), lambda m: f"{m[1]} to {m[2]}"),
    (re.compile(r"\b(\d)'(\d{1,2})(?:\"|'')"), lambda m: f"{m[1]} foot {m[2]}"),
    (re.compile(rf"\b({_RULERS}) ({'|'.join(_ROMAN)})\b"), _ruler),
    (re.compile(rf"(?<=[a-z] )({'|'.join(_ROMAN)})\b"), lambda m: str(_ROMAN[m[1]])),
    (re.compile(r"\bSt\. (?=[A-Z])"), lambda _: "Saint "),
    (re.compile(r"\bC#"), lambda _: "C sharp"),
    (re.compile(r"\band/or\b"), lambda _: "and or"),
]
"""What each way of writing stands for, in the order in which they are looked for."""
