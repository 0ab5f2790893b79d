"""Puts a model's words, as they come, into the owner's casing and marks.

A habit that shows in a third of the owner's messages is put into a third of the replies: which ones
is settled by the message answered, so the same message is always answered alike.
"""

import re

from persona.chance import chance_of
from persona.style.model import Style
from persona.style.signs import EMOJI

_SURE = 0.9
_PERIOD = re.compile(r"(?<![.…\d])\.(\s*)$")
_MARKED = re.compile(r"(?<=[a-zA-Z])['’](?=(m|s|re|ve|ll|d|t)\b)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_OPENS = re.compile(r"[.!?…]\s*$")
_CAPITAL = re.compile(r"^(\W*)([A-ZÀ-Þ])(?=[a-zß-ÿ'’\s,]|$)")
_ME = re.compile(r"\bI\b")


def without_apostrophes(text: str) -> str:
    """Return a text whose contractions go without theirs: `dont`, `im`."""
    return _MARKED.sub("", text)


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
        self._written = ""
        self._held = ""

    def write(self, word: str) -> str:
        """Return what to show for the next word; a full stop waits for what follows it."""
        if not self._sure:
            return word
        shown = self._held + self._shaped(word)
        self._written += shown
        found = _PERIOD.search(shown)
        self._held = shown[found.start() :] if found else ""
        return shown[: found.start()] if found else shown

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
