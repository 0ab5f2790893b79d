"""How a visitor sounds: from their words, and from how loud they are beside their usual."""

import re
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

_GLAD = frozenset(
    """glad happy great wonderful love loved lovely amazing awesome fantastic excited yay brilliant
    perfect excellent fun proud thank thanks hooray delighted congratulations""".split()
)
_SAD = frozenset(
    """sad lonely miss missed lost died dead death cry crying grief hurt hurts sick ill tired
    afraid scared worried sorry depressed alone funeral heartbroken""".split()
)
_ANGRY = frozenset(
    """angry furious annoyed annoying hate hated stupid ridiculous terrible awful worst useless
    unfair damn upset nonsense rubbish""".split()
)
_NOT = frozenset("not no never don't isn't wasn't didn't can't cannot without hardly".split())
_LOUDER, _SOFTER = 6.0, -6.0
"""Decibels from the usual at which loudness says something."""
_USUAL_OF = 8
"""Turns that make up the usual."""


class Tone(StrEnum):
    """What the visitor's mood is taken for."""

    EVEN = ""
    GLAD = "glad"
    SAD = "sad"
    ANGRY = "upset"


@dataclass(frozen=True, slots=True)
class Mood:
    """A mood, and the look with which a face meets it."""

    tone: Tone = Tone.EVEN
    look: float = 0.0
    """From -1 (grave) to 1 (glad)."""


_LOOKS = {Tone.EVEN: 0.0, Tone.GLAD: 0.7, Tone.SAD: -0.6, Tone.ANGRY: -0.3}


class MoodReader:
    """Reads the mood of one visitor from turn to turn."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=_USUAL_OF)

    def read(self, text: str, loudness: float | None = None) -> Mood:
        """Return the mood of a turn.

        Args:
            text: what was said.
            loudness: how loud, in dB below full scale; None for typed words.
        """
        counts = {tone: _hits(text, words) for tone, words in _WORDS.items()}
        best = max(counts, key=lambda tone: counts[tone])
        tone = best if counts[best] else Tone.EVEN
        tone = self._by_voice(tone, loudness, exclaims="!" in text)
        return Mood(tone, _LOOKS[tone])

    def _by_voice(self, tone: Tone, loudness: float | None, *, exclaims: bool) -> Tone:
        if loudness is None:
            return tone
        usual = sum(self._levels) / len(self._levels) if self._levels else loudness
        self._levels.append(loudness)
        off = loudness - usual
        if off > _LOUDER and tone is Tone.SAD:
            return Tone.ANGRY
        if off > _LOUDER and tone is Tone.EVEN and exclaims:
            return Tone.GLAD
        if off < _SOFTER and tone is Tone.ANGRY:
            return Tone.SAD
        return tone


_WORDS = {Tone.GLAD: _GLAD, Tone.SAD: _SAD, Tone.ANGRY: _ANGRY}


def _hits(text: str, words: frozenset[str]) -> int:
    """Return how many of `words` stand in a text, without those that are denied."""
    said = re.findall(r"[a-z']+", text.lower().replace("’", "'"))
    return sum(
        word in words and not _NOT & set(said[max(0, at - 2) : at]) for at, word in enumerate(said)
    )
