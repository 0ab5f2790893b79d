"""The interview by voice in the app: said, written down, looked over, kept, played, erased."""

import pytest
from streamlit.testing.v1 import AppTest

from memory.store import Memory
from persona.settings import load_settings
from tests.ui.test_app import opened, words
from tests.ui.test_interview import INTERVIEW, current
from ui.spoken import read_aloud, with_spoken

SAID = "My grandmother had a bakery near the river."


@pytest.fixture(scope="module")
def recording() -> bytes:
    """Ana's answer in a voice of this machine."""
    return read_aloud(load_settings(), SAID)


def say(app: AppTest, memory: Memory, wav: bytes) -> AppTest:
    number = current(memory).question_id
    app.audio_input(key=f"spoken_{number}").set_value(("said.wav", wav, "audio/wav")).run()
    assert not app.exception
    return app


def send(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Answer").click()
    return app.run()


def test_what_is_said_is_shown_to_be_looked_over_and_kept(ana: Memory, recording: bytes) -> None:
    app = say(opened(INTERVIEW), ana, recording)
    first = current(ana)
    area = app.text_area(key=f"words_{first.question_id}")
    assert "bakery" in (area.value or "")
    assert ana.all_utterances() == []
    area.set_value("My gran had a bakery by the river.")
    send(app)
    assert [u.text for u in ana.all_utterances()] == ["My gran had a bakery by the river."]
    kept = ana.recordings.of(first.question_id)
    assert kept is not None
    assert kept.read_bytes() == recording


def test_a_reload_loses_nothing(ana: Memory, recording: bytes) -> None:
    say(opened(INTERVIEW), ana, recording)
    app = opened(INTERVIEW)
    number = current(ana).question_id
    assert "bakery" in (app.text_area(key=f"words_{number}").value or "")
    send(app)
    assert ana.recordings.of(number) is not None


def test_a_recording_without_words_is_said_so(ana: Memory) -> None:
    app = say(opened(INTERVIEW), ana, b"RIFF nothing")
    assert "can't be read as sound" in words(app)
    assert app.text_area(key=f"words_{current(ana).question_id}").value == ""


def test_skipping_lets_go_of_the_recording(ana: Memory, recording: bytes) -> None:
    app = say(opened(INTERVIEW), ana, recording)
    app.button(key="interview_skip").click().run()
    assert not ana.recordings.any()


def test_erasing_the_answer_erases_the_recording(ana: Memory, recording: bytes) -> None:
    app = say(opened(INTERVIEW), ana, recording)
    first = current(ana).question_id
    send(app)
    app = opened(INTERVIEW)
    app.session_state["interview_part"] = "Answers"
    app.session_state[f"given_{first}"] = True
    app.run()
    assert "As you said it" in words(app)
    next(b for b in app.button if b.label == "Erase for good").click()
    assert not app.run().exception
    assert not ana.recordings.any()


def test_questions_are_read_out(ana: Memory) -> None:
    app = opened(INTERVIEW)
    app.toggle(key="interview_aloud").set_value(True).run()
    assert not app.exception
    prompt, sound = app.session_state["interview_read"]
    assert prompt == current(ana).prompt
    assert sound.startswith(b"RIFF")


def test_saying_it_again_replaces_the_first_try() -> None:
    assert with_spoken("I typed. bagery", "bagery", "bakery") == "I typed. bakery"
    assert with_spoken("  ", "", "bakery") == "bakery"
