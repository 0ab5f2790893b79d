"""What is said, as lines to read: when each is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from persona.voice.speech import Speech, TimedWord

_LONGEST = 42
"""Characters of a line, as broadcasters' guides have it."""
_LEAST_SECONDS = 0.8
_PAUSE = 0.6
"""Seconds of silence after which a new line begins."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A line and when it is shown, in seconds."""

    text: str
    start: float
    end: float


def captions_of(speech: Speech, at: float = 0.0) -> Iterator[Caption]:
    """Yield the lines of a stretch of speech that begins `at` so many seconds."""
    if not speech.words:
        if speech.text:
            yield Caption(speech.text, at, at + speech.seconds)
        return
    words = _as_written(speech)
    line: list[TimedWord] = []
    for word in words:
        if line and (_too_long(line, word) or word.start - line[-1].end > _PAUSE):
            yield _caption(line, at, at + word.start)
            line = []
        line.append(word)
    yield _caption(line, at, at + speech.seconds)


def _as_written(speech: Speech) -> list[TimedWord]:
    """Return the words with the capitals and commas of the text, where they can be told apart."""
    written = speech.text.split()
    if len(written) != len(speech.words):
        return list(speech.words)
    return [
        TimedWord(text, word.start, word.end)
        for text, word in zip(written, speech.words, strict=True)
    ]


def _too_long(line: list[TimedWord], word: TimedWord) -> bool:
    return len(" ".join(w.text for w in (*line, word))) > _LONGEST


def _caption(line: list[TimedWord], at: float, latest: float) -> Caption:
    start = at + line[0].start
    end = min(max(at + line[-1].end, start + _LEAST_SECONDS), latest)
    return Caption(" ".join(word.text for word in line), start, max(end, start + 0.1))
