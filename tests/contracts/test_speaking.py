"""What every voice keeps to, embedded or hosted; the hosted ones speak with a server of ours."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from persona.settings import load_settings
from persona.voice.speaking import Manner, Speaking
from persona.voice.speech import PHONES, Speech
from persona.voice.stock import load_network, stock_voice
from tests.persona.voice.pocket_weights import make_config
from tests.persona.voice.provider_server import KEY, provider


def hibari() -> Iterator[Speaking]:
    from persona.voice.adapters.hibari import HibariVoice

    yield HibariVoice()


def kokoro() -> Iterator[Speaking]:
    from persona.voice.adapters.kokoro import KokoroVoice

    models = load_settings().models_dir
    yield KokoroVoice(load_network(models), stock_voice("af_heart", models))


def openai() -> Iterator[Speaking]:
    from openai import OpenAI

    from persona.voice.adapters.openai import OpenAIVoice

    with provider() as server, OpenAI(api_key=KEY, base_url=f"{server.url}/v1") as client:
        yield OpenAIVoice(client, "marin")


def elevenlabs() -> Iterator[Speaking]:
    sdk = pytest.importorskip("elevenlabs.client")
    import httpx

    from persona.voice.adapters.elevenlabs import ElevenLabsVoice

    with provider() as server, httpx.Client() as http:
        client = sdk.ElevenLabs(api_key=KEY, base_url=server.url, httpx_client=http)
        yield ElevenLabsVoice(client, "voice-1")


def pocket() -> Iterator[Speaking]:
    import torch

    from persona.voice.adapters.pocket import PocketVoice

    sample = Speech(samples=np.zeros(16_000 * 9, np.float32), sample_rate=16_000)
    with TemporaryDirectory() as folder:
        config = make_config(Path(folder))
        torch.manual_seed(0)  # pyright: ignore[reportUnknownMemberType]
        yield PocketVoice(config, sample)


@pytest.fixture(scope="module", params=[hibari, kokoro, pocket, openai, elevenlabs])
def voice(request: pytest.FixtureRequest) -> Iterator[Speaking]:
    """Each voice in turn."""
    yield from request.param()


def test_a_clause_becomes_sound_with_the_times_of_its_words(voice: Speaking) -> None:
    (speech,) = voice.speak(["Good morning."], Manner())
    assert speech.samples.dtype == np.float32
    assert 0.5 < speech.seconds < 4
    assert 0.01 < float(np.max(np.abs(speech.samples))) < 1.0
    words = [word.text.strip(".").lower() for word in speech.words]
    assert words == ["good", "morning"]
    times = [time for word in speech.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= speech.seconds + 1e-6


def test_phones_cover_the_sound_without_gaps(voice: Speaking) -> None:
    (speech,) = voice.speak(["Good morning."], Manner())
    phones = speech.phones
    assert {phone.symbol for phone in phones} <= PHONES
    assert [p.symbol for p in phones if p.symbol != "SIL"][:3] == ["G", "UH", "D"]
    assert phones[0].start == 0
    assert phones[-1].end == pytest.approx(speech.seconds, abs=0.03)
    for before, after in itertools.pairwise(phones):
        assert before.end == pytest.approx(after.start)


def test_clauses_are_said_as_they_come(voice: Speaking) -> None:
    asked: list[str] = []

    def clauses() -> Iterator[str]:
        for clause in ("Good morning.", "Good morning."):
            asked.append(clause)
            yield clause

    pieces = iter(voice.speak(clauses(), Manner()))
    next(pieces)
    assert len(asked) == 1
    assert len(list(pieces)) == 1


def test_what_holds_no_word_is_passed_over(voice: Speaking) -> None:
    assert list(voice.speak(["🙂", "…"], Manner())) == []


def test_the_name_is_provider_and_voice(voice: Speaking) -> None:
    provider_name, _, rest = voice.name.partition(":")
    assert provider_name
    assert rest
