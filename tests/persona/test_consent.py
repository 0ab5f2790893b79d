"""Consent: asked for with random words, given in writing or aloud, required, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory.store import Memory
from persona.consent.book import ConsentBook
from persona.consent.desk import ConsentDesk
from persona.consent.record import hash_of, typed_consent
from persona.consent.statement import compare, new_challenge
from persona.errors import ConsentProblem
from persona.face.desk import FaceDesk
from persona.face.store import FaceStore
from persona.settings import load_settings
from persona.voice.desk import VoiceDesk
from persona.voice.profile import VoiceProfile, load_profile, save_profile
from persona.voice.sound import write_wav
from tests.faces import drawn_face
from tests.persona.voice.provider_server import KEY, Provider, provider
from tests.recordings import deeper, speech

AGREED = "I am Ana and I agree that a twin is made of me."


@pytest.fixture
def faces(memory: Memory, tmp_path: Path) -> FaceStore:
    return FaceStore(tmp_path / "home", memory.twin.twin_id)


@pytest.fixture
def desk(memory: Memory, faces: FaceStore) -> ConsentDesk:
    return ConsentDesk(load_settings(), memory, faces)


def test_the_words_are_new_each_time() -> None:
    asked = [new_challenge("Ana Reis") for _ in range(20)]
    assert len({challenge.words for challenge in asked}) > 15
    for challenge in asked:
        assert all(word in challenge.statement for word in challenge.words)
        assert "Ana Reis" in challenge.statement


@pytest.mark.parametrize("words", ["", "yes", "   ok   "])
def test_consent_must_say_something(words: str) -> None:
    with pytest.raises(ConsentProblem, match="with consent"):
        typed_consent("Ana Reis", words)


@pytest.mark.parametrize(
    "words",
    ["I do not agree to any of this.", "No, I don't consent to it", "I will never allow a twin"],
)
def test_a_no_is_a_no(words: str) -> None:
    with pytest.raises(ConsentProblem, match="say no"):
        typed_consent("Ana Reis", words)


def test_what_is_typed_is_compared(desk: ConsentDesk) -> None:
    challenge = desk.challenge(("voice",))
    with pytest.raises(ConsentProblem, match="isn't the statement"):
        desk.write("I agree to everything you say, of course.", challenge=challenge)
    kept = desk.write(challenge.statement.lower().replace(".", ""), challenge=challenge)
    assert desk.consents == (kept,)
    assert (kept.covers, kept.how, kept.words) == (("voice",), "typed", challenge.words)
    assert desk.covering("face") is None


def test_mishearing_is_forgiven_and_other_words_are_not() -> None:
    challenge = new_challenge("Ana Reis")
    heard = challenge.statement.replace("Ana Reis", "Anna Rice").replace("digital", "digit all")
    assert compare(challenge, heard).agrees
    other = new_challenge("Ana Reis")
    while set(other.words) & set(challenge.words):
        other = new_challenge("Ana Reis")
    assert not compare(challenge, other.statement).agrees
    assert not compare(challenge, " ".join(challenge.words)).agrees


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_no_text_breaks_the_comparison(said: str) -> None:
    compared = compare(new_challenge("Ana"), said)
    assert 0 <= compared.alike <= 1


def test_a_spoken_statement_is_heard_and_its_voice_compared(
    desk: ConsentDesk, memory: Memory, tmp_path: Path
) -> None:
    challenge = desk.challenge()
    said = speech((challenge.statement,))
    write_wav(tmp_path / "yes.wav", said)
    write_wav(tmp_path / "me.wav", speech())
    kept = desk.speak(tmp_path / "yes.wav", challenge, material=(tmp_path / "me.wav",))
    VoiceDesk(load_settings(), memory).take([speech()])
    assert kept.how == "spoken"
    assert kept.recording_hash == hash_of(tmp_path / "yes.wav")
    assert kept.likeness is not None
    assert kept.likeness > 0.75
    assert kept.words == challenge.words

    write_wav(tmp_path / "other.wav", deeper(said))
    with pytest.raises(ConsentProblem, match="two people"):
        desk.speak(tmp_path / "other.wav", challenge)
    with pytest.raises(ConsentProblem, match="not heard"):
        desk.speak(tmp_path / "yes.wav", new_challenge("Ana Reis"))
    assert desk.consents == (kept,)


def test_nothing_is_made_without_consent(memory: Memory, faces: FaceStore) -> None:
    book = ConsentBook(memory.consents)
    face_desk, voice_desk = (
        FaceDesk(load_settings(), faces, "Ana"),
        VoiceDesk(load_settings(), memory),
    )
    with pytest.raises(ConsentProblem, match="a face is only made with consent"):
        face_desk.keep(drawn_face())
    with pytest.raises(ConsentProblem, match="a voice is only made with consent"):
        voice_desk.take([speech()])
    with pytest.raises(ConsentProblem, match="a voice is only made with consent"):
        voice_desk.clones.make("elevenlabs")
    book.add(typed_consent("Ana", AGREED, ("voice",)))
    with pytest.raises(ConsentProblem, match="face"):
        face_desk.keep(drawn_face())


def test_a_face_without_consent_is_not_shown(memory: Memory, faces: FaceStore) -> None:
    faces.save(drawn_face())
    with pytest.raises(ConsentProblem, match="face"):
        FaceDesk(load_settings(), faces, "Ana").load()


@pytest.fixture
def elevenlabs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    from elevenlabs.client import ElevenLabs

    with provider() as server:
        client = ElevenLabs(api_key=KEY, base_url=server.url, timeout=5)
        monkeypatch.setattr("persona.voice.voices.elevenlabs_client", lambda _settings: client)
        yield server


def test_taking_it_back_deletes_voice_face_and_copies(
    desk: ConsentDesk, memory: Memory, faces: FaceStore, elevenlabs: Provider
) -> None:
    desk.write(AGREED)
    VoiceDesk(load_settings(), memory).take([speech()])
    save_profile(memory.voice, VoiceProfile(clones={"elevenlabs": "made-1"}))
    faces.save(drawn_face())
    memory.enrolment.put("portraits.json", b"[]")
    gone = desk.withdraw()
    assert gone.unreachable == ()
    assert len(gone.removed) == 4
    assert elevenlabs.asked[-1][:2] == ("DELETE", "/v1/voices/made-1")
    assert desk.consents == ()
    assert faces.load() is None
    assert memory.voice.path("sample.wav") is None
    assert memory.enrolment.get("portraits.json") is None


def test_a_provider_that_is_away_is_listed_and_tried_again(
    desk: ConsentDesk, memory: Memory, elevenlabs: Provider
) -> None:
    desk.write(AGREED)
    save_profile(memory.voice, VoiceProfile(clones={"elevenlabs": "made-1"}))
    elevenlabs.fail(401, {"detail": {"status": "invalid_api_key"}})
    (left,) = desk.withdraw().unreachable
    assert "made-1 at elevenlabs" in left
    assert KEY not in left
    assert desk.consents == ()
    assert desk.unreachable()
    elevenlabs.fail(404, {"detail": {"status": "voice_not_found"}})
    assert desk.unreachable() == []
    assert load_profile(memory.voice).to_delete == ()
