"""The voice page and the voice commands, with the fast voice."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from memory.embedding import Embedding
from memory.store import Memory
from persona.settings import load_settings
from persona.voice.sound import read_sound
from ui import session
from ui.cli import run

APP = Path(__file__).parents[2] / "ui" / "app.py"


@pytest.fixture(autouse=True)
def _no_model(  # pyright: ignore[reportUnusedFunction]
    monkeypatch: pytest.MonkeyPatch, embedding: Embedding
) -> Iterator[None]:
    monkeypatch.setenv("SELFSAME_CHAT", "none")
    monkeypatch.setenv("SELFSAME_VOICE", "hibari:heart")
    monkeypatch.setattr("persona.bootstrap.open_embedding", lambda _settings: embedding)
    yield
    session.close()


def opened() -> AppTest:
    with session_home():
        pass
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    return app.switch_page("views/voice.py").run()


class session_home:
    """A home with a twin, closed again so that the page can open it."""

    def __enter__(self) -> Memory:
        from persona.bootstrap import Workshop

        self.workshop = Workshop(load_settings())
        return self.workshop.store.memory(self.workshop.store.create("ana", "Ana Reis").name)

    def __exit__(self, *_: object) -> None:
        self.workshop.close()


def test_the_page_lets_one_hear_the_voice() -> None:
    app = opened()
    assert not app.exception
    app.button(key="voice_hear").click().run()
    assert not app.exception
    assert any("An AI voice" in caption.value for caption in app.caption)


def test_speed_is_kept() -> None:
    app = opened()
    app.slider(key="voice_speed_ana").set_value(1.25).run()
    app.button(key="voice_keep").click().run()
    assert not app.exception
    memory = session.workshop().store.memory("ana")
    assert b"1.25" in (memory.voice.get("voice.json") or b"")


def test_say_writes_what_the_contract_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with session_home():
        pass
    out = tmp_path / "hello.wav"
    assert run(["say", "ana", "Good morning, Ben.", "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        *("seconds", "sample_rate", "words", "phones"),
        *("first_audio_ms", "real_time_factor", "voice"),
    ]
    assert [word["text"] for word in told["words"]] == ["Good", "morning", "Ben"]
    sound = read_sound(out)
    assert sound.sample_rate == told["sample_rate"]
    assert sound.seconds == pytest.approx(told["seconds"], abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["say", "ana", "🙂", "--out", "x.wav"], "nothing in it that can be said"),
        (["say", "ana", "hi", "--out", "/nowhere/x.wav"], "can't be written"),
        (["say", "ana", "hi", "--voice", "nobody", "--out", "x.wav"], "there is no voice"),
        (["voice", "ana", "--fit", "nothing.wav", "--consent", "I agree to it"], "no file"),
        (["voice", "ana", "--pronounce", "Ana"], "WORD=how it sounds"),
        (["eval", "voice", "nowhere"], "no recordings"),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with session_home():
        pass
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert told in shown.err
    assert shown.err.count("\n") == 1
