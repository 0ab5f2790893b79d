"""How the twin admits that it doesn't know: as its owner does, and never twice the same soon.

Put together from the owner's own ways of not knowing and common ones, the little words they open
with, and now and then a question back, all by a chance that hangs on the message alone. What keeps
the talk nearest to the owner's habits is for the `Balance` to say.
"""

import re
from collections.abc import Iterator, Sequence

from persona.chance import chance_of
from persona.style import Style
from persona.style.pen import Pen

_DRAWS = 60
_COMMON = (
    "no idea",
    "I don't know",
    "I'm not sure",
    "not sure",
    "no clue",
    "that I don't know",
    "I really don't know",
    "I couldn't tell you",
    "I can't say",
    "you've got me there",
    "I'd have to get back to you on that",
)
_OF_THE_PAST = ("I can't remember", "I don't remember", "can't remember", "I forget")
_OF_VIEWS = ("hard to say", "I'd have to think about that", "never really thought about it")
_MORE = ("nothing comes to mind", "ask me some other time", "let me think about it")
_MORE_OF_VIEWS = (
    "never really thought about it",
    "I'd have to think about that",
    "can't think of anything right now",
    "it depends I guess",
)
_MORE_OF_OTHERS = ("you'd have to ask someone else", "I'd have to look that up", "beats me")
_OPENERS = "oh ooh ah hmm hm well honestly yeah man dude bro haha lol sorry".split()
_TAILS = "haha lol tbh man dude bro mate honestly though tho sorry actually really".split()
_BACK = ("what about you?", "how about you?", "you?")
_PERSONAL = re.compile(
    r"\b(do|have|are|did|would|will|can) (you|u)\b|\byou(r|['’]re)?\b.{0,20}\bfav|^(and )?you\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(did|was|were|had|last|ago|remember|used to|when|first|ever|happened|went|19\d\d|20\d\d)\b",
    re.IGNORECASE,
)
_VIEWS = re.compile(
    r"\b(would|should|could|how (do|can)|what if|think|feel|opinion|explain|why|prefer|favou?rite|"
    r"advice|recommend|imagine|discuss|describe)\b",
    re.IGNORECASE,
)
_ABOUT_YOU = re.compile(r"\b(you|u|ur|your|yours|yourself)\b", re.IGNORECASE)
_FORGOTTEN = re.compile(r"remember|recall|forg[eo]t", re.IGNORECASE)
_SHORT = 14
"""Words of a question that may be asked back."""
_OFTEN = 0.02
"""How often a message of the owner's holds a word that may stand before or after."""
_BARE = 0.7
"""How often nothing is put at a place where something may stand."""
_OWN_SHARE = 0.15
"""How often each of the owner's own ways is tried, of which up to four count."""
_ME = re.compile(r"I\b")


def admissions(heard: str, style: Style) -> list[str]:
    """Return ways to say that one doesn't know, in the owner's manner; the same for a message."""
    words = _Words(heard, style)
    return list(dict.fromkeys(words.draw(at) for at in range(_DRAWS)))


class _Words:
    """Draws from what the owner says, and from what anybody does."""

    def __init__(self, heard: str, style: Style) -> None:
        self._heard = heard
        self._style = style
        used = {word for word, (often, _) in style.habits.items() if often >= _OFTEN}
        laughs = [word for word in style.wording.laughter[:1] if word in used]
        self._openers = [word for word in (*_OPENERS, *laughs) if word in used]
        self._tails = [word for word in (*_TAILS, *laughs) if word in used]
        personal = _PERSONAL.search(heard) and len(heard.split()) <= _SHORT
        self._back = (*style.wording.asking_back, *_BACK) if personal else ()
        past, views = _PAST.search(heard) is not None, _VIEWS.search(heard) is not None
        self._own = [
            said for said in style.wording.not_knowing if past or not _FORGOTTEN.search(said)
        ]
        self._common = [*_COMMON, *_OF_THE_PAST * past, *_OF_VIEWS * views]
        of_others = _ABOUT_YOU.search(heard) is None
        self._more = [*_MORE, *_MORE_OF_VIEWS * views, *_MORE_OF_OTHERS * of_others]

    def draw(self, at: int) -> str:
        mine = self._chance("own", at) < _OWN_SHARE * min(4, len(self._own))
        said = self._one(self._own if mine else self._common, "core", at)
        pen = Pen(self._style, f"{at} {self._heard}")
        if mine and self._chance("bare", at) < 0.3:  # just as they say it
            return said
        return "".join(map(pen.write, _pieces(self._around(said, at)))) + pen.end()

    def _around(self, said: str, at: int) -> str:
        """Return a way of not knowing with what may stand before and after it."""
        if (opener := self._maybe(self._openers, "opener", at)) and not _opens(said, opener):
            said = f"{opener}{self._one((' ', ', '), 'comma', at)}{_low(said)}"
        tail = self._maybe(self._tails, "tail", at)
        if tail and tail not in said and said[-1].isalnum():
            said = f"{said} {tail}"
        more = self._maybe(self._more, "more", at)
        if more and more not in said:
            said = f"{said}{self._joined(more, at)}"
        if back := self._maybe(self._back, "back", at):
            return f"{_high(said)}{self._joined(back, at)}"
        return f"{_high(said)}{self._mark(at)}" if said[-1].isalnum() else _high(said)

    def _mark(self, at: int) -> str:
        """Return what ends a reply: as often a shout as the owner's messages hold one."""
        return "!" if self._chance("end", at) < self._style.punctuation.exclamation else "."

    def _joined(self, more: str, at: int) -> str:
        return self._one((f", {_low(more)}", f". {_high(more)}"), f"join {more}", at)

    def _maybe(self, choices: Sequence[str], what: str, at: int) -> str:
        if not choices or self._chance(f"any {what}", at) < _BARE:
            return ""
        return self._one(choices, what, at)

    def _one(self, choices: Sequence[str], what: str, at: int) -> str:
        return choices[int(self._chance(what, at) * len(choices))]

    def _chance(self, what: str, at: int) -> float:
        return chance_of(f"{what} {at} {self._heard}")


def _pieces(text: str) -> Iterator[str]:
    return (found[0] for found in re.finditer(r"\S+\s*", text))


def _opens(said: str, opener: str) -> bool:
    return said.lower().startswith(opener)


def _low(text: str) -> str:
    return text if _ME.match(text) else text[:1].lower() + text[1:]


def _high(text: str) -> str:
    return text[:1].upper() + text[1:]
