"""The voice of a twin: hosted ones fail softly, are counted, and the owner's choices hold."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from memory.shelf import Shelf
from persona.errors import SettingsProblem, VoiceProblem
from persona.settings import Settings, load_settings
from persona.voice.profile import load_profile, save_sample
from persona.voice.speech import Speech
from persona.voice.voices import TwinVoice
from tests.persona.voice.pocket_weights import make_config
from tests.persona.voice.provider_server import KEY, Provider, provider


@pytest.fixture
def server() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "voices" / "1")


@pytest.fixture
def settings(tmp_path: Path, server: Provider) -> Settings:
    """A machine without Kokoro, where OpenAI is to speak."""
    return load_settings(
        voice="openai:marin",
        api_key=KEY,
        base_url=f"{server.url}/v1",
        voice_budget=29,
        models_dir=tmp_path / "none",
    )


def test_a_hosted_voice_speaks_and_is_counted(settings: Settings, shelf: Shelf) -> None:
    notices: list[str] = []
    (speech,) = TwinVoice(settings, shelf).say(["Good morning."], notices.append)
    assert speech.seconds == pytest.approx(1.2)
    assert notices == []
    assert list(load_profile(shelf).spent.values()) == [13]


def test_a_voice_that_fails_is_stood_in_for_and_the_user_told(
    settings: Settings, shelf: Shelf, server: Provider
) -> None:
    server.fail(401, {"error": {"message": f"bad key {KEY}", "code": "invalid_api_key"}})
    notices: list[str] = []
    voice = TwinVoice(settings, shelf)
    pieces = list(voice.say(["Good morning.", "Good evening."], notices.append))
    assert [piece.sample_rate for piece in pieces] == [24_000, 24_000]
    assert voice.name == "hibari:heart"
    assert notices == ["OpenAI doesn't take the key; hibari:heart speaks instead"]
    assert len(server.asked) == 1


def test_a_budget_that_is_used_up_is_kept_to(
    settings: Settings, shelf: Shelf, server: Provider
) -> None:
    notices: list[str] = []
    list(TwinVoice(settings, shelf).say(["Good morning.", "It is a fine day."], notices.append))
    assert len(server.asked) == 1
    assert "budget" in notices[0]


def test_a_missing_key_is_told_too(shelf: Shelf, tmp_path: Path) -> None:
    notices: list[str] = []
    settings = load_settings(voice="elevenlabs:abc", models_dir=tmp_path / "none")
    assert list(TwinVoice(settings, shelf).say(["Good morning."], notices.append))
    assert "ElevenLabs asks for a key" in notices[0]


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        ("nobody:x", SettingsProblem),
        ("hibari:other", VoiceProblem),
        ("kokoro", SettingsProblem),
    ],
)
def test_an_unknown_voice_is_told(
    choice: str, problem: type[Exception], shelf: Shelf, tmp_path: Path
) -> None:
    settings = load_settings(models_dir=tmp_path / "none")
    with pytest.raises(problem):
        list(TwinVoice(settings, shelf, choice).say(["Hello."]))


def test_the_owners_download_speaks_from_the_sample(
    settings: Settings, shelf: Shelf, tmp_path: Path
) -> None:
    config = make_config(tmp_path)
    sample = Speech(samples=np.zeros(16_000 * 9, np.float32), sample_rate=16_000)
    save_sample(shelf, sample)
    notices: list[str] = []
    voice = TwinVoice(settings, shelf, f"pocket:{config}")
    (slow,) = voice.say(["Good morning."], notices.append, speed=0.5)
    (fast,) = voice.say(["Good morning."], notices.append, speed=2.0)
    assert notices == []
    assert voice.name == "pocket:untrained"
    assert [word.text for word in slow.words] == ["Good", "morning"]
    assert slow.seconds > 1.5 * fast.seconds


def test_no_download_speaks_without_a_sample(
    settings: Settings, shelf: Shelf, tmp_path: Path
) -> None:
    """A sample is only kept with consent, and goes when that is withdrawn."""
    notices: list[str] = []
    voice = TwinVoice(settings, shelf, f"pocket:{make_config(tmp_path)}")
    assert len(list(voice.say(["Good morning."], notices.append))) == 1
    assert notices == ["there is no sample of the voice yet; hibari:heart speaks instead"]


def test_weights_that_are_not_there_are_told(
    settings: Settings, shelf: Shelf, tmp_path: Path
) -> None:
    config = make_config(tmp_path)
    config.write_text(f"weights_path: {tmp_path / 'gone.safetensors'}\n{config.read_text()}")
    save_sample(shelf, Speech(samples=np.zeros(16_000 * 9, np.float32), sample_rate=16_000))
    notices: list[str] = []
    list(TwinVoice(settings, shelf, f"pocket:{config}").say(["Good morning."], notices.append))
    assert notices == [
        "untrained.yaml names no weights that Pocket TTS can load; hibari:heart speaks instead"
    ]
