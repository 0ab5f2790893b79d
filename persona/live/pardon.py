"""Asking a visitor who was not understood to say it again."""

from collections.abc import Sequence

from persona.voice.speech import Speech

PARDON = "Sorry, I didn't catch that. Could you say it again?"
HARD_TO_HEAR = "That was hard to hear. Please say it again, or type it"


class Pardon:
    """Asks aloud the first time in a row: who is misheard twice is helped by the page instead."""

    def __init__(self, spoken: Sequence[Speech]) -> None:
        """Take the words as they are to be heard; none where there is no voice."""
        self._spoken = spoken
        self._asked = False

    def ask(self) -> Sequence[Speech]:
        """Return what to say now, if anything."""
        asked, self._asked = self._asked, True
        return () if asked else self._spoken

    def understood(self) -> None:
        """Take note that the visitor was understood."""
        self._asked = False
