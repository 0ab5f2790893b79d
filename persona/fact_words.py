"""Facts said as their owner would say them: `I like maps and old films`."""

from collections.abc import Sequence
from itertools import groupby

from memory.attributes import FAVOURITE
from memory.model import Fact

_NOW_AND_THEN = {
    "lives in": ("I live in {}", "I lived in {}"),
    "grew up in": ("I grew up in {}", "I grew up in {}"),
    "born in": ("I was born in {}", "I was born in {}"),
    "works at": ("I work at {}", "I worked at {}"),
    "studies": ("I study {}", "I studied {}"),
    "studies at": ("I study at {}", "I studied at {}"),
    "likes": ("I like {}", "I liked {}"),
    "dislikes": ("I don't like {}", "I didn't like {}"),
    "speaks": ("I speak {}", "I spoke {}"),
    "learns": ("I'm learning {}", "I was learning {}"),
    "allergic to": ("I'm allergic to {}", "I was allergic to {}"),
    "relationship status": ("I'm {}", "I was {}"),
    "age": ("I'm {}", "I was {}"),
    "name": ("I'm {}", "I was {}"),
    "birthday": ("My birthday is {}", "My birthday was {}"),
}


def facts_in_words(facts: Sequence[Fact]) -> str:
    """Return facts as sentences; an attribute that has no sentence stands before its value."""
    groups = groupby(facts, key=lambda fact: (fact.attribute, fact.valid_to))
    return "; ".join(_sentence(list(group)) for _, group in groups)


def _sentence(facts: Sequence[Fact]) -> str:
    values = [fact.value for fact in facts]
    listed = " and ".join(filter(None, [", ".join(values[:-1]), values[-1]]))
    attribute, until = facts[0].attribute, facts[0].valid_to
    form = _form(attribute, past=until is not None)
    return form.format(listed) + (f", until {until:%B %Y}" if until else "")


def _form(attribute: str, *, past: bool) -> str:
    if attribute in _NOW_AND_THEN:
        return _NOW_AND_THEN[attribute][past]
    if attribute.startswith(FAVOURITE):
        return f"My {attribute} {'was' if past else 'is'} {{}}"
    return f"{attribute}: {{}}"
