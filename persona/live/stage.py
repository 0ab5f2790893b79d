"""The stage: pieces of speech go in, paired beats of picture and sound come out, without end.

Sound is the only clock. A thread draws a little ahead of what is taken, and waits when it is far
enough ahead; whoever takes the beats sets the pace. What is said belongs to an epoch: after a
flush nothing of an older epoch is ever heard or seen.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Condition, Thread
from time import perf_counter
from typing import NamedTuple

import numpy as np

from persona.face.face import Face, FaceEvent, FaceSession, Frame, Interrupted
from persona.face.landmarks import Picture
from persona.face.motion import Attention
from persona.live.beat import BEAT_SAMPLES, SILENT_BEAT, SOUND_RATE, Beat, faded
from persona.voice.sound import resampled
from persona.voice.speech import Speech

AHEAD_SPEAKING, AHEAD_IDLE = 6, 2
"""Beats that are drawn ahead: enough to ride out a slow one, few enough to start at once."""
DUCKED = 0.2
"""Loudness while it isn't clear yet whether somebody interrupts."""
_NOTHING = 1e-3
_EASE = 0.05

_log = logging.getLogger(__name__)


class _Stretch(NamedTuple):
    """Where a piece lies: in the sound given to the face, and in the reply."""

    start: int
    end: int
    take_start: float
    piece: Speech


@dataclass(slots=True)
class StageCounts:
    """What the stage did, for measurements."""

    beats: int = 0
    spoken: int = 0
    """Beats of replies."""
    starved: int = 0
    """Beats of a reply that were not drawn in time."""
    dropped: int = 0
    draw_ms: float = 0.0
    """How long drawing a picture takes of late."""


