"""What a page hands in, films and drafts: who may, what is taken, and where it goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from memory.gathered import Gathered
from ui import drafting
from ui.filming import MOST_SLOTS, PATH, Slot, routes, slots
from ui.gathered import as_material, gather_film

FILM = {"content-type": "video/webm;codecs=vp8"}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=[*routes(), *drafting.routes()])) as opened:
        yield opened


def test_a_film_lies_where_its_page_collects_it(client: TestClient, tmp_path: Path) -> None:
    slot = Slot()
    headers = {"authorization": f"Bearer {slots().open(slot)}", **FILM}
    assert client.post(PATH, content=b"pictures", headers=headers).status_code == 204
    assert slot.arrived is not None
    gathered = Gathered(tmp_path / "gathered")
    gather_film(gathered, slot.arrived, read_aloud=True)
    assert not slot.arrived.folder.exists()
    assert not as_material(gathered).own_words
    video = as_material(Gathered(tmp_path / "gathered")).video
    assert video is not None
    assert (video.name, video.read_bytes()) == ("film.webm", b"pictures")
    gathered.clear()
    assert not video.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (FILM, 403),
        ({"authorization": "Bearer guessed", **FILM}, 403),
        ({"authorization": "Bearer TOKEN", "content-type": "text/html"}, 415),
    ],
)
def test_others_hand_in_nothing(client: TestClient, headers: dict[str, str], status: int) -> None:
    slot = Slot()
    token = slots().open(slot)
    sent = {name: value.replace("TOKEN", token) for name, value in headers.items()}
    assert client.post(PATH, content=b"x", headers=sent).status_code == status
    assert slot.arrived is None


def test_a_token_ends_when_many_came_after_it(client: TestClient) -> None:
    token = slots().open(Slot())
    for _ in range(MOST_SLOTS):
        slots().open(Slot())
    headers = {"authorization": f"Bearer {token}", **FILM}
    assert client.post(PATH, content=b"x", headers=headers).status_code == 403


def test_typed_words_are_kept_until_their_page_is_done(client: TestClient) -> None:
    kept: list[str] = []
    draft = drafting.Draft(kept.append)
    token = drafting.slots().open(draft)
    headers = {"authorization": f"Bearer {token}"}
    said = "Näo sei, 母"
    assert client.post(drafting.PATH, content=said.encode(), headers=headers).status_code == 204
    many = b"x" * (drafting.MOST_BYTES + 1)
    assert client.post(drafting.PATH, content=many, headers=headers).status_code == 413
    assert client.post(drafting.PATH, content=b"guess").status_code == 403
    draft.done = True
    assert client.post(drafting.PATH, content=b"late", headers=headers).status_code == 204
    assert kept == [said]
