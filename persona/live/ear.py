"""Listening to a live microphone: who speaks, how loud, and when they pause or have finished."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from persona.voice.sound import Samples
from persona.voice.speech import Speech
from persona.voice.turn_end import RATE, SpeechDetector

_FRAME = 512
_SECONDS = _FRAME / RATE
_SPEAKS, _QUIET = 0.5, 0.35
_BEFORE = 0.35
"""Seconds kept from before speech was noticed."""
_NOTICED = 0.1
"""Seconds of speech from which on somebody speaks: less is a click."""
PAUSED = 0.22
"""Seconds of quiet from which on it may be over."""
_LONGEST = 60.0
"""Seconds after which a turn ends whatever happens."""
_HANGING = frozenset(
    "and but or so because the a to of with my is are was if when that um uh".split()
)
_USUAL, _DONE, _UNFINISHED = 0.7, 0.45, 1.2
"""Seconds of quiet that end a turn: usually, after a finished sentence, after a hanging one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounding:
    """Somebody is in the middle of a turn; told for each 32 ms of sound."""

    spoken: float
    """Seconds of speech in it so far."""
    running: float
    """Seconds since the turn began, pauses and all."""
    quiet: float
    """Seconds since the last speech."""
    ended: bool
    """Whether it is over."""
    loudness: float
    """Of its speech, in dB below full scale."""


class Ear:
    """Finds the turns in a stream at 16 kHz; used by one thread."""

    def __init__(self) -> None:
        self._detector = SpeechDetector()
        self._left = np.zeros(0, np.float32)
        self._forget()

    def feed(self, chunk: Samples) -> Iterator[Sounding]:
        """Take more of the stream; tell how the turn stands while there is one."""
        samples = np.concatenate([self._left, chunk])
        whole = len(samples) // _FRAME * _FRAME
        self._left = samples[whole:]
        for frame in samples[:whole].reshape(-1, _FRAME):
            state = self._take(frame)
            if state is not None:
                yield state

    def turn(self) -> Speech:
        """Return the sound of the turn so far."""
        kept = self._kept or [np.zeros(_FRAME, np.float32)]
        return Speech(samples=np.concatenate(kept), sample_rate=RATE)

    def hint(self, text: str) -> None:
        """Say what was heard so far: a finished sentence ends the turn sooner."""
        words = text.lower().split()
        if not words:
            return
        if words[-1].strip(",.…") in _HANGING or text.rstrip().endswith((",", "…", "...", "-")):
            self._pause = _UNFINISHED
        elif text.rstrip().endswith((".", "?", "!")):
            self._pause = _DONE
        else:
            self._pause = _USUAL

    def end(self) -> None:
        """Forget the turn on its way, such as when the talk button is let go."""
        self._forget()

    def _forget(self) -> None:
        self._kept: list[Samples] = []
        self._spoken = self._quiet = self._running = 0.0
        self._pause = _USUAL
        self._power = 0.0

    def _take(self, frame: Samples) -> Sounding | None:
        self._kept.append(frame)
        chance = self._detector(frame)
        if chance >= _SPEAKS:
            self._spoken, self._quiet = self._spoken + _SECONDS, 0.0
            self._power += float(np.mean(np.square(frame))) * _SECONDS
        elif chance < _QUIET:
            self._quiet += _SECONDS
        if self._spoken < _NOTICED:
            if self._quiet > _BEFORE:
                self._spoken = self._power = 0.0
                del self._kept[: -int(_BEFORE / _SECONDS)]
            return None
        self._running += _SECONDS
        return Sounding(
            spoken=self._spoken,
            running=self._running,
            quiet=self._quiet,
            ended=self._quiet >= self._pause or self._running > _LONGEST,
            loudness=float(10 * np.log10(self._power / self._spoken + 1e-12)),
        )
