"""What the owner decides about the face, and that all of it can be taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from persona.errors import BudgetUsedUp, ConsentProblem, FaceProblem, SettingsProblem
from persona.face.desk import FaceDesk
from persona.face.faces import check_provider, open_twin_face, spender
from persona.face.local import LocalFace
from persona.face.profile import STATEMENT, OpenList, load_profile
from persona.face.segment_face import SegmentFace
from persona.face.store import FaceStore
from persona.settings import Settings
from tests.faces import drawn_face
from tests.persona.face.elsewhere import QUICK, clip_of_hello, provider, write_network
from tests.persona.face.face_server import FaceServer, face_server

AGREED = STATEMENT.format(name="Ana Reis")


def nothing(_what: str, _done: int, _all: int) -> None:
    pass


@pytest.fixture
def server() -> Iterator[FaceServer]:
    with face_server(clip_of_hello()) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, face_budget=10)


@pytest.fixture
def store(tmp_path: Path) -> FaceStore:
    kept = FaceStore(tmp_path, 1)
    kept.save(drawn_face())
    return kept


@pytest.fixture
def desk(settings: Settings, store: FaceStore, server: FaceServer) -> FaceDesk:
    def faces(name: str) -> Any:
        return provider(name, server, OpenList(store.shelf, name))

    return FaceDesk(settings, store, "Ana Reis", faces=faces, training=QUICK)


def test_nothing_is_sent_without_consent(desk: FaceDesk, server: FaceServer) -> None:
    with pytest.raises(ConsentProblem, match="consent"):
        desk.make("d-id", None, nothing)
    assert not server.asked


@pytest.mark.parametrize("name", ["d-id", "heygen", "a2e"])
def test_an_avatar_is_made_of_the_portrait_and_deleted_with_the_face(
    desk: FaceDesk, store: FaceStore, server: FaceServer, name: str
) -> None:
    desk.consent(AGREED)
    desk.make(name, None, nothing)
    assert any(b"\xff\xd8\xff" in body for _, _, _, body in server.asked)
    assert desk.as_json()["chosen"] == f"{name}:own"
    assert server.there
    desk.forget()
    assert not server.there
    assert store.load() is None
    assert desk.as_json()["consent"] is None


def test_a_new_avatar_takes_the_place_of_the_old(desk: FaceDesk, server: FaceServer) -> None:
    desk.consent(AGREED)
    desk.make("d-id", None, nothing)
    desk.make("d-id", None, nothing)
    assert len(server.there) == 1


def test_an_avatar_that_cannot_be_deleted_stays_on_the_list(
    desk: FaceDesk, server: FaceServer, store: FaceStore
) -> None:
    desk.consent(AGREED)
    desk.make("d-id", None, nothing)
    server.fail(500, {})
    with pytest.raises(FaceProblem):
        desk.forget()
    assert load_profile(store.shelf).avatars
    server.errors.clear()
    desk.forget()
    assert not server.there


def test_taking_it_back_deletes_the_face_here_whatever_a_provider_answers(
    desk: FaceDesk, server: FaceServer, store: FaceStore
) -> None:
    desk.consent(AGREED)
    desk.make("d-id", None, nothing)
    server.fail(500, {})
    (left,) = desk.take_back()
    assert "d-id" in left
    assert store.load() is None
    server.errors.clear()
    assert desk.take_back() == []
    assert not server.there


@pytest.mark.parametrize("choice", ["nobody:own", "d-id", "d-id:"])
def test_a_face_that_is_none_is_told(desk: FaceDesk, choice: str) -> None:
    with pytest.raises(SettingsProblem, match="there is no face"):
        desk.choose(choice)


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ("d-id:own", "consent"),
        ("wav2lip:/nowhere.onnx", "there is no file"),
        ("liveavatar:7", "a room of its own"),
    ],
)
def test_a_face_that_cannot_be_had_is_stood_in_for(
    desk: FaceDesk, settings: Settings, store: FaceStore, choice: str, why: str
) -> None:
    desk.choose(choice)
    notices: list[str] = []
    face = open_twin_face(settings, store, drawn_face(), notices.append)
    assert isinstance(face, LocalFace)
    assert why in notices[0]
    assert notices[0].endswith("the local face speaks instead")


def test_a_missing_key_is_stood_in_for_and_named(
    desk: FaceDesk, settings: Settings, store: FaceStore
) -> None:
    desk.consent(AGREED)
    desk.choose("heygen:look-7")
    notices: list[str] = []
    assert isinstance(open_twin_face(settings, store, drawn_face(), notices.append), LocalFace)
    assert "key" in notices[0]


def test_the_setting_chooses_for_twins_without_a_choice(store: FaceStore, tmp_path: Path) -> None:
    network = write_network(tmp_path / "tiny.onnx")
    chosen = Settings(home=tmp_path, face=f"wav2lip:{network}")
    face = open_twin_face(chosen, store, drawn_face(), lambda _: None)
    assert isinstance(face, SegmentFace)
    assert "96 x 96" in check_provider(chosen)
    live = open_twin_face(chosen, store, drawn_face(), lambda _: None, live=True)
    assert isinstance(live, LocalFace)


def test_seconds_are_counted_up_to_the_budget(settings: Settings, store: FaceStore) -> None:
    spend = spender(settings, store.shelf, "d-id")
    for _ in range(8):
        spend(1.2)
    (seconds,) = load_profile(store.shelf).spent.values()
    assert seconds == 10
    with pytest.raises(BudgetUsedUp, match="10 seconds"):
        spend(1.0)
    spender(settings, store.shelf, "heygen")(1.0)


def test_a_file_that_is_no_network_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.onnx").write_bytes(b"nothing")
    with pytest.raises(FaceProblem, match="can't be read as ONNX"):
        check_provider(Settings(home=tmp_path, face=f"wav2lip:{tmp_path / 'x.onnx'}"))
