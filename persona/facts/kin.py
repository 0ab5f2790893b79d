"""The names of one's people and animals: `my sister Mia`, `our dog is called Rex`."""

import re
from collections.abc import Collection, Iterator

from persona.facts.values import given_name, name
from persona.facts.words import KIN, PETS

_MY = (
    r"my|our|mi|mis|nuestr[oa]|meu|minha|nosso|nossa|mon|ma|notre|mein|meine|unsere?|il mio|la mia|"
    r"mio|mia"
)
_OLDER = (
    r"(?:(?:older|younger|elder|little|big|baby|twin|oldest|youngest|best|dear|sweet|new|beautiful|"
    r"lovely|mayor|menor|beste|bester|meilleure?) ){0,2}"
)
_KIN = "|".join(sorted(KIN, key=len, reverse=True))
_PETS = (
    rf"{PETS}|perro|perra|gato|gata|cachorro|cachorra|cão|gatinho|chien|chienne|chat|chatte|hund|"
    r"katze|kater|cane|gatto|gatta"
)
_CALLED = (
    r"(?:'s name is|'s name's|s name is| is called| is named|'s called| called| named|"
    r" se llama| se chama| s'appelle| heißt| heisst| si chiama)"
)
_KIN_BY_NAME = re.compile(rf"\b(?:{_MY}) {_OLDER}(?P<who>{_KIN}),? (?P<v>\S.*)", re.I)
_KIN_CALLED = re.compile(rf"\b(?:{_MY}) {_OLDER}(?P<who>{_KIN}){_CALLED} (?P<v>\S.*)", re.I)
_PET_BY_NAME = re.compile(rf"\b(?:{_MY}) {_OLDER}(?P<who>{_PETS}),? (?P<v>\S.*)", re.I)
_PET_CALLED = re.compile(
    rf"\b(?:(?:{_MY}) {_OLDER}|(?:have|got|adopted) (?:an?|another) (?:[a-z]+ )?)"
    rf"(?P<who>{_PETS}){_CALLED} (?P<v>\S.*)",
    re.I,
)


def named_kin(clause: str, owner_names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield an attribute and a name for everybody of the speaker's whom a clause names."""
    known = {part.casefold() for own in owner_names for part in own.split()}
    for pattern, read in ((_KIN_BY_NAME, name), (_KIN_CALLED, given_name)):
        for match in pattern.finditer(clause):
            found = read(match["v"])
            if found and found.split()[0].casefold() not in known and not _is_past(clause, match):
                yield KIN[match["who"].lower()], found
    for pattern, read in ((_PET_BY_NAME, name), (_PET_CALLED, given_name)):
        for match in pattern.finditer(clause):
            found = read(match["v"])
            if found:
                yield "has a pet", f"{match['who'].lower()} {found}"


def _is_past(clause: str, match: re.Match[str]) -> bool:
    """Tell whether the words are of a former partner."""
    return bool(re.search(r"\b(?:ex|former|late)[- ]?$", clause[: match.start("who")], re.I))
