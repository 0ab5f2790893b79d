"""A few words in answer to a question that asks for one thing."""

import re

from memory.attributes import is_single

_LONGEST = 5
_NUMBERED = frozenset({"birthday", "age"})
_OPENING = re.compile(
    r"^(?:(?:well|oh|yes|yeah|yep|so|um|erm|i guess|it's|it is|its|that's|that is|that would be|"
    r"i'm|i am|he's|she's|his name is|her name is|his name's|her name's|my name is|i live|"
    r"i was born|i grew up|i speak|i studied|i like|i love|i have|i've got|we have|"
    r"in|at|on|an?|the|called|named|my)\b[ ,:]*)+",
    re.I,
)
_NO_VALUE = re.compile(
    r"\b(?:no|not|none|nothing|nobody|never|don't|doesn't|didn't|haven't|isn't|can't|unsure|dunno|"
    r"maybe|perhaps|depends|guess|think|died|dead|passed|skip|yes|yeah|private|secret|too many|"
    r"various|other|same|why|is|are|was|were|has|had)\b|n't\b|\?",
    re.I,
)


def direct_values(answer: str, attribute: str) -> list[str]:
    """Return what a short answer gives as the value of `attribute`; empty when it is none.

    >>> direct_values("in Treorchy, up the valley", "born in")
    ['Treorchy']
    >>> direct_values("welsh, english and a bit of italian", "speaks")
    ['welsh', 'english', 'bit of italian']
    """
    plain = " ".join(answer.replace("’", "'").split())
    first = _OPENING.sub("", re.split(r"[.;!(\n]| - | – | but ", plain)[0])
    if _NO_VALUE.search(first):
        return []
    single = is_single(attribute)
    parts = first.split(",")[:1] if single else re.split(r",| and | or |&", first)
    values = [_OPENING.sub("", part.strip()).strip(" .,\"'“”") for part in parts]
    kept = [value for value in values if value]
    if attribute in _NUMBERED and not all(re.search(r"\d", value) for value in kept):
        return []
    return kept if all(len(value.split()) <= _LONGEST for value in kept) else []
