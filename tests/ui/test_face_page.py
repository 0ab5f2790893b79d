"""The face page, run without a browser over a small home."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from memory.embedding import Embedding
from tests.faces import drawn_face
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


def test_a_test_sentence_is_filmed() -> None:
    session.workshop().faces("ana").save(drawn_face())
    page = open_page()
    assert not page.exception
    next(button for button in page.button if button.label == "Film").click()
    page.run()
    assert not page.exception
    assert any("marked as made by AI" in caption.value for caption in page.caption)
