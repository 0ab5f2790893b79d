"""Cutting the value out of the words that follow a sure beginning, or refusing to.

Every reader takes what stands after `I live in` and the like, and gives the value, or None when
what follows isn't surely a value of its kind.
"""

import re
from collections.abc import Callable

from persona.facts import words

_STOP = re.compile(
    r"\s*(?:[.;:!?()\[\]\"…—\n]|\s-+\s|,(?!\s?(?-i:[A-Z]))|[^\w\s'’&,.+/#-]|"
    r"\b(?:and (?:i|we|it|that|he|she|my|they|then|also|so|just|have|had|am|was|this|you|the|there|"
    r"now|i'm|i've|it's|would|will|want|currently|recently|live|work|study|love)|but|because|"
    r"unless|despite|whereas|"
    r"cause|cuz|bc|since|so|when|while|although|though|tho|if|as|which|who|that(?:'s|s)?|than|"
    r"too(?! (?:much|many))|it's|its?|every|also|a lot|"
    r"so much|very much|as well|lol|ha(?:ha)+h?|lmao|btw|right now|rn|now|atm|at the moment|"
    r"currently|these days|nowadays|anyways?|again|actually|still|already|until|till|before|after|"
    r"most(?:ly)? of|especially|in particular|for (?:a|an|the|about|almost|over|many|like|some|my|"
    r"around|nearly|more|work|college|school|now|\d+|two|three|four|five|six|seven|eight|nine|ten|"
    r"fun|years|months)|with (?:my|a|his|her|some|friends|two)|everyday|occasionally|"
    r"sometimes|from time to time|"
    r"this|last|next|yesterday|today|tonight|tomorrow|where|have|has|is|are|was|were|would|or "
    r"(?:anything|something)|i|we|you|pero|porque|aber|weil|und ich|mais|parce|mas|y me|e ho|"
    r"ma)\b)",
    re.I,
)
_TRAILING = re.compile(
    r"(?:[\s,]+(?:and|or|in|at|to|of|for|with|the|a|an|my|on|so|y|e|et|und|"
    r"myself|yourself|more|better|other|such|like|in general|generally|the most|most|best))+$",
    re.I,
)
_CAP = r"[A-ZÀ-ÝŠŽ][\w'’.&-]*"
_LINKS = "of|de|do|da|di|del|la|le|las|los|the|and|&"
_CAP_ROW = re.compile(
    rf"{_CAP}(?:[ -](?:{_CAP}|{_LINKS}|\d+)(?=\W|$))*(?:, {_CAP}(?: {_CAP})?){{0,2}}"
)
_SMALL_WORDS_AT_END = re.compile(rf"(?:\s(?:{_LINKS}))+$")
_TWO_WORD_PLACES = (
    "new|san|santa|los|las|el|south|north|west|east|hong|sao|são|st|saint|fort|cape|puerto|buenos|"
    "mexico|palo|salt|tel|kuala|united|sri|costa|rio|le|la|great|upper|lower|central"
)


def cut(rest: str) -> str:
    """Return what stands before the first word or sign that ends a value."""
    stop = _STOP.search(" " + rest)
    kept = (" " + rest)[: stop.start()] if stop else " " + rest
    return _TRAILING.sub("", kept.strip(" ,'-")).strip(" ,'-")


def place(rest: str) -> str | None:
    """Return a place name."""
    value = _capitalised(re.sub(r"^(?:the (?=[A-Z])|downtown |central |beautiful )", "", rest))
    if value:
        return value
    match = re.match(rf"(?:(?:{_TWO_WORD_PLACES}) )?[^\W\d_]{{2,}}", cut(rest))
    if not match or match[0] != cut(rest) or match[0].split()[0] in words.COMMON:
        return None
    return match[0]


