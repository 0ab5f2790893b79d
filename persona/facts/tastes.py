"""Reading what somebody likes, studies or can't eat out of the words that follow."""

import re

from persona.facts import words
from persona.facts.values import cut

_POINTING = frozenset(
    (
        "it its it's that that's this these those them they him her you your you're ur u how when "
        "what where who why me my his their our he she we i i'm us all both any some one another "
        "such everything anything something nothing everyone someone being having seeing hearing "
        "getting knowing thinking saying feeling there here not no just more most even same too so "
        "very as at on in from about by if of than for with without every each other lots much "
        "doing using making going trying taking giving finding working talking learning looking "
        "idea and or be often usually always sometimes find try hate will one's called "
        "they're we're he's she's there's who's i've get is are"
    ).split()
)
_POINTED_AT = frozenset("it them him her me us you em that this one ones ago one".split())
_EMPTY_DOING = frozenset("playing escaping watching eating drinking".split())
_ALONE = frozenset(
    "read cook dance swim travel hike run sing draw paint write climb ski surf bake knit".split()
)
_WEAK_DOING = frozenset(
    (
        "be do have say see know think hear get go make take give keep try use find feel ask "
        "let it that this imagine believe call tell work start sound look seem admit break"
    ).split()
)
_GENERIC = re.compile(
    r"\b(?:beach|mountains?|ocean|sea|outdoors|rain|snow|summer|winter|city|countryside|cold|heat|"
    r"sun|forest|woods|desert|theat(?:er|re)|cinema|gym|[A-Z][\w']+ [A-Z][\w' ]+|Beatles)$"
)


def thing(rest: str) -> str | None:
    """Return what somebody likes: a doing or a thing that stands for itself."""
    value = cut(rest).split(",")[0].strip()
    parts = value.lower().split()
    if not 1 <= len(parts) <= 6 or parts[0] in _POINTING or parts[-1] in _POINTED_AT:
        return None
    if parts[0] == "the" and not _GENERIC.search(value):
        return None
    if parts[0] == "to" and not _is_doing(parts[1:]):
        return None
    if re.search(r"\w's \w|\btoo (?:much|many)\b", value):
        return None
    if len(parts) == 1 and parts[0] in _EMPTY_DOING:
        return None
    return value if any(part not in words.COMMON for part in parts) else None


def _is_doing(parts: list[str]) -> bool:
    """Tell whether the words after `to` are a pastime, not just a way of speaking."""
    return bool(parts) and parts[0] not in _WEAK_DOING and (len(parts) > 1 or parts[0] in _ALONE)


def things(rest: str) -> list[str]:
    """Return every item of `hiking, cooking and old films`."""
    row = re.match(r"((?:[\w' -]+, ){1,4}(?:and )?[\w' -]+?|[\w'-]+(?: [\w'-]+)?) (?:and|&) ", rest)
    if not row or not re.match(r"[\w'-]+(?: [\w'-]+)?(?=[\s.,!?]|$)", rest[row.end() :]):
        one = thing(rest)
        return [one] if one else []
    items = [*re.split(r", (?:and )?", row[1]), rest[row.end() :]]
    found = [thing(item) for item in items]
    if not all(found[:-1]):
        return [one for one in (thing(rest),) if one]
    return [one for one in found if one and len(one.split()) <= 4]


def subject(rest: str) -> str | None:
    """Return a field of study, without where it is studied."""
    plain = re.split(r" (?:at|in) (?=[A-Z])| (?=[A-Z][a-z]+[.!]*$)", rest)[0]
    value = thing(plain if rest[:1].islower() else rest)
    return value.split(" at ")[0] if value else None
