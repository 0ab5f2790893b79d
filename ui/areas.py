"""The areas of a life that facts are shown under."""

from collections.abc import Iterable

from memory.beliefs import OWNER
from memory.model import Fact

_AREAS: dict[str, tuple[str, ...]] = {
    "Basics": ("name", "age", "birthday", "born in", "comes from", "grew up in", "religion"),
    "Home": ("lives in", "address", "has a pet", "owns", "drives"),
    "Work and study": ("works as", "works at", "works in", "studies", "studies at"),
    "People": (
        *("relationship status", "partner", "family", "mother", "father"),
        *("sister", "brother", "son", "daughter", "friend"),
    ),
    "Tastes": ("likes", "dislikes", "hobby", "diet", "allergic to"),
    "Languages": ("speaks", "learns"),
    "Plans": ("plans",),
    "Kept private": ("health", "phone", "e-mail", "card", "document number", "secret"),
}
_FAVOURITES, _OTHER, _PEOPLE = "Tastes", "More", "Other people"
_BY_ATTRIBUTE = {name: area for area, names in _AREAS.items() for name in names}
_ORDER = [*_AREAS, _OTHER, _PEOPLE]


def area_of(fact: Fact) -> str:
    """Return the area that a fact belongs to."""
    if fact.subject != OWNER:
        return _PEOPLE
    if fact.attribute.startswith("favourite "):
        return _FAVOURITES
    return _BY_ATTRIBUTE.get(fact.attribute, _OTHER)


def by_area(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Return facts under their areas, those with facts only, in the order of a life."""
    groups: dict[str, list[Fact]] = {area: [] for area in _ORDER}
    for fact in facts:
        groups[area_of(fact)].append(fact)
    return {area: group for area, group in groups.items() if group}
