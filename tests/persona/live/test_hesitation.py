"""A reply that takes a while begins with a word that is no part of it."""

import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from memory.store import Memory
from persona.chat_model import ChatModel, open_chat_model
from persona.errors import TwinError
from persona.live.events import Captioned, Heard, Replied, State, StateChanged
from persona.live.hesitation import hesitations_of
from persona.settings import load_settings
from persona.style import Style
from persona.style.model import Wording
from persona.voice.ear import RATE
from persona.voice.hearing import Transcript
from persona.voice.speech import Speech
from persona.voice.voices import Notice, TwinVoice
from tests.chats import ana
from tests.conftest import Tell
from tests.persona.chat_server import Script, chat_server
from tests.persona.live.talk import Talk, spoken, talk_with

ASKED = "What is the name of your greyhound?"


@pytest.fixture
def script() -> Script:
    """What a chat model answers once it may."""
    return Script(words=("her ", "name ", "is ", "Comet"))


@pytest.fixture
def chat(script: Script) -> Iterator[ChatModel]:
    """A chat model on the loopback."""
    with chat_server(script) as url:
        opened = open_chat_model(load_settings(chat="openai:any", base_url=url, api_key="x"))
        assert opened is not None
        yield opened
        script.open.set()
        opened.close()


@pytest.fixture
def known(memory: Memory, tell: Tell) -> Memory:
    """Ana's memory, with her dog."""
    tell(ana("we adopted a greyhound, her name is Comet"))
    return memory


def hesitates(talk: Talk) -> bool:
    """Whether the word before the reply is being heard."""
    words = hesitations_of(None)
    return any(event.text in words for event in talk.told_of(Captioned))  # pyright: ignore


@contextmanager
def thinking(memory: Memory, home: Path, chat: ChatModel, script: Script) -> Generator[Talk]:
    """Give a talk in which the twin thinks about a question and has said so."""
    with talk_with(memory, home, chat=chat) as talk:
        script.open.clear()
        talk.conversation.type(ASKED)
        talk.until(lambda: hesitates(talk))
        yield talk


def answer(talk: Talk, script: Script) -> None:
    """Let the model answer, until the reply is said."""
    script.open.set()
    talk.until(lambda: bool(talk.told_of(Replied)))


def answered(memory: Memory) -> str:
    """Return the one question that was answered; nothing goes on thinking."""
    assert not [one for one in threading.enumerate() if one.name == "selfsame-think"]
    (turn,) = memory.talks.last("Vera", 5)
    return turn.heard


def test_a_slow_reply_begins_with_a_word_in_the_owners_voice(
    known: Memory, tmp_path: Path, chat: ChatModel, script: Script
) -> None:
    with thinking(known, tmp_path, chat, script) as talk:
        assert talk.told_of(StateChanged)[-1].state is State.THINKING  # pyright: ignore
        answer(talk, script)
        talk.until(lambda: talk.told_of(StateChanged)[-1].state is State.LISTENING)  # pyright: ignore
    (turn,) = known.talks.last("Vera", 5)
    assert "Comet" in turn.reply
    assert not any(turn.reply.startswith(word) for word in hesitations_of(None))
    assert turn.timings_ms["hesitation_ms"] < turn.timings_ms["first_audio_ms"]
    said = np.concatenate([beat.sound for beat in talk.beats if beat.speaks])
    assert np.abs(said).max() > 0.1


def test_what_is_stopped_while_thinking_leaves_no_trace(
    known: Memory, tmp_path: Path, chat: ChatModel, script: Script
) -> None:
    with thinking(known, tmp_path, chat, script) as talk:
        talk.conversation.stop()
        script.open.set()
        talk.until(lambda: talk.told_of(StateChanged)[-1].state is State.LISTENING)  # pyright: ignore
        talk.until(lambda: not talk.beats[-1].speaks)
    assert known.talks.last("Vera", 5) == []


