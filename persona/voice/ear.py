"""Listening to a stream: whether somebody speaks, how loud, and when they pause or have finished.

Silero's network detects speech. How long a pause ends a turn is told by how the turn sounds, where
there is a model for that, else by the words heard so far.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from persona.voice.sound import Samples
from persona.voice.speech import Speech

RATE = 16_000
Finished = Callable[[Samples], float]
"""Tells from the sound of a turn how likely it is finished, such as a `TurnModel`."""
_LIKELY, _SURE = 0.5, 0.9
_FRAME, _CONTEXT = 512, 64
_SECONDS = _FRAME / RATE
_SPEAKS, _QUIET = 0.5, 0.35
_BEFORE = 0.35
"""Seconds kept from before speech was noticed."""
_NOTICED = 0.09
"""Seconds of speech from which on somebody speaks: less is a click."""
HUSHED, PAUSED = 0.12, 0.22
"""Seconds of quiet from which on a word is over, and from which on the turn may be."""
_LONGEST = 60.0
"""Seconds after which a turn ends whatever happens."""
_HANGING = frozenset(
    "and but or so because the a to of with my is are was if when that um uh".split()
)
_USUAL, _DONE, _UNFINISHED = 0.7, 0.45, 1.2
"""Seconds of quiet that end a turn: usually, after a finished sentence, after a hanging one."""
_SPLIT, _OPEN = 700.0, 0.08
"""A hum through the nose has nearly all its power below so many Hz; an open mouth lets out at least
this share of it above."""
_SURELY_DONE = 0.32
"""Seconds of quiet that end a turn which surely sounds finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounding:
    """Somebody is in the middle of a turn; told for each 32 ms of sound."""

    spoken: float
    """Seconds of speech in it so far."""
    worded: float
    """Seconds of that with the mouth open: words, not a hum."""
    running: float
    """Seconds since the turn began, pauses and all."""
    quiet: float
    """Seconds since the last speech."""
    ended: bool
    """Whether it is over."""
    hangs: bool
    """Whether it seems unfinished, so that a long pause is needed to end it."""
    loudness: float
    """Of its speech, in dB below full scale."""


class Ear:
    """Finds the turns in a stream at 16 kHz; used by one thread."""

    def __init__(self, finished: Finished | None = None) -> None:
        """Begin; where nothing tells from the sound, `hint` tells from the words."""
        self.seconds = 0.0
        self._finished = finished
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
        if not words or self._finished is not None:
            return
        if words[-1].strip(",.…") in _HANGING or text.rstrip().endswith((",", "…", "...", "-")):
            self._pause = _UNFINISHED
        elif text.rstrip().endswith((".", "?", "!")):
            self._pause = _DONE
        else:
            self._pause = _USUAL

    def rest(self) -> Speech | None:
        """Return the turn that the end of the stream cut off; None when nobody was speaking."""
        return self.turn() if self._spoken >= _NOTICED else None

    def end(self) -> None:
        """Forget the turn on its way, such as when the talk button is let go."""
        self._forget()

    def _forget(self) -> None:
        self._kept: list[Samples] = []
        self._spoken = self._worded = self._quiet = self._running = 0.0
        self._pause = _USUAL
        self._power = 0.0

    def _take(self, frame: Samples) -> Sounding | None:
        self.seconds += _SECONDS
        self._kept.append(frame)
        chance = self._detector(frame)
        if chance >= _SPEAKS:
            self._spoken, self._quiet = self._spoken + _SECONDS, 0.0
            self._worded += _SECONDS * _is_open(frame)
            self._power += float(np.mean(np.square(frame))) * _SECONDS
        elif chance < _QUIET:
            self._quiet += _SECONDS
            self._judge()
        if self._spoken < _NOTICED:
            if self._quiet > _BEFORE:
                self._spoken = self._worded = self._power = 0.0
                del self._kept[: -int(_BEFORE / _SECONDS)]
            return None
        self._running += _SECONDS
        return Sounding(
            spoken=self._spoken,
            worded=self._worded,
            running=self._running,
            quiet=self._quiet,
            ended=self._quiet >= self._pause or self._running > _LONGEST,
            hangs=self._pause > _USUAL,
            loudness=float(10 * np.log10(self._power / self._spoken + 1e-12)),
        )

    def _judge(self) -> None:
        """As a pause begins, let the sound say how long it must be to end the turn."""
        begins = self._quiet - _SECONDS < PAUSED <= self._quiet
        if self._finished is None or not begins or self._spoken < _NOTICED:
            return
        chance = self._finished(self.turn().samples)
        done = _SURELY_DONE if chance > _SURE else _DONE
        self._pause = done if chance > _LIKELY else _UNFINISHED


def _is_open(frame: Samples) -> bool:
    """Return whether a frame of speech is more than a hum."""
    power = np.square(np.abs(np.fft.rfft(frame * _WINDOW)))
    return float(power[_ABOVE].sum()) > _OPEN * float(power[_BELOW].sum())


_WINDOW = np.hanning(_FRAME).astype(np.float32)
_PITCHES = np.fft.rfftfreq(_FRAME, 1 / RATE)
_BELOW = (_PITCHES > 80) & (_PITCHES < _SPLIT)
_ABOVE = (_PITCHES >= _SPLIT) & (_PITCHES < 4000)


class SpeechDetector:
    """Silero's network with its memory of what came before."""

    def __init__(self) -> None:
        self._inner = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)

    def __call__(self, frame: Samples) -> float:
        """Return the probability that a frame of 512 samples is speech."""
        given = np.concatenate([self._context, frame])[None].astype(np.float32)
        self._context = frame[-_CONTEXT:]
        chance, self._inner, self._cell = _session().run(
            None, {"input": given, "h": self._inner, "c": self._cell}
        )
        return float(np.asarray(chance).reshape(-1)[0])


@lru_cache(maxsize=1)
def _session() -> Any:
    from faster_whisper.vad import get_vad_model  # pyright: ignore[reportUnknownVariableType]

    return get_vad_model().session
