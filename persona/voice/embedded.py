"""What the embedded voices share: a clause becomes letters, the letters sound with times."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from persona.voice.pauses import pauses_around
from persona.voice.pronouncing import Pronouncer, SpokenWord
from persona.voice.reading import sayable
from persona.voice.sound import Samples
from persona.voice.speaking import Manner
from persona.voice.speech import Speech
from persona.voice.timing import times_of

SAMPLE_RATE = 24_000
_EARLY = 0.03
"""A letter is heard so much before the network counts it, seconds."""
_FAINT = 0.01
"""Of the loudest; what stays below isn't heard any more."""
LONGEST = 400
"""Letters that are said at once."""


class Sounded(NamedTuple):
    """Letters made sound."""

    samples: Samples
    lasts: Sequence[float]
    """Seconds of the leading pause, each letter, and the last pause."""


Synthesise = Callable[[list[int]], Sounded]
"""Makes the numbers of letters sound."""


def say_clauses(clauses: Iterable[str], manner: Manner, synthesise: Synthesise) -> Iterator[Speech]:
    """Say each clause by a synthesiser that reads Kokoro's letters."""
    pronouncer = Pronouncer(manner.pronunciations)
    for clause in clauses:
        words = pronouncer.words(sayable(clause))
        for portion in _portions(words):
            yield _say(portion, synthesise)


def _say(words: list[SpokenWord], synthesise: Synthesise) -> Speech:
    numbers = vocabulary()
    line = "".join(w.letters + (" " if w.spaced else "") for w in words).strip()
    sound = synthesise([numbers[letter] for letter in line if letter in numbers])
    pauses = pauses_around(line)
    sound = _begun(sound, pauses.lead)
    first, *inner, last = sound.lasts
    early = min(first, _EARLY)
    times = times_of(words, frozenset(numbers), [first - early, *inner, last + early])
    text = "".join(word.text + (" " if word.spaced else "") for word in words).strip()
    end = _end_of(sound.samples, pauses.tail)
    return Speech(
        samples=sound.samples[: round(end * SAMPLE_RATE)],
        sample_rate=SAMPLE_RATE,
        text=text,
        words=tuple(replace(w, end=min(w.end, end)) for w in times.words if w.start < end),
        phones=tuple(replace(p, end=min(p.end, end)) for p in times.phones if p.start < end),
    )


def _begun(sound: Sounded, lead: float) -> Sounded:
    """Return a sound with at most `lead` seconds of silence before it.

    The rest is cut off rather than left out in the making: a network that starts without it
    swallows the first sound.
    """
    first, *others = sound.lasts
    lead = min(first, lead)
    return Sounded(sound.samples[round((first - lead) * SAMPLE_RATE) :], [lead, *others])


def _end_of(samples: Samples, tail: float) -> float:
    """Return where a sound ends, in seconds, with at most `tail` seconds of silence after it.

    It goes by what is heard: the last letters count as longer than they sound.
    """
    loud = np.flatnonzero(np.abs(samples) > _FAINT * float(np.abs(samples).max(initial=0.0)))
    heard = (int(loud[-1]) + 1) / SAMPLE_RATE if len(loud) else 0.0
    return min(len(samples) / SAMPLE_RATE, heard + tail)


def _portions(words: Sequence[SpokenWord]) -> Iterator[list[SpokenWord]]:
    """Yield words in portions that can be said at once; what holds no word is left out."""
    portion: list[SpokenWord] = []
    letters = 0
    for word in words:
        if letters + len(word.letters) + 1 > LONGEST and not word.is_mark:
            yield portion
            portion, letters = [], 0
        portion.append(word)
        letters += len(word.letters) + 1
    if any(word.letters and not word.is_mark for word in portion):
        yield portion


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, int]:
    """Return the number of each letter, the same for Kokoro and what is distilled from it."""
    import hibari  # pyright: ignore[reportMissingTypeStubs]  # it has no types

    path = Path(str(hibari.__file__)).parent / "assets" / "vocab.json"
    return json.loads(path.read_text(encoding="utf-8"))
