"""A face drawn on this machine: turns pushed sound into frames, with any renderer."""

from collections import deque
from collections.abc import Iterator, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from persona.face.expression import stress_of
from persona.face.face import (
    FaceAbilities,
    FaceEvent,
    FaceSession,
    Frame,
    Interrupted,
    SpeakEnded,
    SpeakStarted,
)
from persona.face.footage import FPS
from persona.face.landmarks import Picture
from persona.face.loudness import levels, relative
from persona.face.motion import Attention
from persona.face.one_take import pictures_of_take
from persona.face.renderer import Renderer
from persona.face.visemes import LOOK_AHEAD, MouthTrack, mouth_track
from persona.voice.speech import SILENCE, Speech, TimedPhone

_AT_ONCE = 24
"""Frames that are planned together: few, so that the first comes soon and an interrupt is cheap."""
_SPEECH_DB = -45.0
"""Sound without phones above this level is taken for speech."""
_REMEMBERED = 10 * FPS
"""Frames over which the loudest speech is remembered."""


class LocalFace:
    """A `Face` around a `Renderer`."""

    abilities = FaceAbilities(live=True, hosted=False, needs_phones=True)

    def __init__(self, renderer: Renderer) -> None:
        self.name = renderer.name
        self._renderer = renderer
        self._lock = Lock()  # an interrupt may come from the thread that listens
        self._epoch = 0
        self.start(FaceSession(sample_rate=24_000))

    def start(self, session: FaceSession) -> None:
        """Begin a session."""
        self._rate = session.sample_rate
        self._made = session.first_frame
        self._first_sample = self._sample_of(self._made)
        self._sound = np.empty(0, np.float32)
        self._phones: deque[TimedPhone] = deque()
        self._tops: deque[float] = deque(maxlen=_REMEMBERED)
        self._open = self._speaking = False
        self._segment_end: float | None = None
        self._pending: deque[FaceEvent] = deque()
        self._renderer.shut()

    def push_pcm(self, chunk: NDArray[np.float32], track: Sequence[TimedPhone] = ()) -> None:
        """Take in sound that follows what was pushed before."""
        with self._lock:
            begin = self._pushed / self._rate
            self._sound = np.concatenate([self._sound, chunk.astype(np.float32, copy=False)])
            for phone in track:
                self._phones.append(
                    TimedPhone(phone.symbol, phone.start + begin, phone.end + begin)
                )
            if track and not self._open:
                self._open, self._segment_end = True, None

    def end_segment(self) -> None:
        """Say that the words are complete."""
        with self._lock:
            if self._open:
                self._open, self._segment_end = False, self._pushed / self._rate

    def interrupt(self) -> None:
        """Stop at once."""
        with self._lock:
            self._epoch += 1
            self._first_sample = self._sample_of(self._made)
            self._sound = self._sound[:0]
            self._phones.clear()
            self._open = self._speaking = False
            self._segment_end = None
            self._renderer.shut()
            self._pending.append(Interrupted(self._made, self._epoch))

    def express(self, attention: Attention, mood: float = 0.0) -> None:
        """Rest, listen or think from the next frame on."""
        with self._lock:
            self._renderer.express(attention, mood)

    def events(self) -> Iterator[FaceEvent]:
        """Yield what is ready, each frame drawn as it is asked for."""
        while True:
            with self._lock:
                yield_first = list(self._pending)
                self._pending.clear()
                epoch, start = self._epoch, self._made
                count = min(self._ready() - start, _AT_ONCE)
                plan = self._plan(start, count) if count > 0 else None
            yield from yield_first
            if plan is None:
                yield from self._last_words()
                return
            yield from self._draw(plan, start, epoch)

    def close(self) -> None:
        """Let go of sound not yet drawn."""
        self._sound = np.empty(0, np.float32)
        self._phones.clear()

    def film(self, take: Speech) -> Iterator[Picture]:
        """Yield the pictures of one finished take."""
        return pictures_of_take(self, take)

    def _draw(
        self, plan: tuple[MouthTrack, NDArray[np.float32]], start: int, epoch: int
    ) -> Iterator[FaceEvent]:
        """Yield the frames of a plan, for as long as nothing interrupts it."""
        track, stress = plan
        pictures = self._renderer.draw(track, stress)
        for offset, speaking in enumerate(track.speaking):
            with self._lock:
                if epoch != self._epoch:
                    return
                picture = next(pictures)
                self._made += 1
                self._forget_old_sound()
            if speaking and not self._speaking:
                self._speaking = True
                yield SpeakStarted(start + offset, epoch)
            yield Frame(start + offset, epoch, picture)
            yield from self._last_words()

    def _last_words(self) -> Iterator[FaceEvent]:
        with self._lock:
            end = self._segment_end
            over = end is not None and self._made >= int(end * FPS)
            if over:
                self._segment_end, self._speaking = None, False
        if over:
            yield SpeakEnded(self._made, self._epoch)

    @property
    def _pushed(self) -> int:
        return self._first_sample + len(self._sound)

    def _sample_of(self, frame: int) -> int:
        return frame * self._rate // FPS

    def _ready(self) -> int:
        """Return how many frames have all that bears on them."""
        heard = self._pushed * FPS // self._rate
        if not self._open:
            return heard
        known = self._phones[-1].end if self._phones else 0.0
        return min(heard, int((known - LOOK_AHEAD) * FPS))

    def _plan(self, start: int, count: int) -> tuple[MouthTrack, NDArray[np.float32]]:
        edges = np.array([self._sample_of(start + k) for k in range(count + 1)], np.int64)
        level = levels(self._sound, edges - self._first_sample)
        self._tops.extend(level.tolist())
        loudness = relative(level, self._top(edges[0]))
        times = (np.arange(start, start + count) + 0.5) / FPS
        phones = list(self._phones)
        if phones and times[-1] > phones[-1].end:
            phones.append(TimedPhone(SILENCE, phones[-1].end, float(times[-1]) + 1))
        if not phones and level.max() > _SPEECH_DB:
            return _by_loudness(loudness), np.zeros(count, np.float32)
        return mouth_track(phones, times, loudness), stress_of(phones, times, loudness)

    def _top(self, first: np.int64) -> float:
        """Return the level of the loudest speech just heard or about to be."""
        ahead = self._sound[int(first) - self._first_sample :][: 4 * self._rate]
        edges = np.arange(0, len(ahead) + 1, self._rate // FPS, dtype=np.int64)
        coming = float(levels(ahead, edges).max()) if len(edges) > 1 else -np.inf
        return max(coming, max(self._tops, default=-np.inf))

    def _forget_old_sound(self) -> None:
        """Drop what no later frame needs, a second at a time."""
        keep = self._sample_of(self._made)
        if keep - self._first_sample >= self._rate:
            self._sound = self._sound[keep - self._first_sample :].copy()
            self._first_sample = keep
            before = self._made / FPS - 1.0
            while self._phones and self._phones[0].end < before:
                self._phones.popleft()


def _by_loudness(loudness: NDArray[np.float32]) -> MouthTrack:
    """Return a mouth that opens with loudness: all that can be done where phones aren't known."""
    still = mouth_track((), np.zeros(len(loudness)))
    return still._replace(opening=0.8 * loudness, speaking=loudness > 0.2)
