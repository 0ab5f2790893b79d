"""A reply as it is being said: its pieces, how far it was heard, and what is left of it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from persona.voice.speech import SILENCE, Speech, TimedPhone, TimedWord


class LiveTake:
    """The pieces of one spoken reply, in order."""

    def __init__(self) -> None:
        self.pieces: list[Speech] = []
        self.heard = 0.0
        """Seconds of it that were played."""

    @property
    def seconds(self) -> float:
        """Length of what there is so far."""
        return sum(piece.seconds for piece in self.pieces)

    def add(self, piece: Speech) -> float:
        """Add a piece; return where it begins, in seconds."""
        start = self.seconds
        self.pieces.append(piece)
        return start

    def words(self, until: float) -> list[str]:
        """Return the words that were said to their end before `until` seconds."""
        found: list[str] = []
        start = 0.0
        for piece in self.pieces:
            if piece.words:
                found += [w.text for w in piece.words if start + w.end <= until]
            elif start + piece.seconds <= until:
                found += piece.text.split()
            start += piece.seconds
        return found

    def left(self, since: float) -> list[tuple[float, Speech]]:
        """Return what was not said before `since` seconds, from the start of a word on.

        Each piece comes with where it begins, in seconds.
        """
        rest: list[tuple[float, Speech]] = []
        start = 0.0
        for piece in self.pieces:
            end = start + piece.seconds
            if end > since:
                kept = piece if start >= since else _from_word(piece, since - start)
                rest.append((end - kept.seconds, kept))
            start = end
        return [(at, piece) for at, piece in rest if len(piece.samples)]


def heard_part(reply: str, words: Sequence[str]) -> str:
    """Return the beginning of `reply` that `words`, said one after the other, make up.

    >>> heard_part("Well, I moved to Porto in May.", ["Well", "I", "moved"])
    'Well, I moved'
    """
    end = 0
    for word in words:
        bare = word.strip(".,;:!?…\"'“”()").casefold()
        found = re.compile(rf"\W{{0,6}}{re.escape(bare)}").match(reply.casefold(), end)
        if not bare:
            continue
        if found is None:  # said otherwise than it is written, such as a number: one word on
            found = re.compile(r"\s*\S+").match(reply, end)
        if found is not None:
            end = found.end()
    return reply[:end].strip()


def _from_word(piece: Speech, at: float) -> Speech:
    """Return a piece from the word that is being said at `at` seconds on."""
    start = next((word.start for word in piece.words if word.end > at), piece.seconds)
    start = min(start, at)
    cut = round(start * piece.sample_rate)
    words = tuple(
        TimedWord(w.text, w.start - start, w.end - start) for w in piece.words if w.end > at
    )
    phones = tuple(
        TimedPhone(p.symbol, max(0.0, p.start - start), p.end - start)
        for p in piece.phones
        if p.end > start
    )
    return replace(
        piece,
        samples=piece.samples[cut:],
        text=" ".join(word.text for word in words),
        words=words,
        phones=phones or (TimedPhone(SILENCE, 0.0, piece.seconds - start),),
    )
