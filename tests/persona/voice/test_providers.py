"""Hosted voices: what is asked of them, and what is told when they fail; never the key."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from persona.consent.record import typed_consent
from persona.errors import VoiceProblem
from persona.settings import load_settings
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.adapters.openai import OpenAIHearing, OpenAIVoice
from persona.voice.cloning import Cloned
from persona.voice.ears import open_hearing
from persona.voice.sound import from_pcm, joined
from persona.voice.speaking import Manner, Speaking
from persona.voice.speech import Speech
from tests.persona.voice.provider_server import KEY, Provider, answer, provider, tone

AGREED = typed_consent("Ana Reis", "I am Ana Reis and I agree to a copy of my voice.")


@pytest.fixture
def server() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture
def openai(server: Provider) -> Iterator[OpenAIVoice]:
    from openai import OpenAI

    url = f"{server.url}/v1"
    with OpenAI(api_key=KEY, base_url=url, timeout=0.5, max_retries=0) as client:
        yield OpenAIVoice(client, "marin")


@pytest.fixture
def elevenlabs_client(server: Provider) -> Iterator[Any]:
    sdk = pytest.importorskip("elevenlabs.client")
    import httpx

    with httpx.Client(timeout=0.5) as http:
        yield sdk.ElevenLabs(api_key=KEY, base_url=server.url, timeout=0.5, httpx_client=http)


@pytest.fixture
def elevenlabs(elevenlabs_client: Any) -> Speaking:
    from persona.voice.adapters.elevenlabs import ElevenLabsVoice

    return ElevenLabsVoice(elevenlabs_client, "voice-1")


def speak(voice: Speaking) -> list[Speech]:
    return list(voice.speak(["Good morning."], Manner(speed=1.1)))


def test_openai_is_asked_in_its_own_shape(openai: OpenAIVoice, server: Provider) -> None:
    speak(openai)
    assert server.asked[-1][1] == "/v1/audio/speech"
    assert server.sent == {
        "model": "gpt-4o-mini-tts",
        "voice": "marin",
        "input": "Good morning.",
        "response_format": "pcm",
        "speed": 1.1,
    }


def test_elevenlabs_is_asked_in_its_own_shape(elevenlabs: Speaking, server: Provider) -> None:
    (speech,) = speak(elevenlabs)
    path = "/v1/text-to-speech/voice-1/stream/with-timestamps?output_format=pcm_24000"
    assert server.asked[-1][1] == path
    assert server.sent["text"] == "Good morning."
    assert server.sent["model_id"] == "eleven_flash_v2_5"
    assert speech.seconds == pytest.approx(1.3)
    assert [(w.text, round(w.start, 2)) for w in speech.words] == [("Good", 0.1), ("morning", 0.5)]


def test_what_is_asked_and_answered_has_the_shapes_of_the_sdks(
    openai: OpenAIVoice, elevenlabs: Speaking, server: Provider
) -> None:
    """The server's answers are held against the vendors' types too, or they would prove little."""
    from elevenlabs.types import (
        AddVoiceIvcResponseModel,
        StreamingAudioChunkWithTimestampsResponse,
        Subscription,
        VoiceSettings,
    )
    from openai.types.audio import SpeechCreateParams, Transcription, TranscriptionVerbose

    speak(openai)
    assert TypeAdapter(SpeechCreateParams).validate_python(server.sent) == server.sent
    speak(elevenlabs)
    VoiceSettings.model_validate(server.sent["voice_settings"], extra="forbid")
    for line in answer("/v1/text-to-speech/a/stream/with-timestamps", server).splitlines():
        if line:
            StreamingAudioChunkWithTimestampsResponse.model_validate_json(line)
    AddVoiceIvcResponseModel.model_validate_json(answer("/v1/voices/add", server))
    Subscription.model_validate_json(answer("/v1/user/subscription", server))
    for shape in (Transcription, TranscriptionVerbose):
        shape.model_validate_json(answer("/v1/audio/transcriptions", server))


def test_the_owners_spelling_is_sent(openai: OpenAIVoice, server: Provider) -> None:
    list(openai.speak(["Siobhan is here."], Manner(pronunciations={"Siobhan": "shi-vawn"})))
    assert server.sent["input"] == "shi-vawn is here."


def test_a_clone_is_made_and_deleted(
    elevenlabs_client: Any, server: Provider, tmp_path: Path
) -> None:
    from persona.voice.adapters.elevenlabs import ElevenLabsCloning

    sample = tmp_path / "ana.wav"
    sample.write_bytes(b"RIFF")
    cloning = ElevenLabsCloning(elevenlabs_client)
    assert cloning.clone("Ana", [sample], AGREED) == Cloned(voice_id="made-1")
    assert server.asked[-1][1] == "/v1/voices/add"
    assert b'name="files"' in server.asked[-1][3]
    cloning.delete("made-1")
    assert server.asked[-1][:2] == ("DELETE", "/v1/voices/made-1")
    server.fail(404, {"detail": {"status": "voice_not_found"}})
    cloning.delete("made-1")


OPENAI_ERRORS = [
    (
        401,
        {"error": {"message": f"Incorrect key {KEY}", "code": "invalid_api_key"}},
        "take the key",
    ),
    (429, {"error": {"message": "slow down", "code": "rate_limit"}}, "too often"),
    (429, {"error": {"message": "pay", "code": "insufficient_quota"}}, "used up"),
    (500, {"error": {"message": "oh"}}, r"\(500\)"),
]
ELEVENLABS_ERRORS = [
    (401, {"detail": {"status": "invalid_api_key", "message": KEY}}, "take the key"),
    (401, {"detail": {"status": "quota_exceeded", "message": "pay"}}, "used up"),
    (429, {"detail": {"status": "too_many_concurrent_requests"}}, "too often"),
    (422, {"detail": [{"msg": "bad"}]}, r"\(422\)"),
]


@pytest.mark.parametrize(("status", "body", "told"), OPENAI_ERRORS)
def test_openai_fails_in_plain_words(
    openai: OpenAIVoice,
    server: Provider,
    caplog: pytest.LogCaptureFixture,
    status: int,
    body: dict[str, Any],
    told: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail(status, body)
    with pytest.raises(VoiceProblem, match=told) as problem:
        speak(openai)
    assert KEY not in str(problem.value)
    assert KEY not in caplog.text


@pytest.mark.parametrize(("status", "body", "told"), ELEVENLABS_ERRORS)
def test_elevenlabs_fails_in_plain_words(
    elevenlabs: Speaking,
    server: Provider,
    caplog: pytest.LogCaptureFixture,
    status: int,
    body: dict[str, Any],
    told: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail(status, body)
    with pytest.raises(VoiceProblem, match=told) as problem:
        speak(elevenlabs)
    assert KEY not in str(problem.value)
    assert KEY not in caplog.text


@pytest.mark.parametrize("which", ["openai", "elevenlabs"])
def test_a_provider_that_hangs_is_given_up(
    which: str, server: Provider, request: pytest.FixtureRequest
) -> None:
    voice: Speaking = request.getfixturevalue(which)
    server.hangs = threading.Event()
    with pytest.raises(VoiceProblem, match="too long"):
        speak(voice)
    server.hangs.set()


def test_openai_writes_down_speech(openai: OpenAIVoice, server: Provider) -> None:
    said = Speech(samples=from_pcm(tone(0.5)), sample_rate=24_000)
    heard = OpenAIHearing(openai._client, "whisper-1").transcribe(said)  # pyright: ignore
    assert (heard.text, [w.text for w in heard.words]) == ("Good morning.", ["good"])
    assert b'filename="speech.wav"' in server.asked[-1][3]


@pytest.mark.parametrize("model", ["whisper-1", "gpt-4o-mini-transcribe"])
def test_what_openai_hears_with_doubt_is_unsure(
    openai: OpenAIVoice, server: Provider, model: str
) -> None:
    hearing = OpenAIHearing(openai._client, model)  # pyright: ignore
    said = Speech(samples=from_pcm(tone(0.5)), sample_rate=24_000)
    sure = hearing.transcribe(said)
    assert (round(sure.confidence, 2), sure.unsure) == (0.9, False)
    server.sure = 0.3
    assert hearing.transcribe(said).unsure


def test_other_models_are_not_asked_how_sure_they_are(
    openai: OpenAIVoice, server: Provider
) -> None:
    """A server that only speaks OpenAI's language may not know the question."""
    said = Speech(samples=from_pcm(tone(0.5)), sample_rate=24_000)
    OpenAIHearing(openai._client, "my-whisper").transcribe(said)  # pyright: ignore
    assert b"logprobs" not in server.asked[-1][3]


