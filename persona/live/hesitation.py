"""The word that people say while they think, where a reply takes longer than a breath."""

from collections.abc import Sequence
from itertools import cycle

from persona.style import Style
from persona.voice.speech import Speech

BREATH = 0.25
"""Seconds after the visitor's turn in which a reply begins without one."""
_WORDS = ("Well,", "So,", "Let me think.")


def hesitations_of(style: Style | None) -> list[str]:
    """Return what a person says while they think, their own words first.

    There are none for whoever writes mostly in another language than English.
    """
    if style is not None and next(iter(style.languages), "en") != "en":
        return []
    own = style.wording.fillers if style else ()
    return sorted(_WORDS, key=lambda word: word.strip(",.").lower() not in own)


class Hesitations:
    """Gives them out in turn, so that none comes twice in a row."""

    def __init__(self, spoken: Sequence[Speech]) -> None:
        """Take them as they are to be heard; none where there is no voice."""
        self._next = cycle(spoken)

    def next(self) -> Speech | None:
        """Return the next one, if there are any."""
        return next(self._next, None)
