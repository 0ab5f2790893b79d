"""Making a text sayable: numbers, dates, money, links, emoji and short forms as one says them."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

import re
from re import Match

from num2words import num2words  # pyright: ignore[reportMissingTypeStubs]  # it has no types

from persona.voice.notation import MONTHS, NOTATION, Say

_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
_CURRENCIES = {
    "$": ("dollar", "cent"),
    "€": ("euro", "cent"),
    "£": ("pound", "penny"),
    "¥": ("yen", ""),
}
_PLURALS = {"penny": "pence", "yen": "yen"}
_UNITS = {
    **{"km": "kilometre", "m": "metre", "cm": "centimetre", "mm": "millimetre", "mi": "mile"},
    **{"kg": "kilogram", "g": "gram", "lb": "pound", "l": "litre", "ml": "millilitre"},
    **{"h": "hour", "min": "minute", "s": "second", "GB": "gigabyte", "MB": "megabyte"},
    **{"km/h": "kilometre per hour", "mph": "mile per hour", "kmh": "kilometre per hour"},
}
_SHORT = {
    **{"e.g.": "for example", "i.e.": "that is", "etc.": "et cetera", "vs.": "versus"},
    **{"vs": "versus", "Dr.": "Doctor", "Mr.": "Mister", "Mrs.": "Missus", "Prof.": "Professor"},
    **{"approx.": "about", "w/": "with", "w/o": "without", "btw": "by the way", "thx": "thanks"},
    **{"idk": "I don't know", "imo": "in my opinion", "omg": "oh my god", "tbh": "to be honest"},
    **{"pls": "please", "ppl": "people", "asap": "as soon as possible", "rn": "right now"},
}
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f"
    "\u2190-\u21ff\u2300-\u23ff]+"
)
_SMILEY = re.compile(r"(?<!\S)(?:[:;=8xX][-'^o]?[)(DPpOo/\\|\]\[*3]+|<3+|\^\^|\(:|:'\()(?!\w)")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>()]+[^\s<>().,;:!?\"']", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def sayable(text: str) -> str:
    """Return a text as words that can be said, with the marks that make pauses."""
    said = _MARKDOWN_LINK.sub(r"\1", text.replace("’", "'"))
    said = _SMILEY.sub(" ", _EMOJI.sub(" ", said))
    for pattern, say in (*_ADDRESSES, *NOTATION, *_RULES):
        said = pattern.sub(say, said)
    said = re.sub(r"[*_`~#|<>{}\[\]\\^]+", " ", said)
    said = re.sub(r"\s+([,.;:!?])", r"\1", said)
    return " ".join(said.split())


def _short(match: Match[str]) -> str:
    found = match[0]
    return _SHORT.get(found) or _SHORT[found.lower()]


def _link(match: Match[str]) -> str:
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0], flags=re.IGNORECASE).split("/")[0]
    return host.split(":")[0].split("?")[0].replace("-", " dash ").replace(".", " dot ")


def _mail(match: Match[str]) -> str:
    spelt = re.sub(r"[._+-]", lambda mark: f" {_MARKS[mark[0]]} ", match[0])
    return spelt.replace("@", " at ")


_MARKS = {".": "dot", "_": "underscore", "+": "plus", "-": "dash"}


def _year(year: int) -> str:
    if 2000 <= year <= 2009 or not 1000 <= year <= 2999:
        return _cardinal(str(year))
    return _plain(num2words(year, to="year"))


def _ordinal(number: int) -> str:
    return _plain(num2words(number, to="ordinal"))


def _cardinal(number: str) -> str:
    digits = number.replace(",", "")
    coded = len(digits) > 1 and digits[0] == "0" and "." not in digits
    if coded or len(digits.split(".")[0]) > 15:
        return _digits(digits)
    return _plain(num2words(float(digits) if "." in digits else int(digits)))


def _digits(number: str) -> str:
    return " ".join(_plain(num2words(int(digit))) for digit in number if digit.isdigit())


def _plain(words: str) -> str:
    return words.replace(",", "").replace(" and ", " and ")


def _iso_date(match: Match[str]) -> str:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return _digits(match[0])
    return f"{MONTHS[month - 1]} {_ordinal(day)}, {_year(year)}"


def _day_month(match: Match[str]) -> str:
    year = f", {_year(int(match[3]))}" if match[3] else ""
    return f"the {_ordinal(int(match[1]))} of {_month(match[2])}{year}"


def _month_day(match: Match[str]) -> str:
    year = f", {_year(int(match[3]))}" if match[3] else ""
    return f"{_month(match[1])} {_ordinal(int(match[2]))}{year}"


def _month(name: str) -> str:
    return next(month for month in MONTHS if month.lower().startswith(name[:3].lower()))


def _clock(match: Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        return _digits(match[0])
    half = {"a": " a m", "p": " p m"}.get((match[3] or " ")[0].lower(), "")
    if minute == 0:
        said = _cardinal(str(hour)) + ("" if half else " o'clock" if hour <= 12 else " hundred")
    else:
        small = f"oh {_cardinal(str(minute))}" if minute < 10 else _cardinal(str(minute))
        said = f"{_cardinal(str(hour))} {small}"
    return said + half


def _hour(match: Match[str]) -> str:
    return f"{_cardinal(match[1])} {match[2][0].lower()} m"


def _money(match: Match[str]) -> str:
    unit, part = _CURRENCIES[match[1]]
    number, scale = match[2].replace(",", ""), match[3]
    if scale:
        words = {"k": "thousand", "m": "million", "b": "billion"}.get(scale.lower(), scale)
        return f"{_cardinal(number)} {words} {_plural(unit)}"
    whole, _, cents = number.partition(".")
    said = f"{_cardinal(whole)} {unit if whole == '1' else _plural(unit)}"
    if cents and part and int(cents):
        small = int(cents.ljust(2, "0")[:2])
        said += f" and {_cardinal(str(small))} {part if small == 1 else _plural(part)}"
    return said


def _plural(unit: str) -> str:
    return _PLURALS.get(unit) or (
        unit.replace(" per", "s per", 1) if " per" in unit else unit + "s"
    )


def _measure(match: Match[str]) -> str:
    unit = _UNITS[match[2]]
    return f"{_cardinal(match[1])} {unit if match[1] == '1' else _plural(unit)}"


def _phone_number(match: Match[str]) -> str:
    groups = re.findall(r"\+|\d+", match[0])
    return ", ".join("plus" if g == "+" else _digits(g) for g in groups).replace("plus,", "plus")


def _four_digits(match: Match[str]) -> str:
    return _year(int(match[0]))


def _span(match: Match[str]) -> str:
    return f"{match[1]} to {match[2]}"


_ADDRESSES: list[tuple[re.Pattern[str], Say]] = [(_LINK, _link), (_MAIL, _mail)]
_RULES: list[tuple[re.Pattern[str], Say]] = [
    (
        re.compile(
            r"(?<![\w.])(?:"
            + "|".join(re.escape(s) for s in sorted(_SHORT, key=len)[::-1])
            + r")(?![\w])",
            re.IGNORECASE,
        ),
        _short,
    ),
    (re.compile(r"\b([12]\d)(\d0)'?s\b"), lambda m: _decade(m)),
    (re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b"), _iso_date),
    (re.compile(rf"(?<![\w.])-(?={_NUMBER})"), lambda _: "minus "),
    (
        re.compile(
            rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH})\b\.?(?:,? (\d{{4}})\b)?",
            re.IGNORECASE,
        ),
        _day_month,
    ),
    (
        re.compile(rf"\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}})\b)?"),
        _month_day,
    ),
    (re.compile(r"\b(\d{1,2}):(\d{2})(?: ?([ap])\.?m\b\.?)?", re.IGNORECASE), _clock),
    (re.compile(r"\b(\d{1,2}) ?([ap])\.?m\b\.?", re.IGNORECASE), _hour),
    (
        re.compile(rf"([$€£¥]) ?({_NUMBER})(?:(k|m|b)\b| (thousand|million|billion)\b)?", re.I),
        lambda m: _money(m),
    ),
    (re.compile(rf"({_NUMBER}) ?%"), lambda m: f"{_cardinal(m[1])} percent"),
    (re.compile(rf"({_NUMBER}) ?°(?: ?([CF])\b)?"), lambda m: f"{_cardinal(m[1])} degrees"),
    (
        re.compile(
            rf"\b({_NUMBER}) ?("
            + "|".join(re.escape(u) for u in sorted(_UNITS, key=len)[::-1])
            + r")(?![\w/])"
        ),
        _measure,
    ),
    (re.compile(r"(?<!\w)\+?\d{2,4}(?:[ -]\d{2,4}){2,}\b|(?<!\w)\+\d{6,}\b"), _phone_number),
    (re.compile(r"\b(\d+) ?[-–] ?(\d+)\b"), _span),
    (re.compile(r"\b(\d+)(?:st|nd|rd|th)\b"), lambda m: _ordinal(int(m[1]))),
    (re.compile(r"\b(?:1[1-9]\d\d|20\d\d)\b(?![,.]\d)"), _four_digits),
    (re.compile(_NUMBER), lambda m: f" {_cardinal(m[0])} "),
    (re.compile(r"&"), lambda _: " and "),
    (re.compile(r"@"), lambda _: " at "),
    (re.compile(r"%"), lambda _: " percent "),
    (re.compile(r"\+"), lambda _: " plus "),
    (re.compile(r"="), lambda _: " equals "),
    (re.compile(r"(?<=\w)/(?=\w)"), lambda _: " or "),
]


def _decade(match: Match[str]) -> str:
    tens = {"00": "hundreds", "10": "tens"}.get(match[2])
    head = _cardinal(match[1])
    if tens is None:
        tens = _cardinal(match[2])[:-1] + "ies"
    return "two thousands" if match[0] == "2000s" else f"{head} {tens}"
