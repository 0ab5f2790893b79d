import json
from pathlib import Path

import numpy as np
import pytest

from ingest.sample import PORTRAIT
from persona.errors import FaceProblem
from persona.face.landmarks import Landmarker
from persona.face.motion import Attention
from persona.face.photo import PhotoRenderer
from persona.face.photo_eye import PhotoEye
from persona.face.photo_face import build_from_photo
from persona.face.photo_mouth import MouthShape, PhotoMouth
from persona.face.survey import lips
from persona.face.visemes import MouthTrack
from tests.faces import drawn_face
from tests.persona.face.footage import write_portrait


def track(openings: list[float], *, shut: bool = False) -> MouthTrack:
    n = len(openings)
    return MouthTrack(
        opening=np.array(openings, np.float32),
        width=np.full(n, 0.5, np.float32),
        shut=np.full(n, shut),
        speaking=np.ones(n, np.bool_),
        classes=np.zeros(n, np.int16),
    )


def gaps(pictures: list[np.ndarray], landmarker: Landmarker) -> np.ndarray:
    points = []
    for picture in pictures:
        box = landmarker.find(picture)
        assert box is not None
        points.append(landmarker.points(picture, box))
    return lips(np.stack(points))[0]


def test_a_smiling_photograph_opens_and_closes_its_mouth(tmp_path: Path) -> None:
    landmarker = Landmarker()
    face = build_from_photo(write_portrait(tmp_path / "portrait.png"), landmarker)
    still = np.zeros(6, np.float32)
    opened = list(PhotoRenderer(face).draw(track([1.0] * 6), still))
    closed = list(PhotoRenderer(face).draw(track([0.0] * 6, shut=True), still))
    wide, shut = gaps(opened, landmarker), gaps(closed, landmarker)
    assert wide.min() > shut.max() + 0.05
    assert shut.max() < 0.03


def test_a_mouth_at_rest_is_the_one_in_the_picture(tmp_path: Path) -> None:
    face = build_from_photo(write_portrait(tmp_path / "portrait.png"), Landmarker())
    drawn = face.portrait.copy()
    PhotoMouth(face.portrait, face.points).draw(drawn, MouthShape(0.0, 0.5, 1.0))
    x, y = face.points[60:68].mean(axis=0).astype(int)
    away = np.abs(drawn.astype(int) - face.portrait)[y - 12 : y + 12, x - 25 : x + 25]
    assert away.mean() < 4


def test_lids_come_down_with_their_lashes() -> None:
    face = drawn_face()
    drawn = face.portrait.copy()
    PhotoEye(face.portrait, face.points, 36).draw(drawn, 1.0)
    eye = face.points[36:42]
    x, top, bottom = int(eye[:, 0].mean()), int(eye[1:3, 1].mean()), int(eye[4:6, 1].mean())
    middle = (top + bottom) // 2
    column = drawn[:, x].astype(int).sum(axis=1)
    assert np.abs(drawn[middle, x].astype(int) - drawn[top - 12, x]).mean() < 40  # skin
    assert column[bottom - 3 : bottom + 5].min() < column[middle] - 100  # the line of the lashes


@pytest.mark.parametrize("mood", [-1.0, 1.0])
def test_a_photograph_smiles_by_the_corners_of_its_mouth(mood: float) -> None:
    def drawn(wanted: float) -> np.ndarray:
        renderer = PhotoRenderer(drawn_face())
        renderer.express(Attention.RESTING, wanted)
        rest = track([0.0] * 60)._replace(speaking=np.zeros(60, np.bool_))
        return list(renderer.draw(rest, np.zeros(60, np.float32)))[-1].astype(int)

    x, y = drawn_face().points[48].astype(int)
    corner = (slice(y - 8, y + 8), slice(x - 8, x + 8))
    assert np.abs(drawn(mood)[corner] - drawn(0.0)[corner]).mean() > 2


def test_a_drawing_moves_by_points_in_a_file() -> None:
    still = np.zeros(1, np.float32)
    (shut,) = PhotoRenderer(drawn_face()).draw(track([0.0], shut=True), still)
    (wide,) = PhotoRenderer(drawn_face()).draw(track([1.0]), still)
    points = drawn_face().points
    x, y = points[60:68].mean(axis=0).astype(int)
    assert wide[y + 3, x].sum() < shut[y + 3, x].sum() + 200
    assert np.abs(wide.astype(int) - shut).max() > 60
    assert np.abs(wide[:60].astype(int) - shut[:60]).mean() < 1


def test_the_head_never_stands_quite_still_and_blinks() -> None:
    n = 200
    idle = track([0.0] * n)._replace(speaking=np.zeros(n, np.bool_))
    pictures = np.stack(list(PhotoRenderer(drawn_face()).draw(idle, np.zeros(n, np.float32))))
    left = drawn_face().points[36:42]
    x0, y0 = left.min(axis=0).astype(int)
    x1, y1 = left.max(axis=0).astype(int)
    eye = pictures[:, y0:y1, x0:x1].astype(int).mean(axis=(1, 2, 3))
    assert np.abs(np.diff(pictures.astype(np.int16), axis=0)).mean(axis=(1, 2, 3)).min() > 0
    assert 2 <= np.sum(np.diff((np.abs(eye - np.median(eye)) > 12).astype(int)) == 1) <= 8


@pytest.mark.parametrize(
    "content", ["", "[]", '{"points": [[1, 2]]}', '{"points": "no"}', '{"points": [[null, 1]]}']
)
def test_bad_points_are_one_clear_problem(content: str, tmp_path: Path) -> None:
    (tmp_path / "points.json").write_text(content)
    with pytest.raises(FaceProblem, match=r"points\.json"):
        build_from_photo(PORTRAIT, None, points_file=tmp_path / "points.json")


def test_a_picture_without_a_face_is_told(tmp_path: Path) -> None:
    cv2 = pytest.importorskip("cv2")
    cv2.imwrite(str(tmp_path / "grey.png"), np.full((200, 200, 3), 90, np.uint8))
    with pytest.raises(FaceProblem, match="no face"):
        build_from_photo(tmp_path / "grey.png", Landmarker())


def test_a_file_that_is_no_picture_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text(json.dumps({}))
    with pytest.raises(FaceProblem, match="can't be read as a picture"):
        build_from_photo(tmp_path / "text.png", None)
