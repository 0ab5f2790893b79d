"""Who, where and when an answer speaks of, found by rules: rather too few than a wrong one."""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

Kind = Literal["person", "relative", "place", "name", "time"]


class Mention(NamedTuple):
    """Something that an answer speaks of."""

    kind: Kind
    words: str
    """As it is said back: `Geth`, `your brother`, `Porto`, `1998`."""


_RELATIVES = (
    "mother|mum|mom|mam|father|dad|parents|brother|sister|brothers|sisters|grandmother|grandfather|"
    "grandma|grandpa|gran|grandad|granddad|nan|nana|nonna|nonno|grandparents|uncle|aunt|auntie|"
    "cousin|son|daughter|kids|children|wife|husband|partner|girlfriend|boyfriend|fiancée?|ex|"
    "stepmother|stepfather|nephew|niece|friend|best friend|boss|teacher|neighbour|neighbor|"
    "colleague|flatmate|roommate|roommates|mentor|advisor|co-founder|landlord|landlady|godmother|"
    "godfather|twin"
)
_KIND_OF = (
    r"(?:(?:older|younger|elder|eldest|oldest|youngest|little|big|baby|late|old|best|closest|"
    r"dear|first|second|new|poor|great) ){0,2}"
)
_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+)"
_NAME = rf"{_CAPITAL}(?: (?:(?:de|da|di|van|von|of|the|la|le|el|al) )?{_CAPITAL}){{0,2}}"
_RELATIVE = re.compile(
    rf"\b(?i:my|our) (?P<who>{_KIND_OF}(?i:{_RELATIVES}))\b(?:,? (?P<name>{_NAME}))?"
)
_CALLED = re.compile(rf"\b(?:called|named|name is|name was|name's) (?P<name>{_NAME}|[a-z]{{3,}})")
_MOVED = re.compile(
    r"\b(?i:grew up in|grew up near|raised in|born in|lived? in|living in|moved (?:back )?to|"
    r"move (?:back )?to|went (?:back )?to|trip to|came from|come from|flew to|drove to|"
    r"years in|months in|based in|settled in|studied in|worked in|visited|holidays? in)"
    rf" (?P<name>{_NAME}|[a-zà-ÿ]{{4,}})"
)
_IN = re.compile(rf"\b(?:in|near|around|outside|across|from|to) (?P<name>{_NAME})")
_ANY = re.compile(rf"(?P<name>{_NAME})")
_YEAR = re.compile(
    r"(?<![\d.,£$€-])(?P<name>(?:in |since |by )?(?:19[3-9]\d|20[0-3]\d))(?![\d%]|[.,]\d)"
)
_AGED = re.compile(
    r"\b(?P<name>when i was (?:about |around |only |just )?(?:\d{1,2}|a (?:kid|child|boy|girl|"
    r"baby|teenager|student)|little|small|young|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty))\b",
    re.I,
)

_NOT_NAMES = frozenset(
    """i i'm i've i'll i'd ok okay god lord christmas easter tv pc dvd usa uk us eu phd ai it
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december english german french spanish italian portuguese
    welsh irish scottish korean chinese japanese russian polish dutch arabic american british
    european asian african catholic protestant muslim jewish christian buddhist hindu instagram
    facebook whatsapp google youtube twitter netflix mr mrs ms dr internet earth yes no oh well so
    and but the a an my we he she they it's that this there then when what if because also now
    after before mum mom dad mama papa mamma""".split()
)
_NOT_PLACES = frozenset(
    """that this them there here home where what which with some many other each both school
    college university work town love fact case time order general front bed hospital debt trouble
    prison house place flat apartment church court people person life years little small different
    mine yours theirs bits pieces between another several couple shared same your their""".split()
)


def find_mentions(text: str) -> list[Mention]:
    """Return who, where and when a text speaks of: people first, each once."""
    plain = text.replace("’", "'")
    found = [*_people(plain), *_places(plain), *_names(plain), *_times(plain)]
    kept: dict[str, Mention] = {}
    for mention in found:
        if not any(_covers(known, mention.words) for known in kept):
            kept[mention.words] = mention
    return list(kept.values())


def _covers(known: str, words: str) -> bool:
    return set(words.casefold().split()) <= set(known.casefold().split())


def _people(plain: str) -> list[Mention]:
    found: list[Mention] = []
    for match in _RELATIVE.finditer(plain):
        name = _cleaned(match["name"] or "")
        found.append(
            Mention("person", name) if name else Mention("relative", f"your {match['who'].lower()}")
        )
    called = (_cleaned(match["name"]) for match in _CALLED.finditer(plain))
    return [*found, *(Mention("person", name) for name in called if name)]


def _places(plain: str) -> list[Mention]:
    moved = [_place(match["name"]) for match in _MOVED.finditer(plain)]
    plainly = [_cleaned(match["name"]) for match in _IN.finditer(plain)]
    return [Mention("place", name) for name in [*moved, *plainly] if name]


def _place(name: str) -> str:
    return "" if name.casefold() in _NOT_PLACES else _cleaned(name)


def _names(plain: str) -> list[Mention]:
    """Return capitalised words that don't owe their capital to the start of a sentence."""
    inside = (
        match["name"] for match in _ANY.finditer(plain) if not _opens_sentence(plain, match.start())
    )
    return [Mention("name", name) for name in map(_cleaned, inside) if name]


def _opens_sentence(plain: str, at: int) -> bool:
    before = plain[:at].rstrip(" \"'“(-–—*")
    return not before or before[-1] in ".!?…:\n" or plain[at - 1] == "\n"


def _cleaned(name: str) -> str:
    """Return a name without words that are none; empty when nothing is left."""
    words = re.sub(r"'s$", "", name.strip(" .,")).split()
    while words and _is_common(words[0]):
        words.pop(0)
    while words and _is_common(words[-1]):
        words.pop()
    return "" if len("".join(words)) < 3 else " ".join(words)


def _is_common(word: str) -> bool:
    return word.casefold() in _NOT_NAMES or word in ("of", "the", "de", "la")


def _times(plain: str) -> list[Mention]:
    patterns: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
        (_AGED, lambda words: re.sub(r"\bi was\b", "you were", words.lower())),
        (_YEAR, lambda words: words if " " in words else f"in {words}"),
    )
    return [
        Mention("time", said_back(match["name"]))
        for pattern, said_back in patterns
        for match in pattern.finditer(plain)
    ]
