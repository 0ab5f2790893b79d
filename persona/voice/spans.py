"""The stretches of speech in a recording, each judged, and the best of them as a clean sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from persona.voice.loudness import levelled, loudness
from persona.voice.sound import Samples, level, resampled
from persona.voice.speaker import RATE, voiced_mask
from persona.voice.speech import Speech

MOST_USED = 180.0
"""Seconds of clean speech that are kept at most."""
_SHORTEST, _LONGEST = 1.2, 12.0
_PAUSE = 0.35
_EDGE = 0.08
_BESIDE, _LEAST_PAUSE = 2 * RATE, RATE // 20
_CLIPPED, _CLIPPED_RUN, _CLIPPED_SHARE = 0.985, 3, 5e-4
_NOISY = 15.0
"""dB between speech and what is heard in its pauses, below which it counts as noisy."""
_NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of speech without a long pause."""

    recording: int
    """Which of the recordings it stands in."""
    start: float
    end: float
    clipped: bool
    """Whether it is distorted by being too loud."""
    clearness: float
    """dB between it and the background."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.end - self.start

    @property
    def short(self) -> bool:
        """Whether it is too short to be of use."""
        return self.seconds < _SHORTEST

    @property
    def noisy(self) -> bool:
        """Whether the background is nearly as loud as it is."""
        return self.clearness < _NOISY

    @property
    def clean(self) -> bool:
        """Whether there is nothing wrong with it."""
        return not (self.short or self.clipped or self.noisy)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSample:
    """What recordings hold of a voice."""

    speech: Speech
    """The best stretches in their order, pauses cut off, levelled to -23 LUFS."""
    spans: tuple[Span, ...]
    """Every stretch of speech that was found."""
    loudness: float
    """LUFS of the recordings as they were."""

    @property
    def spoken_seconds(self) -> float:
        """Seconds of speech."""
        return sum(span.seconds for span in self.spans)

    @property
    def clean_seconds(self) -> float:
        """Seconds of speech that nothing is wrong with."""
        return sum(span.seconds for span in self.spans if span.clean)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is wrong, with the places, in words for the user."""
        return tuple(
            f"{what} at {_places(found)}"
            for what, found in (
                ("too loud and distorted", [s for s in self.spans if s.clipped]),
                ("noise behind the voice", [s for s in self.spans if s.noisy and not s.short]),
            )
            if found
        )


def sample_of(recordings: Sequence[Speech]) -> VoiceSample:
    """Return the clean sample that recordings of one person hold."""
    at_rate = [
        Speech(samples=resampled(r.samples, r.sample_rate, RATE), sample_rate=RATE)
        for r in recordings
    ]
    spans = [s for number, speech in enumerate(at_rate) for s in _spans(speech.samples, number)]
    pieces = [
        levelled(_cut(recordings[span.recording], span))
        for span in sorted(_best(spans), key=_order)
    ]
    rate = recordings[0].sample_rate if recordings else RATE
    samples = [resampled(piece.samples, piece.sample_rate, rate) for piece in pieces]
    kept = np.concatenate(samples) if samples else np.zeros(0, np.float32)
    everything = Speech(
        samples=np.concatenate([r.samples for r in at_rate] or [kept]), sample_rate=RATE
    )
    return VoiceSample(
        speech=levelled(Speech(samples=kept.astype(np.float32), sample_rate=rate)),
        spans=tuple(spans),
        loudness=round(loudness(everything), 1),
    )


def _spans(samples: Samples, number: int) -> list[Span]:
    mask = voiced_mask(samples)
    return [
        Span(
            recording=number,
            start=start / RATE,
            end=end / RATE,
            clipped=_is_clipped(samples[start:end]),
            clearness=round(level(samples[start:end]) - _behind(samples, mask, start, end), 1),
        )
        for start, end in _stretches(mask)
    ]


def _stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return where speech begins and ends; short pauses are bridged, long stretches parted."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    joined: list[list[int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if joined and start - joined[-1][1] < _PAUSE * RATE:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    parted: list[tuple[int, int]] = []
    for start, end in joined:
        count = max(1, int(np.ceil((end - start) / (_LONGEST * RATE))))
        cuts = np.linspace(start, end, count + 1).astype(int).tolist()
        parted += pairwise(cuts)
    return parted


def _is_clipped(samples: Samples) -> bool:
    """Say whether samples stand at the ceiling, several in a row and again and again."""
    full = np.abs(samples) >= _CLIPPED
    runs = np.convolve(full, np.ones(_CLIPPED_RUN), "valid") >= _CLIPPED_RUN
    return float(runs.mean()) > _CLIPPED_SHARE if len(runs) else False


def _behind(samples: Samples, mask: NDArray[np.bool_], start: int, end: int) -> float:
    """Return how loud the background of a stretch is, in dB: that of the pauses beside it."""
    sides = (slice(max(0, start - _BESIDE), start), slice(end, end + _BESIDE))
    pauses = [samples[side][~mask[side]] for side in sides]
    levels = [level(pause) for pause in pauses if len(pause) > _LEAST_PAUSE]
    return min(levels) if levels else _floor(samples[start:end])


def _floor(samples: Samples) -> float:
    """Return how loud the quietest twentieth of speech without pauses is, in dB."""
    frames = samples[: len(samples) // 320 * 320].reshape(-1, 320)
    power = np.sort(np.mean(frames**2, axis=1))
    return float(10 * np.log10(power[: max(1, len(power) // 20)].mean() + 1e-12))


def _best(spans: Sequence[Span]) -> list[Span]:
    """Return the clearest stretches; those with something wrong only where there are no others."""
    chosen: list[Span] = []
    usable = [span for span in spans if not span.short] or list(spans)
    clean = [span for span in usable if span.clean] or usable
    for span in sorted(clean, key=lambda one: -one.clearness):
        if sum(one.seconds for one in chosen) + span.seconds <= MOST_USED:
            chosen.append(span)
    return chosen


def _order(span: Span) -> tuple[int, float]:
    return span.recording, span.start


def _cut(recording: Speech, span: Span) -> Speech:
    rate = recording.sample_rate
    start = max(0, round((span.start - _EDGE) * rate))
    return Speech(
        samples=recording.samples[start : round((span.end + _EDGE) * rate)], sample_rate=rate
    )


def _places(spans: Sequence[Span]) -> str:
    """Return where stretches are, as minutes and seconds."""
    named = [f"{int(s.start) // 60}:{int(s.start) % 60:02}" for s in spans[:_NAMED]]
    more = len(spans) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