def name(rest: str) -> str | None:
    """Return a person's or an animal's name, which is written with a capital."""
    match = re.match(rf"{_CAP}(?: [A-Z][a-z'-]+)?", rest)
    if not match:
        return None
    value = re.sub(r"['’]s?$", "", match[0].split("'s")[0].rstrip(".,"))
    first, *more = value.split()
    if first.lower() in words.NO_NAMES | words.NATIONS or (first.isupper() and len(first) > 3):
        return None
    kept = [one for one in more if one.lower() not in words.NO_NAMES]
    return " ".join([first, *kept])


def given_name(rest: str) -> str | None:
    """Return a name after `is called`, where it may be written small."""
    found = name(rest)
    if found:
        return found
    match = re.match(r"[^\W\d_]{2,}(?=\W|$)", rest)
    return match[0] if match and match[0] not in words.NO_NAMES else None


def organisation(rest: str) -> str | None:
    """Return a firm, school or office, by its name or as `a bank`."""
    plain = re.match(rf"(?:an?|the|my) (?:[\w-]+ ){{0,3}}?(?:{words.WORKPLACES})\b", rest, re.I)
    if plain:
        return plain[0]
    value = _capitalised(re.sub(r"^the (?=[A-Z])", "", rest))
    if value:
        return value
    kept = cut(rest)
    return kept if re.fullmatch(r"[a-z]{3,}", kept) and kept not in words.COMMON else None


def _capitalised(rest: str) -> str | None:
    """Return the row of capitalised words that a text begins with."""
    match = _CAP_ROW.match(rest)
    value = _SMALL_WORDS_AT_END.sub("", cut(match[0])).rstrip(".,") if match else ""
    if not value or value.split()[0].rstrip(",.").lower() in words.NO_NAMES | words.NATIONS:
        return value if re.match(rf"(?:{_TWO_WORD_PLACES}) [A-Z]", value, re.I) else None
    return value


def role(rest: str) -> str | None:
    """Return what somebody works as, in up to seven words."""
    bare = re.sub(r"^(?:an?|the|una?|um|uma|une|ein|eine|uno) ", "", rest)
    value = cut(re.split(r" (?:at|for|in) (?:an?|the|my|[A-Z])", bare)[0])
    parts = value.lower().split()
    return value if 1 <= len(parts) <= 7 and parts[0] not in words.COMMON else None


def occupation(rest: str) -> str | None:
    """Return a known occupation, with the words that narrow it down."""
    match = re.match(rf"(?:[\w-]+ ){{0,3}}?(?:{'|'.join(words.OCCUPATIONS)})\b", rest, re.I)
    if not match or re.match(r"\s*(?:of|at heart|in training|and)\b", rest[match.end() :]):
        return None
    narrowed = set(match[0].lower().split()[:-1])
    return None if narrowed & _UNREAL else match[0]


_UNREAL = frozenset("bad terrible great good horrible big fast slow huge better worse best".split())


def _listed(allowed: frozenset[str]) -> Callable[[str], list[str]]:
    """Return a reader of the items of a closed list, joined by commas or `and`."""
    item = "|".join(re.escape(word) for word in sorted(allowed, key=len, reverse=True))
    single = re.compile(rf"(?<!\w)(?:{item})(?!\w)", re.I)
    few = r"(?:the |some |a little |a bit of |both |mostly )?"
    row = re.compile(rf"{few}(?:{item})(?:(?:,? and |, | & ){few}(?:{item}))*(?!\w)", re.I)

    def read(rest: str) -> list[str]:
        match = row.match(rest)
        return single.findall(match[0]) if match else []

    return read


language = _listed(words.LANGUAGES)
played = _listed(words.PLAYED)
nation = _listed(words.NATIONS)


def age(rest: str) -> str | None:
    """Return an age between 5 and 110."""
    match = re.match(r"\d{1,3}", rest)
    return match[0] if match and 5 <= int(match[0]) <= 110 else None


def words_as_they_are(rest: str) -> str | None:
    """Return what the pattern has already cut to size."""
    return rest.strip(" ,.!") or None


def short(rest: str) -> str | None:
    """Return up to seven words that end where a value ends."""
    value = cut(rest)
    return value if 1 <= len(value.split()) <= 7 else None
