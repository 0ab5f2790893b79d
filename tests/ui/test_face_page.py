"""The face page, run without a browser over a small home."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.sample import PORTRAIT, PORTRAIT_POINTS
from memory.embedding import Embedding
from persona.face.adapters.live_avatar import LiveAvatarSessions
from tests.faces import drawn_face
from tests.persona.face.elsewhere import Things
from tests.persona.face.face_server import KEY, face_server
from tests.persona.face.live_avatar_server import avatar_socket
from ui import session

APP = Path(__file__).parents[2] / "ui" / "app.py"


@pytest.fixture(autouse=True)
def _small_home(  # pyright: ignore[reportUnusedFunction]
    monkeypatch: pytest.MonkeyPatch, embedding: Embedding
) -> Iterator[None]:
    monkeypatch.setenv("SELFSAME_CHAT", "none")
    monkeypatch.setattr("persona.bootstrap.open_embedding", lambda _settings: embedding)
    session.workshop().store.create("ana", "Ana Reis")
    yield
    session.close()


def open_page() -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=60).run()
    return page.switch_page("views/face.py").run()


def test_a_twin_without_a_face_is_offered_one() -> None:
    page = open_page()
    assert not page.exception
    assert page.info[0].value == "This twin has no face yet."
    assert next(b for b in page.button if b.label == "Build the face").disabled


def test_a_drawing_is_given_with_its_points() -> None:
    page = open_page()
    page.file_uploader(key="face_file").upload(PORTRAIT.name, PORTRAIT.read_bytes(), "image/jpeg")
    page.checkbox(key="face_agreed").check().run()
    points = page.file_uploader(key="face_points")
    points.upload(PORTRAIT_POINTS.name, PORTRAIT_POINTS.read_bytes(), "application/json")
    page.run()
    next(button for button in page.button if button.label == "Build the face").click()
    page.run()
    assert not page.exception
    assert session.workshop().faces("ana").exists()


def test_a_test_sentence_is_filmed() -> None:
    session.workshop().consent_desk("ana").write("I agree to a face of mine.")
    session.workshop().face_desk("ana").keep(drawn_face())
    page = open_page()
    assert not page.exception
    next(button for button in page.button if button.label == "Film").click()
    page.run()
    assert not page.exception
    assert any("marked as made by AI" in caption.value for caption in page.caption)


def test_another_face_is_chosen_and_the_local_one_stands_in() -> None:
    session.workshop().consent_desk("ana").write("I agree to a face of mine.")
    session.workshop().faces("ana").save(drawn_face())
    desk = session.workshop().face_desk("ana")
    desk.choose("wav2lip:/nowhere/model.onnx")
    page = open_page()
    assert page.selectbox(key="face_choice").value == "wav2lip:/nowhere/model.onnx"
    next(button for button in page.button if button.label == "Film").click()
    page.run()
    assert not page.exception
    assert any("the local face speaks instead" in warning.value for warning in page.warning)
    page.selectbox(key="face_choice").set_value("local:own")
    next(button for button in page.button if button.label == "Keep this").click()
    page.run()
    assert not page.exception
    assert desk.profile.choice == "local:own"


def test_a_provider_is_sent_nothing_before_the_owner_agrees() -> None:
    session.workshop().consent_desk("ana").write("I agree to a face of mine.")
    session.workshop().faces("ana").save(drawn_face())
    page = open_page()
    page.segmented_control(key="face_maker").set_value("D-ID").run()
    assert not page.exception
    assert next(b for b in page.button if b.label == "Send it to D-ID").disabled
    page.checkbox(key="face_consent").check().run()
    next(b for b in page.button if b.label == "Send it to D-ID").click()
    page.run()
    job = session.jobs().get("face:ana")
    assert job is None or job.wait(30)
    if not page.error:
        page.run()
    assert "asks for a key" in page.error[0].value


def test_a_live_avatar_speaks_in_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    session.workshop().consent_desk("ana").write("I agree to a face of mine.")
    session.workshop().faces("ana").save(drawn_face())
    session.workshop().face_desk("ana").choose("liveavatar:avatar-7")
    with face_server(b"") as server, avatar_socket() as socket:
        server.socket_url = socket.url

        def sessions(*_: object) -> LiveAvatarSessions:
            return LiveAvatarSessions(KEY, Things(), base=server.url, timeout=2)

        monkeypatch.setattr("persona.face.faces.live_sessions", sessions)
        page = open_page()
        page.button(key="room_open").click().run()
        assert not page.exception
        assert not page.error
        page.button(key="room_say").click().run()
        assert not page.exception
        page.button(key="room_close").click().run()
        assert socket.over.wait(5)
        assert "agent.speak" in socket.kinds()
        assert page.button(key="room_open")


def test_a_room_that_cannot_be_had_is_told() -> None:
    session.workshop().consent_desk("ana").write("I agree to a face of mine.")
    session.workshop().faces("ana").save(drawn_face())
    session.workshop().face_desk("ana").choose("liveavatar:avatar-7")
    page = open_page()
    page.button(key="room_open").click().run()
    assert not page.exception
    assert "asks for a key" in page.error[0].value
