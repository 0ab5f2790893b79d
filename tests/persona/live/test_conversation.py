"""A live conversation: heard, answered, interrupted, resumed; with real voice, ear and face."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from memory.model import NewUtterance
from memory.store import Memory
from persona.live.events import Captioned, CutShort, Heard, Noticed, Replied, State, StateChanged
from persona.live.pardon import PARDON
from persona.voice.hearing import Transcript
from persona.voice.speech import Speech
from tests.conftest import Tell
from tests.persona.live.talk import Talk, talk_with

LONG = (
    "When we moved to Porto in January, the removal van got stuck between two old houses near "
    "the river, and half the street came out to help us carry everything up the hill by hand"
)


@pytest.fixture
def known(memory: Memory, tell: Tell) -> Memory:
    """Ana's memory, with a long story about Porto."""
    tell(NewUtterance(text=LONG, said_at=datetime(2026, 1, 9, tzinfo=UTC), own=True, speaker="Ana"))
    return memory


def state(talk: Talk) -> State:
    """Return what the twin does now."""
    changes = talk.told_of(StateChanged)
    return changes[-1].state if changes else State.LISTENING  # pyright: ignore


def begin_the_story(talk: Talk) -> None:
    """Have the twin tell its long story by word of mouth, and be in the middle of it."""
    talk.say("What happened when you moved to Porto?")
    talk.until(lambda: state(talk) is State.SPEAKING)
    for _ in range(50):
        talk.tick()


def test_a_spoken_question_is_answered_aloud_with_a_moving_face(
    known: Memory, tmp_path: Path
) -> None:
    with talk_with(known, tmp_path) as talk:
        talk.say("What happened when you moved to Porto?")
        talk.until(lambda: state(talk) is State.SPEAKING)
        talk.until(lambda: state(talk) is State.LISTENING)
    heard = [event for event in talk.told_of(Heard) if event.final]  # pyright: ignore
    assert "porto" in heard[0].text.lower()  # pyright: ignore
    said = [beat for beat in talk.beats if beat.speaks]
    assert all(beat.picture is not None for beat in said)
    assert np.abs(np.concatenate([beat.sound for beat in said])).max() > 0.1
    (turn,) = known.talks.last("Vera", 5)
    assert "river" in turn.reply
    assert {"first_audio_ms", "end_ms", "transcription_delay_ms"} <= set(turn.timings_ms)


def test_speaking_up_stops_it_and_memory_keeps_what_was_heard(
    known: Memory, tmp_path: Path
) -> None:
    with talk_with(known, tmp_path) as talk:
        begin_the_story(talk)
        talk.say("No wait, please tell me something else about your life instead.")
        talk.until(lambda: bool(talk.told_of(CutShort)))
        talk.until(lambda: len(talk.told_of(Replied)) + len(talk.told_of(CutShort)) > 1)
    first = known.talks.last("Vera", 5)[0]
    assert first.reply
    assert "by hand" not in first.reply
    assert LONG.startswith(first.reply.strip("“”"))


def test_a_murmur_does_not_stop_it(known: Memory, tmp_path: Path) -> None:
    with talk_with(known, tmp_path) as talk:
        begin_the_story(talk)
        talk.say("Yeah, okay.")
        talk.until(lambda: state(talk) is State.LISTENING)
    assert not talk.told_of(CutShort)
    assert "by hand" in known.talks.last("Vera", 1)[0].reply


def test_the_stop_button_silences_it_within_a_beat(known: Memory, tmp_path: Path) -> None:
    with talk_with(known, tmp_path) as talk:
        begin_the_story(talk)
        talk.conversation.stop()
        talk.until(lambda: state(talk) is State.LISTENING)
        stopped = len(talk.beats)
        for _ in range(20):
            talk.tick()
        assert not any(beat.speaks for beat in talk.beats[stopped:])
        assert max(float(np.abs(beat.sound).max()) for beat in talk.beats[stopped + 1 :]) == 0.0
        talk.conversation.type("Where did you move?")
        talk.until(lambda: state(talk) is State.SPEAKING)


