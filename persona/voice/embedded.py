"""What the embedded voices share: a clause becomes letters, the letters sound with times."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from persona.voice.pauses import Pauses, pauses_around
from persona.voice.pronouncing import Pronouncer, SpokenWord
from persona.voice.reading import sayable
from persona.voice.sound import Samples
from persona.voice.speaking import Manner
from persona.voice.speech import Speech
from persona.voice.timing import times_of

SAMPLE_RATE = 24_000
_EARLY = 0.03
"""A letter is heard so much before the network counts it, seconds."""
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
    sound = _between(sound, pauses_around(line))
    first, *inner, last = sound.lasts
    early = min(first, _EARLY)
    times = times_of(words, frozenset(numbers), [first - early, *inner, last + early])
    text = "".join(word.text + (" " if word.spaced else "") for word in words).strip()
    return Speech(
        samples=sound.samples,
        sample_rate=SAMPLE_RATE,
        text=text,
        words=tuple(times.words),
        phones=tuple(times.phones),
    )


def _between(sound: Sounded, pauses: Pauses) -> Sounded:
    """Return a sound with no more silence around it than that.

    It is cut off rather than left out in the making: a network that starts without it swallows
    the first sound.
    """
    first, *inner, last = sound.lasts
    lead, tail = min(first, pauses.lead), min(last, pauses.tail)
    start, end = (round(cut * SAMPLE_RATE) for cut in (first - lead, last - tail))
    samples = sound.samples[start : len(sound.samples) - end]
    return Sounded(samples, [lead, *inner, tail])


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
