"""A rule: a sure beginning, the value that follows it, and what that says."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Time = Literal["now", "past", "plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One pattern of words that shows one fact.

    The group `v` of the pattern begins the value; a filled group `no` turns the fact around.
    """

    attribute: str
    pattern: re.Pattern[str]
    read: Callable[[str], str | list[str] | None]
    time: Time = "now"
    fixed: str = ""
    """The value itself, where the pattern alone says it."""
    opposite: str = ""
    """The attribute that a filled `no` shows instead; empty when it denies the fact."""
    bold: bool = False
    """True when the rule holds in short messages only, because tales use the same words."""


_ADVERBS = (
    r"(?: (?:really|also|just|actually|currently|now|still|mostly|usually|always|absolutely|do|"
    r"totally|truly|recently|finally|mainly|both|already|personally|genuinely|officially|only|"
    r"basically|originally|kinda|definitely|sometimes|especially|fucking|freaking))*"
)
_NO = r"(?P<no> (?:don't|dont|do not|no longer|never))?"
_NOT = r"(?P<no> (?:not|no longer))?"
_LEFT = r"(?:^|(?<=[\s,;(]))"
_PIECES = {
    "I": rf"{_LEFT}(?:i|we){_NO}{_ADVERBS}",
    "ME": rf"{_LEFT}i{_NO}{_ADVERBS}",
    "AM": rf"{_LEFT}(?:i'm|im|i am){_NOT}{_ADVERBS}",
    "WE_ARE": rf"{_LEFT}(?:i'm|im|i am|we're|we are){_NOT}{_ADVERBS}",
    "END": r"(?=\s*(?:$|[.,;!)\n]|and\b|but\b|so\b|now\b|lol\b|haha|btw\b|because\b|since\b))",
    "V": r"(?P<v>\S.*)",
}


def rule(
    attribute: str,
    pattern: str,
    read: Callable[[str], str | list[str] | None],
    *,
    time: Time = "now",
    fixed: str = "",
    opposite: str = "",
    bold: bool = False,
) -> Rule:
    """Return a rule from a pattern with pieces such as `<I>`, `<AM>` and `<V>` filled in."""
    filled = re.sub(r"<([A-Z_]+)>", lambda piece: _PIECES[piece[1]], pattern)
    return Rule(
        attribute=attribute,
        pattern=re.compile(filled, re.I),
        read=read,
        time=time,
        fixed=fixed,
        opposite=opposite,
        bold=bold,
    )
