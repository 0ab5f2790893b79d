"""What a live conversation does without: told at the start, never in the way of it."""

from pathlib import Path

from memory.store import Memory
from persona.bootstrap import Workshop
from persona.live.cast import Cast
from persona.settings import load_settings
from persona.twin import Twin
from persona.voice.voices import FAST, TwinVoice


def cast_of(memory: Memory, home: Path, voice: str = FAST) -> Cast:
    """Return a cast with a voice and little else."""
    settings = load_settings(home=home / "voices", chat="none")
    spoken = TwinVoice(settings, memory.voice, voice)
    return Cast(twin=Twin(memory, None), visitor="Vera", voice=spoken, hearing=None, face=None)


def test_a_hosted_voice_that_is_away_is_stood_in_for_and_said_so(
    memory: Memory, tmp_path: Path
) -> None:
    cast = cast_of(memory, tmp_path, "elevenlabs:nobody")
    assert cast.warm_up()
    assert any("speaks instead" in notice for notice in cast.notices)


def test_a_model_that_is_away_does_not_keep_the_talk_from_beginning(tmp_path: Path) -> None:
    settings = load_settings(
        home=tmp_path / "home", chat="openai:gone", base_url="http://127.0.0.1:9", voice=FAST
    )
    with Workshop(settings) as workshop:
        workshop.store.create("ana", "Ana Reis")
        cast = workshop.cast("ana", "Vera")
        assert cast.warm_up()
        assert any("can't be reached" in notice for notice in cast.notices)
