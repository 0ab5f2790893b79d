"""Films that a page hands in: who may, what is taken, and where it goes."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.filming import MOST_SLOTS, PATH, routes, slots
from ui.gathered import Gathered

FILM = {"content-type": "video/webm;codecs=vp8"}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes())) as opened:
        yield opened


def test_a_film_lies_where_its_page_collects_it(client: TestClient) -> None:
    slot = slots().open()
    headers = {"authorization": f"Bearer {slot.token}", **FILM}
    assert client.post(PATH, content=b"pictures", headers=headers).status_code == 204
    assert slot.arrived is not None
    gathered = Gathered()
    gathered.take_film(slot.arrived, read_aloud=True)
    video = gathered.material.video
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
    slot = slots().open()
    sent = {name: value.replace("TOKEN", slot.token) for name, value in headers.items()}
    assert client.post(PATH, content=b"x", headers=sent).status_code == status
    assert slot.arrived is None


def test_a_token_ends_when_many_came_after_it(client: TestClient) -> None:
    slot = slots().open()
    for _ in range(MOST_SLOTS):
        slots().open()
    headers = {"authorization": f"Bearer {slot.token}", **FILM}
    assert client.post(PATH, content=b"x", headers=headers).status_code == 403