def test_words_added_while_it_thinks_belong_to_the_question(
    known: Memory, tmp_path: Path, chat: ChatModel, script: Script
) -> None:
    with thinking(known, tmp_path, chat, script) as talk:
        talk.say("The one you adopted.")
        talk.until(lambda: len(talk.told_of(Heard)) > 1 and talk.told_of(Heard)[-1].final)  # pyright: ignore
        answer(talk, script)
    heard = answered(known)
    assert heard.startswith(ASKED)
    assert "adopted" in heard.lower()


def test_a_hum_while_it_thinks_changes_nothing(
    known: Memory, tmp_path: Path, chat: ChatModel, script: Script
) -> None:
    with thinking(known, tmp_path, chat, script) as talk:
        talk.say("Uh.")
        for _ in range(40):
            talk.tick()
        answer(talk, script)
    assert answered(known) == ASKED


class HeldVoice(TwinVoice):
    """A voice that says nothing until it may, or fails."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.may = threading.Event()
        self.may.set()
        self.fails = False

    def say(
        self, clauses: Iterable[str], notice: Notice | None = None, speed: float | None = None
    ) -> Iterator[Speech]:
        """Say clauses once they may be said."""
        self.may.wait()
        if self.fails:
            raise TwinError("the voice is gone", "reload the page")
        yield from super().say(clauses, notice, speed)


def test_so_does_one_whose_words_are_there_before_its_sound(known: Memory, tmp_path: Path) -> None:
    with talk_with(known, tmp_path, voice=HeldVoice) as talk:
        assert isinstance(talk.voice, HeldVoice)
        talk.voice.may.clear()
        talk.conversation.type(ASKED)
        talk.until(lambda: hesitates(talk))
        talk.voice.may.set()
        talk.until(lambda: bool(talk.told_of(Replied)))
        talk.until(lambda: talk.told_of(StateChanged)[-1].state is State.LISTENING)  # pyright: ignore
    (turn,) = known.talks.last("Vera", 5)
    assert "Comet" in turn.reply


def test_where_the_voice_then_fails_the_stage_is_quiet_again(
    known: Memory, tmp_path: Path, chat: ChatModel, script: Script
) -> None:
    with talk_with(known, tmp_path, chat=chat, voice=HeldVoice) as talk:
        assert isinstance(talk.voice, HeldVoice)
        script.open.clear()
        talk.conversation.type(ASKED)
        talk.until(lambda: hesitates(talk))
        talk.voice.fails = True
        script.open.set()
        talk.until(lambda: bool(talk.told_of(Replied)))
        talk.until(lambda: not talk.conversation.stage.speaking)


class Murmur:
    """A hearing that takes everything for a word of assent."""

    name, hosted = "test:murmur", False

    def transcribe(self, speech: Speech, *, timed: bool = True) -> Transcript:
        """Return the word."""
        return Transcript(text="Yeah.", confidence=0.99)


def test_a_short_word_of_assent_while_it_thinks_changes_nothing(
    known: Memory, tmp_path: Path, chat: ChatModel, script: Script
) -> None:
    sound = spoken("Yeah.")
    begins = int(np.argmax(np.abs(sound) > 0.1 * np.abs(sound).max()))
    with talk_with(known, tmp_path, hearing=Murmur(), chat=chat) as talk:
        script.open.clear()
        talk.conversation.type(ASKED)
        talk.until(lambda: hesitates(talk))
        for start in range(begins, begins + RATE // 6, RATE // 25):
            talk.tick(sound[start : start + RATE // 25])
        for _ in range(50):
            talk.tick()
        script.open.set()
        talk.until(lambda: bool(talk.told_of(Replied)))
    assert [turn.heard for turn in known.talks.last("Vera", 5)] == [ASKED]


def test_a_quick_reply_begins_without_one(known: Memory, tmp_path: Path) -> None:
    with talk_with(known, tmp_path) as talk:
        talk.conversation.type(ASKED)
        talk.until(lambda: bool(talk.told_of(Replied)))
        assert not hesitates(talk)


def test_the_owners_own_words_come_first_and_only_in_english() -> None:
    own = Style(wording=Wording(fillers=("so", "like")))
    assert hesitations_of(own)[0] == "So,"
    assert hesitations_of(Style(languages={"de": 0.9, "en": 0.1})) == []
