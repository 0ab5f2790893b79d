"""A live conversation with real parts, at a pace of its own: what the tests of it share."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

from memory.store import Memory
from persona.chat_model import ChatModel
from persona.face.open_face import open_face
from persona.live.beat import Beat
from persona.live.cast import Cast
from persona.live.conversation import Conversation
from persona.live.events import LiveEvent
from persona.settings import load_settings
from persona.twin import Twin
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.ear import RATE
from persona.voice.ears import open_hearing
from persona.voice.hearing import Hearing
from persona.voice.sound import Samples, resampled
from persona.voice.speaking import Manner
from persona.voice.voices import FAST, TwinVoice
from tests.faces import drawn_face

PACE = 0.02
"""Seconds for each 40 ms of sound: twice as fast as life."""
PATIENCE = 60.0


@cache
def spoken(text: str) -> Samples:
    """Return a sentence as a microphone at 16 kHz gives it."""
    pieces = HibariVoice().speak([text], Manner())
    return np.concatenate([resampled(p.samples, p.sample_rate, RATE) for p in pieces])


class Talk:
    """A conversation, its clock, and all that was told, heard and seen."""

    def __init__(
        self,
        memory: Memory,
        home: Path,
        visitor: str,
        hearing: Hearing | None = None,
        chat: ChatModel | None = None,
        voice: type[TwinVoice] = TwinVoice,
    ) -> None:
        settings = load_settings(home=home, chat="none")
        self.told: list[LiveEvent] = []
        self.beats: list[Beat] = []
        self.voice = voice(settings, memory.voice, FAST)
        cast = Cast(
            twin=Twin(memory, chat),
            visitor=visitor,
            voice=self.voice,
            hearing=hearing or open_hearing(settings),
            face=open_face(drawn_face()),
        )
        cast.warm_up()
        self.conversation = Conversation(cast, self.told.append)
        self._noise = np.random.default_rng(3)

    def tick(self, sound: Samples | None = None) -> None:
        """Let 40 ms go by: the visitor sounds, the twin is seen and heard."""
        begun = time.perf_counter()
        heard = np.zeros(RATE // 25, np.float32) if sound is None else sound
        self.conversation.hear(heard + self._noise.normal(0, 1e-4, len(heard)).astype(np.float32))
        self.beats.append(self.conversation.take())
        time.sleep(max(0.0, PACE - (time.perf_counter() - begun)))

    def say(self, text: str) -> None:
        """Let the visitor say something."""
        sound = spoken(text)
        for start in range(0, len(sound), RATE // 25):
            self.tick(sound[start : start + RATE // 25])

    def until(self, what: Callable[[], bool]) -> None:
        """Let time go by until something is so."""
        end = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < end, f"it never came to that: {self.told[-8:]}"
            self.tick()

    def told_of(self, kind: type) -> list[LiveEvent]:
        """Return what was told of one kind."""
        return [event for event in self.told if isinstance(event, kind)]


@contextmanager
def talk_with(
    memory: Memory,
    home: Path,
    visitor: str = "Vera",
    hearing: Hearing | None = None,
    chat: ChatModel | None = None,
    voice: type[TwinVoice] = TwinVoice,
) -> Iterator[Talk]:
    """Give a conversation that has begun, and end it; the embedded hearing without another."""
    talk = Talk(memory, home, visitor, hearing, chat, voice)
    talk.conversation.start()
    try:
        yield talk
    finally:
        talk.conversation.close()
