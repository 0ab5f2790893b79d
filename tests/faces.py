"""Speech made up by rule, and faces to speak it: what the tests of faces share."""

from functools import cache

import numpy as np

from ingest.sample import PORTRAIT, PORTRAIT_POINTS
from persona.face.photo_face import PhotoFace, build_from_photo
from persona.voice.speech import SILENCE, VOWELS, Speech, TimedPhone, TimedWord

RATE = 16_000
_LONG = {SILENCE: 0.3, **dict.fromkeys(VOWELS, 0.16)}


def speech_of(phones: str, words: str = "") -> Speech:
    """Return a speech of `phones`, vowels loud, consonants soft, pauses silent."""
    timed: list[TimedPhone] = []
    parts: list[np.ndarray] = []
    at = 0.0
    for symbol in phones.split():
        seconds = _LONG.get(symbol, 0.08)
        timed.append(TimedPhone(symbol, at, at + seconds))
        at += seconds
        clock = np.arange(round(at * RATE) - sum(map(len, parts))) / RATE
        volume = 0.0 if symbol == SILENCE else 0.5 if symbol in VOWELS else 0.05
        parts.append(volume * np.sin(2 * np.pi * 150 * clock))
    spoken = words.split()
    step = at / max(len(spoken), 1)
    return Speech(
        samples=np.concatenate(parts).astype(np.float32),
        sample_rate=RATE,
        text=words,
        words=tuple(TimedWord(w, i * step, (i + 1) * step) for i, w in enumerate(spoken)),
        phones=tuple(timed),
    )


HELLO = speech_of("SIL HH AH L OW SIL M AA M AA SIL P AE P ER SIL", "hello mama paper")
SILENT = np.zeros(RATE, np.float32)


@cache
def drawn_face() -> PhotoFace:
    """Return the face of the sample person."""
    return build_from_photo(PORTRAIT, None, points_file=PORTRAIT_POINTS, size=256)
