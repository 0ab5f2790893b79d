"""When somebody has finished: Silero's voice detection, and how finished it sounds."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from persona.voice.sound import Samples
from persona.voice.speech import Speech

RATE = 16_000
_FRAME, _CONTEXT = 512, 64
_SPEAKS, _QUIET = 0.5, 0.35
_BEFORE = 0.4
"""Seconds kept from before speech was noticed."""
_LEAST_SPEECH = 0.2
_PAUSE, _PAUSE_DONE, _PAUSE_HANGING = 0.7, 0.5, 1.2
_PAUSE_BEGINS, _LIKELY = 0.2, 0.5
_HANGING = frozenset(
    "and but or so because the a to of with my is are was if when that um uh".split()
)


class State(NamedTuple):
    """How a turn stands after some more of the stream."""

    ended: bool
    speech: Speech
    """The turn so far."""
    at: float
    """Seconds from the start of the stream."""


Finished = Callable[[Samples], float]
"""Tells from the sound of a turn how likely it is finished, such as a `TurnModel`."""


class TurnEnd:
    """Finds the turns in a stream at 16 kHz."""

    def __init__(self, finished: Finished | None = None) -> None:
        """Begin; where nothing tells from the sound, `hint` tells from the words."""
        self._finished = finished
        self.seconds = 0.0
        self._detector = SpeechDetector()
        self._left = np.zeros(0, np.float32)
        self._kept: list[Samples] = []
        self._spoken = self._quiet = 0.0
        self._pause = _PAUSE

    def feed(self, chunk: Samples) -> Iterator[State]:
        """Take more of the stream; yield how the turn stands while one is on its way."""
        samples = np.concatenate([self._left, chunk])
        whole = len(samples) // _FRAME * _FRAME
        self._left = samples[whole:]
        for frame in samples[:whole].reshape(-1, _FRAME):
            state = self._take(frame)
            if state is not None:
                yield state

    def hint(self, text: str) -> None:
        """Say what was heard so far: a finished sentence ends sooner, a hanging one later."""
        words = text.lower().split()
        if not words or self._finished is not None:
            return
        if words[-1].strip(",.…") in _HANGING or text.rstrip().endswith((",", "…", "...")):
            self._pause = _PAUSE_HANGING
        elif text.rstrip().endswith((".", "?", "!")):
            self._pause = _PAUSE_DONE
        else:
            self._pause = _PAUSE

    def rest(self) -> Speech | None:
        """Return the turn that the end of the stream cut off; None when nobody was speaking."""
        return self._turn() if self._spoken >= _LEAST_SPEECH else None

    def _take(self, frame: Samples) -> State | None:
        seconds = _FRAME / RATE
        self.seconds += seconds
        self._kept.append(frame)
        chance = self._detector(frame)
        if chance >= _SPEAKS:
            self._spoken, self._quiet = self._spoken + seconds, 0.0
        elif chance < _QUIET:
            self._quiet += seconds
            self._judge(seconds)
        if self._spoken < _LEAST_SPEECH:
            if self._quiet > _BEFORE:
                self._spoken = 0.0
                del self._kept[: -int(_BEFORE / seconds)]
            return None
        state = State(self._quiet >= self._pause, self._turn(), self.seconds)
        if state.ended:
            self._kept, self._spoken, self._quiet, self._pause = [], 0.0, 0.0, _PAUSE
        return state

    def _judge(self, seconds: float) -> None:
        """As a pause begins, let the sound say how long it must be to end the turn."""
        begins = self._quiet - seconds < _PAUSE_BEGINS <= self._quiet
        if self._finished is None or not begins or self._spoken < _LEAST_SPEECH:
            return
        done = self._finished(np.concatenate(self._kept)) > _LIKELY
        self._pause = _PAUSE_DONE if done else _PAUSE_HANGING

    def _turn(self) -> Speech:
        return Speech(samples=np.concatenate(self._kept), sample_rate=RATE)


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
