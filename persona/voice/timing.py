"""When each word and phone is said, from how long a synthesiser gave each letter."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from persona.voice.phones import PHONE_OF
from persona.voice.pronouncing import SpokenWord
from persona.voice.speech import SILENCE, TimedPhone, TimedWord

SHORTEST_PAUSE = 0.06
"""Seconds; a shorter gap between two words belongs to the sound before it."""


@dataclass(slots=True)
class Times:
    """Words and phones with their times."""

    words: list[TimedWord] = field(default_factory=list[TimedWord])
    phones: list[TimedPhone] = field(default_factory=list[TimedPhone])

    def add(self, symbol: str, start: float, end: float) -> None:
        """Append a phone; a short pause lengthens the phone before it, pauses grow together."""
        last = self.phones[-1] if self.phones else None
        pause = symbol == SILENCE
        if last and pause and (last.symbol == SILENCE or end - start < SHORTEST_PAUSE):
            self.phones[-1] = TimedPhone(last.symbol, last.start, end)
        elif end > start:
            self.phones.append(TimedPhone(symbol, start, end))

    def extend(self, end: float) -> None:
        """Let the last phone last until `end`."""
        last = self.phones[-1]
        self.phones[-1] = TimedPhone(last.symbol, last.start, end)


def times_of(words: Sequence[SpokenWord], known: frozenset[str], lasts: Sequence[float]) -> Times:
    """Return the times of words and phones.

    Args:
        words: what is said, in order.
        known: the letters that the synthesiser has a number for; it skips the others.
        lasts: seconds of the leading pause, of each known letter and space, of the last pause.
    """
    line = _line(words, known)
    times = Times()
    at = float(lasts[0])
    times.add(SILENCE, 0.0, at)
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    held: float | None = None  # where a stress mark began: its time goes to the sound after it
    for (word, letter, before), seconds in zip(line, lasts[1:-1], strict=True):
        start, at = at, at + float(seconds)
        symbol = PHONE_OF.get(letter)
        if letter in "ˈˌ":
            held = start if held is None else held
            continue
        if (symbol is None and letter == "ː") or (letter == "ɹ" and before == "ɜ"):
            times.extend(at)
        else:
            times.add(symbol or SILENCE, start if held is None else held, at)
        if symbol is not None:
            starts.setdefault(word, start if held is None else held)
            ends[word] = at
        held = None
    times.add(SILENCE, at if held is None else held, at + float(lasts[-1]))
    times.words = [TimedWord(words[i].text, starts[i], ends[i]) for i in starts]
    return times


def _line(words: Sequence[SpokenWord], known: frozenset[str]) -> list[tuple[int, str, str]]:
    """Return the known letters with the number of their word and the letter before them."""
    line: list[tuple[int, str, str]] = []
    for number, word in enumerate(words):
        spaced = word.spaced and number < len(words) - 1
        before = ""
        for letter in word.letters + (" " if spaced else ""):
            if letter in known:
                line.append((number, letter, before))
                before = letter
    while line and line[-1][1] == " ":
        line.pop()
    return line
