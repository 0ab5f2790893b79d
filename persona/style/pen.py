"""Puts a model's words, as they come, into the owner's casing and marks.

A habit that shows in a third of the owner's messages is put into a third of the replies: which ones
is settled by the message answered, so the same message is always answered alike.
"""

import re
from math import exp, log
from statistics import NormalDist

from persona.chance import chance_of
from persona.style.message import words_of
from persona.style.model import Length, Style
from persona.style.signs import EMOJI

_SURE = 0.9
_PERIOD = re.compile(r"(?<![.…\d])\.(\s*)$")
_MARKED = re.compile(r"(?<=[a-zA-Z])['’](?=(m|s|re|ve|ll|d|t)\b)")
_SEVERAL = 1.5
"""Messages in a row from which what has two sentences may be sent as two."""
_SPLIT_FROM = 0.6
"""Part of a usual message that is enough for one."""
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_OPENS = re.compile(r"[.!?…]\s*$")
_CAPITAL = re.compile(r"^(\W*)([A-ZÀ-Þ])(?=[a-zß-ÿ'’\s,]|$)")
_ME = re.compile(r"\bI\b")


def without_apostrophes(text: str) -> str:
    """Return a text whose contractions go without theirs: `dont`, `im`."""
    return _MARKED.sub("", text)


def drawn_length(length: Length, chance: float) -> float:
    """Return a length in words as the owner writes them, log-normally."""
    median = max(1.0, length.words_median)
    spread = log(max(1.2, length.words_p90 / median)) / NormalDist().inv_cdf(0.9)
    return median * exp(spread * NormalDist().inv_cdf(min(0.98, max(0.02, chance))))


class Pen:
    """Writes one reply."""

    def __init__(self, style: Style | None, heard: str) -> None:
        """Take the owner's manner and the message that is answered."""
        self._heard = heard
        self._style = style or Style()
        self._sure = style is not None and style.is_sure
        marks, casing = self._style.punctuation, self._style.casing
        self._small = self._falls(casing.lower_start or 0.0, "first letter")
        self._small_i = self._falls(casing.small_i or 0.0, "i")
        self._bare = self._falls(self._style.wording.bare_contractions or 0.0, "apostrophes")
        self._curly = self._falls(_curly_share(self._style), "curly apostrophes")
        self._ends = not self._sure or self._falls(marks.final_period, "full stop")
        length = self._style.length
        self._bursts = self._sure and length.per_burst >= _SEVERAL
        self._enough = drawn_length(length, chance_of(f"message of {heard}")) * _SPLIT_FROM
        self._written = ""
        self._held = ""

    def write(self, word: str) -> str:
        """Return what to show for the next word; a full stop waits for what follows it."""
        if not self._sure:
            return word
        shown = self._broken(self._held) + self._shaped(word)
        self._written += shown
        found = _PERIOD.search(shown)
        self._held = shown[found.start() :] if found else ""
        return shown[: found.start()] if found else shown

    def _broken(self, held: str) -> str:
        """Return a full stop and the blank after it, or the break to a message of its own."""
        if not held or not self._bursts or len(words_of(self._line())) < self._enough:
            return held
        return f"{held.rstrip() if self._ends else ''}\n"

    def _line(self) -> str:
        return self._written.rpartition("\n")[2]

    def end(self) -> str:
        """Return what is to be shown after the last word: its full stop, an emoji."""
        if not self._sure:
            return ""
        last = self._held.rstrip() if self._ends else ""
        return last + (self._emoji() if not EMOJI.search(self._written) else "")

    def _emoji(self) -> str:
        emoji = self._style.emoji
        adds = emoji.favourites and self._falls(emoji.share * (emoji.at_end or 0.0), "emoji")
        return f" {emoji.favourites[0]}" if adds else ""

    def _shaped(self, word: str) -> str:
        opens = not self._written.strip() or _OPENS.search(self._written) is not None
        if opens and self._small and not _ME.match(word.lstrip()):
            word = _CAPITAL.sub(lambda found: found[1] + found[2].lower(), word)
        if self._small_i:
            word = _ME.sub("i", word)
        if self._bare:
            return without_apostrophes(word)
        return _APOSTROPHE.sub("’", word) if self._curly else word

    def _falls(self, share: float, what: str) -> bool:
        """Say whether a habit of a share shows in this reply; one nearly always kept always."""
        if share >= _SURE or share <= 1 - _SURE:
            return share >= _SURE
        return chance_of(f"{what} {self._heard}") < share


def _curly_share(style: Style) -> float:
    """Return the share of curly apostrophes among all."""
    curly, straight = (style.habits.get(f"#{sign}", (0.0, 0.0))[0] for sign in "’'")
    return curly / (curly + straight) if curly else 0.0
