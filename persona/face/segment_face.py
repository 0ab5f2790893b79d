"""A face whose words are drawn by something else, a segment at a time; the local face rests.

The local face keeps the clock: whatever draws the words, there is one frame for each 1/25 s of
sound. Where the drawing fails, the local face speaks that segment and says so.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from threading import Event, Lock
from typing import Self

import numpy as np
from numpy.typing import NDArray

from memory.errors import SelfsameError
from persona.face.face import (
    FaceAbilities,
    FaceEvent,
    FaceSession,
    Frame,
    SpeakEnded,
    SpeakStarted,
)
from persona.face.landmarks import Picture
from persona.face.local import LocalFace
from persona.face.motion import Attention
from persona.face.one_take import pictures_of_take
from persona.face.patience import Stopped
from persona.face.segment_drawer import SegmentDrawer
from persona.voice.speech import Speech, TimedPhone

Notice = Callable[[str], None]
"""Told in words for the user when the local face had to stand in."""


class SegmentFace:
    """A `Face` around a `SegmentDrawer`, with a local face to stand in."""

    def __init__(
        self, drawer: SegmentDrawer, stand_in: LocalFace, notice: Notice = lambda _: None
    ) -> None:
        self.name = drawer.name
        self.abilities = FaceAbilities(live=False, hosted=drawer.hosted, needs_phones=False)
        self._drawer, self._stand_in, self._notice = drawer, stand_in, notice
        self._lock = Lock()
        self._stop = Event()
        self.start(FaceSession(sample_rate=24_000))

    def start(self, session: FaceSession) -> None:
        """Begin a session."""
        self._rate = session.sample_rate
        self._stand_in.start(session)
        self._ready: deque[Speech | NDArray[np.float32]] = deque()
        self._sound: list[NDArray[np.float32]] = []
        self._phones: list[TimedPhone] = []
        self._open = False

    def push_pcm(self, chunk: NDArray[np.float32], track: Sequence[TimedPhone] = ()) -> None:
        """Take in sound that follows what was pushed before."""
        with self._lock:
            self._open = self._open or bool(track)
            if not self._open:
                self._ready.append(chunk)
                return
            begin = sum(map(len, self._sound)) / self._rate
            self._sound.append(chunk)
            self._phones += [TimedPhone(p.symbol, p.start + begin, p.end + begin) for p in track]

    def end_segment(self) -> None:
        """Say that the words are complete: only now can they be drawn."""
        with self._lock:
            if self._open:
                samples = np.concatenate(self._sound).astype(np.float32)
                phones = tuple(self._phones)
                self._ready.append(Speech(samples=samples, sample_rate=self._rate, phones=phones))
                self._sound, self._phones, self._open = [], [], False

    def interrupt(self) -> None:
        """Stop at once, also waiting for a provider."""
        with self._lock:
            self._stop.set()
            self._stop = Event()
            self._ready.clear()
            self._sound, self._phones, self._open = [], [], False
            self._stand_in.interrupt()

    def express(self, attention: Attention, mood: float = 0.0) -> None:
        """Rest, listen or think from the next frame on."""
        self._stand_in.express(attention, mood)

    def events(self) -> Iterator[FaceEvent]:
        """Yield what is ready; waits while a segment is drawn."""
        while True:
            with self._lock:
                stop = self._stop
                piece = self._ready.popleft() if self._ready else None
            if isinstance(piece, Speech):
                yield from self._spoken(piece, stop)
                continue
            if piece is not None:
                self._stand_in.push_pcm(piece)
            yield from self._stand_in.events()
            if piece is None:
                return

    def close(self) -> None:
        """End the session."""
        self.interrupt()
        self._stand_in.close()
        self._drawer.close()

    def film(self, take: Speech) -> Iterator[Picture]:
        """Yield the pictures of one finished take."""
        return pictures_of_take(self, take)

    def _spoken(self, speech: Speech, stop: Event) -> Iterator[FaceEvent]:
        """Yield the frames of a segment, on the local face's clock."""
        heads = _Heads(self._stand_in, len(speech.samples), stop)
        speaking = False
        try:
            for picture in self._drawer.draw(speech, heads, stop):
                if not speaking:
                    speaking = True
                    yield SpeakStarted(heads.last.number, heads.last.epoch)
                yield Frame(heads.last.number, heads.last.epoch, picture)
        except Stopped:
            pass
        except SelfsameError as error:
            self._notice(f"{error.message}; the local face speaks instead")
        if not (heads.taken or stop.is_set()):
            self._stand_in.push_pcm(speech.samples, speech.phones)
            self._stand_in.end_segment()
            return
        yield from heads.rest()
        if speaking and not stop.is_set():
            yield SpeakEnded(heads.last.number + 1, heads.last.epoch)


class _Heads:
    """The local face at rest for as long as a segment lasts, from the first picture asked for."""

    def __init__(self, face: LocalFace, samples: int, stop: Event) -> None:
        self._face, self._samples, self._stop = face, samples, stop
        self._events: Iterator[FaceEvent] | None = None
        self._others: list[FaceEvent] = []
        self.last: Frame
        """The frame whose picture was given last."""

    @property
    def taken(self) -> bool:
        """Whether a picture was asked for."""
        return self._events is not None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Picture:
        if self._events is None:
            if self._stop.is_set():
                raise StopIteration
            self._face.push_pcm(np.zeros(self._samples, np.float32))
            self._events = self._face.events()
        for event in self._events:
            if isinstance(event, Frame):
                self.last = event
                return event.picture
            self._others.append(event)
        raise StopIteration

    def rest(self) -> Iterator[FaceEvent]:
        """Yield what was not asked for."""
        for picture in self:
            yield Frame(self.last.number, self.last.epoch, picture)
        yield from self._others