class Stage:
    """Where a twin is seen and heard."""

    def __init__(
        self, face: Face | None, on_beat: Callable[[Beat], None], on_end: Callable[[], None]
    ) -> None:
        """Take a face, or none for voice alone.

        Args:
            face: draws the pictures.
            on_beat: told of each beat of a reply as it is taken; must not wait.
            on_end: told when the last one of a reply was taken; must not wait.
        """
        self.counts = StageCounts()
        self._face = face
        self._on_beat, self._on_end = on_beat, on_end
        self._changed = Condition()
        self._beats: deque[Beat] = deque()
        self._waiting: deque[tuple[Speech, float]] = deque()
        self._epoch = 0
        self._flush = self._finished = self._closed = self._faceless = False
        self._gain = self._wanted_gain = 1.0
        self._speaking = False
        self._heard = self._whole = 0.0
        # What the drawing thread alone touches:
        self._sound = np.empty(0, np.float32)
        self._first = 0
        self._stretches: deque[_Stretch] = deque()
        self._open = False
        self._events: Iterator[FaceEvent] = iter(())
        if face is not None:
            face.start(FaceSession(sample_rate=SOUND_RATE))
        self._thread = Thread(target=self._run, name="selfsame-stage", daemon=True)

    def drop_face(self) -> None:
        """Go on with the voice alone."""
        with self._changed:
            self._faceless = True
            self._changed.notify_all()

    def start(self) -> None:
        """Begin to draw."""
        self._thread.start()

    def close(self) -> None:
        """Stop drawing."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(5)
        if self._face is not None:
            self._face.close()

    @property
    def epoch(self) -> int:
        """How many flushes there were."""
        return self._epoch

    @property
    def has_face(self) -> bool:
        """Whether there are pictures."""
        return self._face is not None and not self._faceless

    @property
    def speaking(self) -> bool:
        """Whether a reply is being said, or waits to be."""
        return self._speaking

    @property
    def has_words(self) -> bool:
        """Whether there are words that were not taken yet."""
        return self._speaking and self._heard < self._whole - _NOTHING

    @property
    def depth(self) -> int:
        """Beats that wait to be taken."""
        return len(self._beats)

    def express(self, attention: Attention, mood: float = 0.0) -> None:
        """Let the face rest, listen or think."""
        if self._face is not None:
            self._face.express(attention, mood)

    def say(self, piece: Speech, take_start: float, epoch: int) -> None:
        """Say a piece after those before it; nothing happens when the epoch is over."""
        samples = resampled(piece.samples, piece.sample_rate, SOUND_RATE)
        piece = replace(piece, samples=samples, sample_rate=SOUND_RATE)
        with self._changed:
            if epoch != self._epoch:
                return
            self._waiting.append((piece, take_start))
            self._heard = self._heard if self._speaking else 0.0
            self._whole = take_start + piece.seconds
            self._speaking, self._finished = True, False
            self._changed.notify_all()

    def finish(self, epoch: int) -> None:
        """Say that the reply is complete."""
        with self._changed:
            if epoch == self._epoch:
                self._finished = True
                self._changed.notify_all()

    def flush(self) -> int:
        """Be silent at once, and forget all that was to be said; return the new epoch."""
        with self._changed:
            self._epoch += 1
            self._flush = True
            said = [beat for beat in self._beats if beat.speaks]
            self.counts.dropped += len(said)
            self._beats.clear()
            if said:
                self._beats.append(faded(said[0]))
            self._waiting.clear()
            self._speaking, self._finished = False, False
            self._wanted_gain = 1.0
            self._changed.notify_all()
            return self._epoch

    def duck(self, *, low: bool) -> None:
        """Speak softly, or as loud as before."""
        self._wanted_gain = DUCKED if low else 1.0

    def take(self) -> Beat:
        """Return the next beat, at once: silent, with the picture before, if none is drawn."""
        with self._changed:
            self.counts.beats += 1
            if not self._beats:
                self.counts.starved += self._speaking and self._open
                return Beat(sound=SILENT_BEAT)
            beat = self._beats.popleft()
            self._changed.notify_all()
            self._heard = beat.heard if beat.speaks else self._heard
            over = self._speaking and self._finished and self._heard >= self._whole - _NOTHING
            self._speaking = self._speaking and not over
        if beat.speaks:
            self.counts.spoken += 1
            self._on_beat(beat)
            beat = self._at_gain(beat)
        if over:
            self._on_end()
        return beat

    def _at_gain(self, beat: Beat) -> Beat:
        if self._gain == self._wanted_gain == 1.0:
            return beat
        ramp = np.linspace(self._gain, self._wanted_gain, BEAT_SAMPLES, dtype=np.float32)
        self._gain = self._wanted_gain
        return replace(beat, sound=beat.sound * ramp)

    def _run(self) -> None:
        try:
            while not self._closed:
                beat = self._next()
                if beat is not None:
                    self._put(beat)
        except Exception:  # the edge of a thread
            _log.exception("the face failed; the voice goes on alone")
            self._let_face_go()
            if not self._closed:
                self._run()

    def _put(self, beat: Beat) -> None:
        with self._changed:
            most = AHEAD_SPEAKING if beat.speaks else AHEAD_IDLE
            self._changed.wait_for(
                lambda: (
                    self._closed
                    or self._flush
                    or len(self._beats) < most
                    or (bool(self._waiting) and not beat.speaks)
                )
            )
            if self._flush:
                return
            if beat.speaks and self._beats and not self._beats[-1].speaks:
                self._beats.clear()  # the words come first
            self._beats.append(beat)

    def _next(self) -> Beat | None:
        """Return the next beat that can be drawn now; None where it must be looked for again."""
        if self._flush:
            self._forget()
        if self._faceless and not self._stretches:
            self._let_face_go()
        if self._face is None:
            return self._without_face()
        began = perf_counter()
        event = next(self._events, None)
        if isinstance(event, Frame):
            ms = (perf_counter() - began) * 1000
            self.counts.draw_ms += _EASE * (ms - self.counts.draw_ms)
            return self._paired(event.number, event.picture)
        if isinstance(event, Interrupted):
            self._first, self._sound = event.frame * BEAT_SAMPLES, self._sound[:0]
        elif event is None:
            self._feed()
            self._events = self._face.events()
        return None

    def _let_face_go(self) -> None:
        """Go on without the face; ending it may take a while, and the voice must not wait."""
        face, self._face = self._face, None
        if face is not None:
            Thread(target=face.close, name="selfsame-face-end", daemon=True).start()

    def _forget(self) -> None:
        with self._changed:
            self._flush = False
        self._stretches.clear()
        self._open = False
        if self._face is not None:
            self._face.interrupt()
            self._events = self._face.events()
        else:
            self._first, self._sound = self._pushed, self._sound[:0]

    @property
    def _pushed(self) -> int:
        return self._first + len(self._sound)

    def _feed(self) -> None:
        """Give the face more sound: the next piece, the end of the words, or silence."""
        with self._changed:
            if not self._waiting and self._open and not self._finished and len(self._beats) > 1:
                self._changed.wait(0.02)
            found = self._waiting.popleft() if self._waiting and not self._flush else None
            self._changed.notify_all()
        if found is not None:
            self._push_piece(*found)
        elif self._open:
            self._push(np.zeros(-self._pushed % BEAT_SAMPLES, np.float32))
            self._open = False
            if self._face is not None:
                self._face.end_segment()
        else:
            self._push(SILENT_BEAT)

    def _push_piece(self, piece: Speech, take_start: float) -> None:
        start = self._pushed
        self._stretches.append(_Stretch(start, start + len(piece.samples), take_start, piece))
        self._sound = np.concatenate([self._sound, piece.samples])
        if self._face is not None:
            self._face.push_pcm(piece.samples, piece.phones)
        self._open = True

    def _push(self, silence: np.ndarray[tuple[int], np.dtype[np.float32]]) -> None:
        self._sound = np.concatenate([self._sound, silence])
        if self._face is not None:
            self._face.push_pcm(silence)

    def _without_face(self) -> Beat | None:
        if len(self._sound) >= BEAT_SAMPLES:
            return self._paired(self._first // BEAT_SAMPLES, None)
        self._feed()
        return None

    def _paired(self, number: int, picture: Picture | None) -> Beat:
        """Return the beat of a frame: exactly the sound during which it is shown."""
        start, end = number * BEAT_SAMPLES, (number + 1) * BEAT_SAMPLES
        sound = self._sound[start - self._first : end - self._first]
        self._sound, self._first = self._sound[end - self._first :], end
        while self._stretches and self._stretches[0].end <= start:
            self._stretches.popleft()
        now = [s for s in self._stretches if s.start < end]
        if not now:
            return Beat(sound=sound, picture=picture)
        last = now[-1]
        return Beat(
            sound=sound,
            picture=picture,
            speaks=True,
            drawn_at=perf_counter(),
            heard=last.take_start + (min(end, last.end) - last.start) / SOUND_RATE,
            begins=tuple(s.piece for s in now if s.start >= start),
        )
