"""What is withheld or refused, whatever was asked and however: private matters, misuse."""

import re

from memory.attributes import asked_attributes, is_private
from memory.model import Evidence

_MISUSE = re.compile(
    r"(write|record|send|make|draft|give)\b.{0,60}\b(voice note|voice message|message|text|mail|"
    r"e-?mail|letter|note)\b.{0,80}\b(asking|ask|telling|saying|begging|to get|for)\b.{0,60}\b"
    r"(money|cash|bank|transfer|loan|password|pin|code|wire|gift cards?)\b"
    r"|\b(pretend|act|pose) (to be|as|like) .{0,40}\b(bank|police|mum|mom|mother|father|dad|boss)\b"
    r"|\b(ignore|disregard|forget) (all |any |your |the )*(previous |prior |above |earlier )*"
    r"(instructions?|rules|prompts?)"
    r"|\b(reveal|repeat|print|show|output|tell me|what (is|are|was|were)|give me)\b.{0,40}\b"
    r"(system prompt|your (hidden |initial |original |exact )*(prompt|instructions))"
    r"|\b(developer|dan|jailbreak) mode\b"
    r"|\b(write|text|send|sign|e-?mail|call|message|tell|record|reply|post)\b.{0,90}\b(as if|"
    r"pretending|in (his|her|their|your|\w+'s) name|on behalf of|as [\w' ]{2,40} (saying|telling|"
    r"asking|for me)|saying you('ve| have)? |for me to send)"
    r"|\bhow (do|can|could|would) (i|we|you)\b.{0,40}\b(build|make) (a |an )?(bomb|explosive)",
    re.IGNORECASE | re.DOTALL,
)
_SENSITIVE = re.compile(
    r"\b(salary|how much (money )?(do|did|are) you (earn|make|paid|get paid)|do you earn|"
    r"therap(y|ist)|counsell?(or|ing)|psychiatrist|medications?|medicine|diagnos\w+|depress\w+|"
    r"anxiety|panic attacks?|pregnan\w+|miscarr\w+|abortion|hiv|cancer|your (health|debts?)|"
    r"(what|which) secrets?|told you (a|in) (secret|confidence)|secret did|pass ?(word|code|port)|"
    r"(door|gate|key ?safe|alarm|entry) code|\bpin\b|bank (account|details)|sort code|"
    r"iban)\b",
    re.IGNORECASE,
)
_LOOKED_AT = 3
"""How many of the best hits decide whether a question is after something private."""


def is_misuse(text: str) -> bool:
    """Say whether a message asks to deceive somebody in the owner's name, or to be subverted."""
    return _MISUSE.search(text) is not None


def asks_private(question: str) -> bool:
    """Say whether a question asks for something that is private by its nature."""
    named = any(is_private(attribute) for attribute in asked_attributes(question))
    return named or _SENSITIVE.search(question) is not None


def rests_on_private(everything: Evidence, *, share: float = 0.34) -> bool:
    """Say whether the best evidence for a question is for the owner alone."""
    best = everything.hits[:_LOOKED_AT]
    if not best:
        return False
    hidden = sum(hit.utterance.private for hit in best)
    facts = [f for f in everything.facts if f.attribute in asked_attributes(everything.question)]
    return best[0].utterance.private or hidden / len(best) > share or any(f.private for f in facts)


def plain(text: str, limit: int = 400) -> str:
    """Return remembered words as inert data for a prompt: one line, no control characters."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return shortened(" ".join(printable.split()), limit)


def shortened(text: str, limit: int) -> str:
    """Return a text cut to at most `limit` characters, between words where there is a gap.

    >>> shortened("an oven, a trifle, a hospital", 16)
    'an oven, a'
    """
    if len(text) <= limit:
        return text
    kept = text[: limit + 1]
    return kept.rsplit(maxsplit=1)[0].rstrip(" ,;:") if " " in kept else text[:limit]
