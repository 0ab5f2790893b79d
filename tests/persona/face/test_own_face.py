from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from persona.errors import FaceProblem
from persona.face.contact_sheet import contact_sheet
from persona.face.face import FaceSession, Frame
from persona.face.footage import pictures_of
from persona.face.landmarks import Landmarker
from persona.face.open_face import build_face, open_face
from persona.face.own_face import UNKNOWN, OwnFace
from persona.face.photo_face import PhotoFace, build_from_photo
from persona.face.store import FaceStore
from persona.face.survey import lips
from persona.face.visemes import CLASSES
from tests.faces import HELLO, RATE, drawn_face, speech_of
from tests.persona.face.footage import SAID, face_from_footage, write_portrait


@cache
def drawn_photo() -> PhotoFace:
    """Return a face from a real portrait."""
    with TemporaryDirectory() as folder:
        portrait = write_portrait(Path(folder) / "portrait.png")
        return build_from_photo(portrait, Landmarker(), size=320)


def test_the_atlas_holds_open_and_shut_mouths_and_what_was_said() -> None:
    atlas = face_from_footage().atlas
    assert len(atlas.opening) == int(np.ceil(SAID.seconds * 25))
    assert atlas.opening.min() < 0.1 < 0.8 < atlas.opening.max()
    assert not (atlas.classes[:-1] == UNKNOWN).any()
    assert atlas.area[atlas.opening > 0.8].min() > atlas.area[atlas.opening < 0.05].max()


def test_closed_is_what_lips_do_on_p_and_m_though_they_rest_apart() -> None:
    """The portrait smiles: at rest its teeth show."""
    atlas = face_from_footage().atlas
    at_rest = atlas.opening[atlas.classes == CLASSES.index("rest")]
    assert np.median(atlas.opening[atlas.classes == CLASSES.index("pp")]) < 0.1
    assert np.median(at_rest) > 0.25


def test_heads_are_brought_onto_one_another() -> None:
    """Above the lips, where nothing speaks, the patches agree though the head moved."""
    atlas = face_from_footage().atlas
    top = atlas.patches[:, : int(atlas.lips[:, :, 1].min()) - 4].astype(float)
    assert np.abs(top - top.mean(axis=0)).mean() < 4


def test_the_idle_loop_closes_without_a_jump() -> None:
    idle = face_from_footage().idle
    shown = [idle.at(tick) for tick in range(3 * len(idle))]
    assert max(abs(a - b) for a, b in pairwise(shown)) == 1
    assert set(shown) == set(range(len(idle)))


def test_lips_meet_where_they_must_and_open_on_vowels() -> None:
    landmarker = Landmarker()
    pictures = list(open_face(face_from_footage()).film(HELLO))
    points = []
    for picture in pictures:
        box = landmarker.find(picture)
        assert box is not None
        points.append(landmarker.points(picture, box))
    gap, _ = lips(np.stack(points))
    for phone in HELLO.phones:
        said = gap[int(phone.start * 25) : int(np.ceil(phone.end * 25))]
        if phone.symbol in ("M", "P"):
            assert said.min() < 0.035
        if phone.symbol in ("AA", "AE"):
            assert said.max() > 0.05


@pytest.mark.parametrize("make", [face_from_footage, drawn_face], ids=["footage", "photo"])
def test_a_face_comes_back_from_disk_as_it_was(make: object, tmp_path: Path) -> None:
    face = make()  # type: ignore[operator]
    store = FaceStore(tmp_path, 3)
    assert store.load() is None
    store.save(face)
    back = store.load()
    assert isinstance(back, OwnFace | PhotoFace)
    assert type(back) is type(face)
    assert np.array_equal(back.portrait, face.portrait)
    if isinstance(back, OwnFace):
        assert np.abs(back.atlas.patches.astype(int) - face.atlas.patches).mean() < 2
        assert np.array_equal(back.atlas.lips, face.atlas.lips)
        assert np.array_equal(back.idle.places, face.idle.places)
    store.erase()
    assert store.load() is None


def test_a_damaged_face_is_one_clear_problem(tmp_path: Path) -> None:
    store = FaceStore(tmp_path, 3)
    store.save(drawn_face())
    (tmp_path / "faces" / "3" / "face.npz").write_bytes(b"PK damaged")
    with pytest.raises(FaceProblem, match="can't be read"):
        store.load()


def test_a_contact_sheet_shows_the_mouths_in_rows() -> None:
    assert contact_sheet(face_from_footage(), columns=5, rows=3, side=40).shape == (120, 200, 3)


@pytest.mark.parametrize("content", [b"", b"no video at all"])
def test_what_is_no_video_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    with pytest.raises(FaceProblem, match="can't be read as a video"):
        list(pictures_of(tmp_path / "film.mp4"))


def test_neither_video_nor_photo_is_told() -> None:
    with pytest.raises(FaceProblem, match="no footage"):
        build_face()


@pytest.mark.parametrize("make", [face_from_footage, drawn_photo], ids=["footage", "photo"])
def test_the_mouth_is_closed_in_the_first_frame_after_an_interrupt(
    make: Callable[[], OwnFace | PhotoFace],
) -> None:
    landmarker = Landmarker()

    def gap(picture: np.ndarray) -> float:
        box = landmarker.find(picture)
        assert box is not None
        return float(lips(landmarker.points(picture, box)[None])[0][0])

    face = open_face(make())
    face.start(FaceSession(sample_rate=RATE))
    wide = speech_of("SIL AA AA AA AA AA SIL")
    face.push_pcm(wide.samples, wide.phones)
    face.end_segment()
    events = face.events()
    frames = (event for event in events if isinstance(event, Frame))
    spoken = max(gap(next(frames).picture) for _ in range(18))
    face.interrupt()
    assert not [event for event in events if isinstance(event, Frame)]
    face.push_pcm(np.zeros(RATE // 25, np.float32))
    (after,) = [event for event in face.events() if isinstance(event, Frame)]
    assert spoken > 0.06
    assert gap(after.picture) < 0.035