@pytest.mark.parametrize(("status", "body", "told"), OPENAI_ERRORS)
def test_hearing_that_fails_tells_in_plain_words(
    openai: OpenAIVoice, server: Provider, status: int, body: dict[str, Any], told: str
) -> None:
    server.fail(status, body)
    said = Speech(samples=from_pcm(tone(0.5)), sample_rate=24_000)
    with pytest.raises(VoiceProblem, match=told) as problem:
        OpenAIHearing(openai._client, "whisper-1").transcribe(said)  # pyright: ignore
    assert KEY not in str(problem.value)


def test_hearing_that_hangs_is_given_up(openai: OpenAIVoice, server: Provider) -> None:
    server.hangs = threading.Event()
    said = Speech(samples=from_pcm(tone(0.5)), sample_rate=24_000)
    with pytest.raises(VoiceProblem, match="too long"):
        OpenAIHearing(openai._client, "whisper-1").transcribe(said)  # pyright: ignore
    server.hangs.set()


def test_hosted_hearing_is_counted_and_stood_in_for(server: Provider, tmp_path: Path) -> None:
    """The second recording would be over the budget, so it never leaves this machine."""
    settings = load_settings(
        home=tmp_path,
        hearing="openai:whisper-1",
        hearing_budget=3,
        api_key=KEY,
        base_url=f"{server.url}/v1",
    )
    said = joined(HibariVoice().speak(["Good morning."], Manner()))
    assert 1 < said.seconds <= 2
    hearing = open_hearing(settings)
    assert [word.text for word in hearing.transcribe(said).words] == ["good"]
    assert len(server.asked) == 1
    here = hearing.transcribe(said)
    assert len(server.asked) == 1
    assert [word.text.strip(" .,").lower() for word in here.words] == ["good", "morning"]
