"""A copy of the voice at a provider: told before, made with consent, deleted, never forgotten."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from memory.store import Memory, Store
from persona.consent.book import ConsentBook
from persona.consent.record import typed_consent
from persona.errors import ConsentProblem, SettingsProblem, VoiceProblem
from persona.settings import load_settings
from persona.voice.adapters.elevenlabs import ElevenLabsCloning
from persona.voice.clone_desk import CloneDesk
from persona.voice.profile import load_profile, save_sample
from persona.voice.speech import Speech
from tests.persona.voice.provider_server import KEY, Provider, provider

AGREED = "I am Ana and I agree to a copy of my voice."


@pytest.fixture
def server() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture
def memory(store: Store) -> Memory:
    return store.memory(store.create("ana", "Ana").name)


@pytest.fixture
def desk(memory: Memory, server: Provider) -> Iterator[CloneDesk]:
    """A desk in front of a provider on the loopback, with consent and a sample."""
    import httpx
    from elevenlabs.client import ElevenLabs

    ConsentBook(memory.consents).add(typed_consent("Ana", AGREED, ("voice",)))
    save_sample(memory.voice, sample(40))
    with httpx.Client(timeout=5) as http:
        client = ElevenLabs(api_key=KEY, base_url=server.url, httpx_client=http)
        yield CloneDesk(load_settings(), memory, lambda _, __: ElevenLabsCloning(client))


def sample(seconds: int) -> Speech:
    return Speech(samples=np.zeros(16_000 * seconds, np.float32), sample_rate=16_000)


def test_what_it_takes_is_told_before_anything_is_sent(desk: CloneDesk, server: Provider) -> None:
    preview = desk.preview("elevenlabs")
    assert [(method, path) for method, path, _, _ in server.asked] == [
        ("GET", "/v1/user/subscription")
    ]
    assert (preview.seconds, preview.megabytes) == (40, 1.3)
    assert preview.consent.statement == AGREED
    assert (preview.account.plan, preview.account.characters_left) == ("starter", 30_000)
    assert preview.obstacles == ()
    assert "a minute or more" in preview.advice[0]
    assert not preview.replaces


def test_a_plan_without_clones_is_an_obstacle(desk: CloneDesk, server: Provider) -> None:
    server.subscription |= {"can_use_instant_voice_cloning": False, "voice_slots_used": 10}
    assert len(desk.preview("elevenlabs").obstacles) == 2


def test_the_sample_is_sent_and_the_copy_speaks(
    desk: CloneDesk, memory: Memory, server: Provider
) -> None:
    made = desk.make("elevenlabs")
    assert made == ("elevenlabs:made-1", ())
    method, path, _, body = server.asked[-1]
    assert (method, path) == ("POST", "/v1/voices/add")
    assert (memory.voice.get("sample.wav") or b"nothing") in body
    assert load_profile(memory.voice).choice == "elevenlabs:made-1"


def test_a_new_copy_takes_the_place_of_the_old(
    desk: CloneDesk, memory: Memory, server: Provider
) -> None:
    desk.make("elevenlabs")
    assert desk.preview("elevenlabs").replaces
    server.made = "made-2"
    desk.make("elevenlabs")
    assert server.asked[-1][:2] == ("DELETE", "/v1/voices/made-1")
    assert load_profile(memory.voice).clones == {"elevenlabs": "made-2"}


def test_a_copy_that_must_be_proven_first_does_not_speak_yet(
    desk: CloneDesk, memory: Memory, server: Provider
) -> None:
    server.requires_verification = True
    assert "prove on ElevenLabs's own pages" in desk.make("elevenlabs").remarks[0]
    assert load_profile(memory.voice).choice == "auto"
    assert desk.kept.clones == {"elevenlabs": "made-1"}


def test_deleting_is_tried_again_until_it_is_done(
    desk: CloneDesk, memory: Memory, server: Provider
) -> None:
    desk.make("elevenlabs")
    server.fail(429, {"detail": {"status": "system_busy"}})
    (left,) = desk.delete("elevenlabs")
    assert "made-1 at elevenlabs" in left
    profile = load_profile(memory.voice)
    assert (profile.clones, profile.choice) == ({}, "auto")
    assert profile.to_delete == (("elevenlabs", "made-1"),)
    server.status = 200
    assert desk.delete_left() == []
    assert load_profile(memory.voice).to_delete == ()
    with pytest.raises(VoiceProblem, match="no voice was made"):
        desk.delete("elevenlabs")


def test_nothing_is_sent_without_consent_sample_or_key(
    desk: CloneDesk, memory: Memory, server: Provider, tmp_path: Path
) -> None:
    with pytest.raises(SettingsProblem, match="asks for a key"):
        CloneDesk(load_settings(home=tmp_path), memory).preview("elevenlabs")
    with pytest.raises(VoiceProblem, match="can't make a voice"):
        CloneDesk(load_settings(home=tmp_path), memory).make("openai")
    memory.voice.remove("sample.wav")
    with pytest.raises(VoiceProblem, match="no sample"):
        desk.make("elevenlabs")
    memory.consents.clear()
    with pytest.raises(ConsentProblem):
        desk.preview("elevenlabs")
    assert server.asked == []


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (401, {"detail": {"status": "invalid_api_key"}}, "take the key"),
        (403, {"detail": {"status": "can_not_use_instant_voice_cloning"}}, "doesn't allow this"),
        (429, {"detail": {"status": "system_busy"}}, "busy"),
        (422, {"detail": [{"msg": "bad"}]}, r"\(422\)"),
    ],
)
def test_a_provider_that_refuses_leaves_everything_as_it_was(
    desk: CloneDesk, memory: Memory, server: Provider, status: int, body: object, told: str
) -> None:
    server.fail(status, body)  # pyright: ignore[reportArgumentType]
    with pytest.raises(VoiceProblem, match=told) as problem:
        desk.make("elevenlabs")
    assert KEY not in str(problem.value)
    assert load_profile(memory.voice).clones == {}