def test_what_was_never_heard_leaves_no_trace(known: Memory, tmp_path: Path) -> None:
    with talk_with(known, tmp_path) as talk:
        talk.conversation.type("What happened when you moved to Porto?")
        talk.conversation.stop()
        for _ in range(25):
            talk.tick()
    assert known.talks.last("Vera", 5) == []


def test_a_reply_can_be_heard_again(known: Memory, tmp_path: Path) -> None:
    with talk_with(known, tmp_path) as talk:
        talk.conversation.type("hello there")
        talk.until(lambda: state(talk) is State.SPEAKING)
        talk.until(lambda: state(talk) is State.LISTENING)
        once = np.concatenate([b.sound for b in talk.beats if b.speaks])
        before = len(talk.beats)
        talk.conversation.replay()
        talk.until(lambda: state(talk) is State.SPEAKING)
        talk.until(lambda: state(talk) is State.LISTENING)
        again = np.concatenate([b.sound for b in talk.beats[before:] if b.speaks])
    assert np.array_equal(once, again)
    assert len(known.talks.last("Vera", 5)) == 1


class Busy(list[Speech]):
    """Nothing to say, which is found out only once it may be."""

    def __init__(self) -> None:
        super().__init__()
        self.may = Event()

    def __len__(self) -> int:
        self.may.wait()
        return 0


def test_what_is_asked_just_as_a_reply_ends_is_answered_and_kept(
    known: Memory, tmp_path: Path
) -> None:
    busy = Busy()
    with talk_with(known, tmp_path) as talk:
        talk.conversation.type("hello there")
        talk.until(lambda: state(talk) is State.SPEAKING)
        talk.conversation.perform(busy)
        talk.conversation.type("Where did you move?")
        talk.until(lambda: not talk.conversation.stage.speaking)
        busy.may.set()
        talk.until(lambda: len(known.talks.last("Vera", 5)) == 2)


def test_a_reply_that_is_kept_after_its_last_word_can_be_fetched(
    known: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may, add = Event(), known.talks.add

    def add_later(*given: Any, **named: Any) -> int:
        may.wait()
        return add(*given, **named)

    monkeypatch.setattr(known.talks, "add", add_later)
    with talk_with(known, tmp_path) as talk:
        talk.conversation.type("hello there")
        talk.until(lambda: state(talk) is State.SPEAKING)
        talk.until(lambda: state(talk) is State.LISTENING)
        may.set()
        talk.until(lambda: bool(talk.told_of(Replied)))
        (turn,) = known.talks.last("Vera", 5)
        said = talk.conversation.said(turn.turn_id)
    assert said is not None
    assert said[1] == turn.reply


class Mumbled:
    """A hearing that can't make out what is said."""

    name, hosted = "test:mumbled", False

    def transcribe(self, speech: Speech, *, timed: bool = True) -> Transcript:
        """Return words that nobody would rely on."""
        return Transcript(text="where a porter", confidence=0.2)


def test_who_was_not_understood_is_asked_aloud_once_to_say_it_again(
    known: Memory, tmp_path: Path
) -> None:
    with talk_with(known, tmp_path, hearing=Mumbled()) as talk:
        for times in (1, 2):
            talk.say("Where did you move to?")
            talk.until(lambda times=times: len(talk.told_of(Noticed)) == times)
            talk.until(lambda: bool(talk.told_of(Captioned)))
            talk.until(lambda: state(talk) is State.LISTENING)
    captions = [event.text for event in talk.told_of(Captioned)]  # pyright: ignore
    assert captions == [PARDON]
    assert np.abs(np.concatenate([beat.sound for beat in talk.beats if beat.speaks])).max() > 0.1
    assert not known.talks.last("Vera", 5)
