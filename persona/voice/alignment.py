"""When each phone falls in speech whose words are known: forced alignment, else energy.

The alignment is PocketSphinx's, with the pronunciations of every word given to it, so that no word
is outside its dictionary. Where it fails, phones share the loud stretches by their usual lengths.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from persona.voice.phones import phones_of
from persona.voice.pronouncing import Pronouncer, SpokenWord
from persona.voice.reading import sayable
from persona.voice.sound import resampled, to_pcm
from persona.voice.speech import SILENCE, VOWELS, Speech, TimedPhone, TimedWord
from persona.voice.timing import Times

_RATE = 16_000
_FRAME = 0.01
_lock = Lock()  # the decoder is one for all
_LOUD_SHARE = 0.08
_LATE = 0.03
"""PocketSphinx puts a phone so much before one hears it, seconds."""


def aligned(speech: Speech) -> Speech:
    """Return speech with the times of the words and phones of its text."""
    words = [w for w in Pronouncer().words(sayable(speech.text)) if phones_of(w.letters)]
    if not words:
        return replace(speech, phones=(TimedPhone(SILENCE, 0.0, speech.seconds),))
    times = _forced(speech, words) or _by_energy(speech, words)
    return replace(speech, words=tuple(times.words), phones=tuple(times.phones))


def phones_in_words(speech: Speech, words: Sequence[TimedWord]) -> Speech:
    """Return speech with phones placed inside words whose times are known."""
    times = Times()
    pronouncer = Pronouncer()
    at = 0.0
    for word in words:
        start, end = max(at, word.start), min(word.end, speech.seconds)
        phones = [p for w in pronouncer.words(word.text) for p in phones_of(w.letters)]
        if end <= start or not phones:
            continue
        if start > at:
            times.add(SILENCE, at, start)
        _share(times, phones, times.phones[-1].end if times.phones else start, end)
        times.words.append(TimedWord(word.text, start, end))
        at = end
    _close(times, speech.seconds)
    return replace(speech, words=tuple(times.words), phones=tuple(times.phones))


def _forced(speech: Speech, words: Sequence[SpokenWord]) -> Times | None:
    """Return the times by PocketSphinx; None when it finds no way through."""
    names = ["_".join(("said", *phones_of(word.letters))) for word in words]
    pcm = to_pcm(resampled(speech.samples, speech.sample_rate, _RATE))
    with _lock:
        decoder = _decoder()
        for name, word in zip(names, words, strict=True):
            if decoder.lookup_word(name) is None:
                decoder.add_word(name, " ".join(phones_of(word.letters)), True)
        try:
            decoder.set_align_text(" ".join(names))
            _run(decoder, pcm)
            decoder.set_alignment()
            _run(decoder, pcm)
            return _times(_plain(decoder.get_alignment()), words, speech.seconds)
        except RuntimeError:  # it found no path, or none to the end
            return None


def _run(decoder: Any, pcm: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()


class _Entry(NamedTuple):
    """A word of an alignment with its phones, each with first and last time."""

    name: str
    start: float
    end: float
    phones: list[tuple[str, float, float]]


def _plain(alignment: Any) -> list[_Entry]:
    """Return an alignment by value: its entries live in memory that goes with it."""
    entries: list[_Entry] = []
    for word in alignment:
        phones = [(p.name, _seconds(p.start), _seconds(p.start + p.duration)) for p in word]
        end = _seconds(word.start + word.duration)
        entries.append(_Entry(word.name, _seconds(word.start), end, phones))
    return entries


def _seconds(frame: int) -> float:
    return frame * _FRAME + _LATE if frame else 0.0


def _times(found: Sequence[_Entry], words: Sequence[SpokenWord], seconds: float) -> Times | None:
    times = Times()
    if sum(entry.name.startswith("said_") for entry in found) != len(words):
        return None
    coming = iter(words)
    for entry in found:
        if not entry.name.startswith("said_"):
            times.add(SILENCE, entry.start, entry.end)
            continue
        word = next(coming)
        times.words.append(TimedWord(word.text, entry.start, entry.end))
        for symbol, first, last in entry.phones:
            times.add(symbol if symbol.isalpha() else SILENCE, first, last)
    _close(times, seconds)
    return times


def _by_energy(speech: Speech, words: Sequence[SpokenWord]) -> Times:
    """Return times where the words share the stretch that is loud."""
    size = max(1, int(speech.sample_rate * _FRAME))
    whole = len(speech.samples) // size * size
    power = np.sqrt(np.mean(speech.samples[:whole].reshape(-1, size) ** 2, axis=1))
    loud = np.flatnonzero(power > _LOUD_SHARE * power.max(initial=0.0))
    first, last = (int(loud[0]), int(loud[-1]) + 1) if len(loud) else (0, len(power))
    start, end = first * _FRAME, last * _FRAME
    weights = [sum(map(_weight, phones_of(word.letters))) for word in words]
    edges = start + (end - start) * np.cumsum([0.0, *weights]) / sum(weights)
    times = Times()
    if start > 0:
        times.add(SILENCE, 0.0, start)
    for word, a, b in zip(words, edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        _share(times, phones_of(word.letters), a, b)
        times.words.append(TimedWord(word.text, a, b))
    _close(times, speech.seconds)
    return times


def _share(times: Times, phones: Sequence[str], start: float, end: float) -> None:
    weights = [_weight(phone) for phone in phones]
    edges = start + (end - start) * np.cumsum([0.0, *weights]) / sum(weights)
    for phone, a, b in zip(phones, edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        times.add(phone, a, b)


def _weight(phone: str) -> float:
    return 2.0 if phone in VOWELS else 1.0


def _close(times: Times, end: float) -> None:
    """Let the phones end with the sound."""
    last = times.phones[-1].end if times.phones else 0.0
    if last < end:
        times.add(SILENCE, last, end)
    times.phones = [
        replace(phone, end=min(phone.end, end)) for phone in times.phones if phone.start < end
    ]
    if times.phones[-1].end < end:
        times.extend(end)


@lru_cache(maxsize=1)
def _decoder() -> Any:
    from pocketsphinx import Decoder

    return Decoder(samprate=_RATE, bestpath=False, loglevel="FATAL", lm=None)
