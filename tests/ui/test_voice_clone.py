"""A copy of the voice at a provider, from the page and the command line, by a server of ours."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from memory.embedding import Embedding
from persona.bootstrap import Workshop
from persona.consent.book import ConsentBook
from persona.consent.record import typed_consent
from persona.settings import load_settings
from persona.voice.profile import load_profile, save_sample
from persona.voice.speech import Speech
from tests.persona.voice.provider_server import KEY, Provider, provider
from ui import session
from ui.cli import run

APP = Path(__file__).parents[2] / "ui" / "app.py"
AGREED = "I am Ana Reis and I agree to a copy of my voice."


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch, embedding: Embedding) -> Iterator[Provider]:
    """A home with a twin, her consent and a sample, in front of a provider on the loopback."""
    import httpx
    from elevenlabs.client import ElevenLabs

    monkeypatch.setenv("SELFSAME_CHAT", "none")
    monkeypatch.setenv("SELFSAME_VOICE", "hibari:heart")
    monkeypatch.setattr("persona.bootstrap.open_embedding", lambda _settings: embedding)
    with Workshop(load_settings()) as workshop:
        memory = workshop.store.memory(workshop.store.create("ana", "Ana Reis").name)
        ConsentBook(memory.consents).add(typed_consent("Ana Reis", AGREED, ("voice",)))
        silence = np.zeros(16_000 * 70, np.float32)
        save_sample(memory.voice, Speech(samples=silence, sample_rate=16_000))
    with provider() as running, httpx.Client(timeout=5) as http:
        client = ElevenLabs(api_key=KEY, base_url=running.url, httpx_client=http)
        monkeypatch.setattr("persona.voice.voices.elevenlabs_client", lambda _settings: client)
        yield running
    session.close()


def asked(server: Provider) -> list[tuple[str, str]]:
    return [(method, path) for method, path, _, _ in server.asked]


def test_the_page_tells_what_it_takes_makes_the_copy_and_deletes_it(server: Provider) -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    app = app.switch_page("views/voice.py").run()
    app.button(key="voice_preview_elevenlabs").click().run()
    assert not app.exception
    assert asked(server) == [("GET", "/v1/user/subscription")]
    shown = " ".join(line.value for line in app.markdown)
    assert "70 s of the sample" in shown
    assert "paid plans only" in shown
    assert app.button(key="voice_clone_make").disabled

    app.checkbox(key="voice_clone_agreed").check().run()
    app.button(key="voice_clone_make").click().run()
    assert not app.exception
    assert asked(server)[-1] == ("POST", "/v1/voices/add")
    assert app.selectbox(key="voice_choice_ana").value == "elevenlabs:made-1"

    app.button(key="voice_unclone_elevenlabs").click().run()
    assert asked(server)[-1] == ("DELETE", "/v1/voices/made-1")
    assert app.selectbox(key="voice_choice_ana").value == "auto"


def test_the_command_line_only_tells_until_it_is_told_to(
    server: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["voice", "ana", "--clone", "elevenlabs", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["preview"]["consent"]["statement"] == AGREED
    assert "made" not in told
    assert asked(server) == [("GET", "/v1/user/subscription")]

    assert run(["voice", "ana", "--clone", "elevenlabs", "--yes"]) == 0
    assert "30,000 characters and 7 voices left" in capsys.readouterr().out
    assert kept() == ({"elevenlabs": "made-1"}, "elevenlabs:made-1")

    assert run(["voice", "ana", "--delete-clone", "elevenlabs", "--json"]) == 0
    assert asked(server)[-1] == ("DELETE", "/v1/voices/made-1")
    assert kept() == ({}, "auto")


def test_taking_consent_back_deletes_the_copy(server: Provider) -> None:
    assert run(["voice", "ana", "--clone", "elevenlabs", "--yes", "--json"]) == 0
    assert run(["consent", "ana", "--withdraw", "--json"]) == 0
    assert asked(server)[-1] == ("DELETE", "/v1/voices/made-1")
    assert kept() == ({}, "auto")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--clone", "openai"], "can't make a voice from a sample"),
        (["--delete-clone", "elevenlabs"], "no voice was made at elevenlabs"),
    ],
)
def test_what_cannot_be_is_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["voice", "ana", *arguments, "--json"]) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.err.count("\n") == 1


def test_a_plan_without_copies_is_told(
    server: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    server.subscription["can_use_instant_voice_cloning"] = False
    assert run(["voice", "ana", "--clone", "elevenlabs", "--yes"]) == 2
    assert "doesn't include making voices" in capsys.readouterr().err
    assert asked(server) == [("GET", "/v1/user/subscription")]


def kept() -> tuple[dict[str, str], str]:
    with Workshop(load_settings()) as workshop:
        profile = load_profile(workshop.store.memory("ana").voice)
    return profile.clones, profile.choice
