"""What a face built from one picture is made of, and how it is built."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from persona.errors import FaceProblem
from persona.face.alignment import moved
from persona.face.canvas import canvas_map, onto_canvas
from persona.face.footage import read_picture
from persona.face.landmarks import POINTS, Landmarker, Picture, Points, points_in


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFace:
    """A portrait and where its parts are."""

    portrait: Picture
    """[size, size, 3]."""
    points: Points
    """[68, 2], of the portrait."""

    @property
    def size(self) -> int:
        """Side of the square picture in pixels."""
        return len(self.portrait)


def build_from_photo(
    photo: Path, landmarker: Landmarker | None, *, points_file: Path | None = None, size: int = 512
) -> PhotoFace:
    """Return the face in a photograph or drawing.

    Args:
        photo: one face from the front, JPEG or PNG.
        landmarker: finds its points; None when they are given.
        points_file: JSON `{"points": [[x, y], ... 68]}` in pixels of the picture, for drawings
            in which no face is found.
        size: side of the square picture.

    Raises:
        FaceProblem: the picture can't be read, or no face is found in it.
    """
    picture = read_picture(photo)
    if points_file is not None:
        found = read_points(points_file)
    else:
        found = points_in(landmarker or Landmarker(), picture)
    to_canvas = canvas_map(found, picture.shape, size)
    return PhotoFace(portrait=onto_canvas(picture, to_canvas, size), points=moved(found, to_canvas))


def read_points(file: Path) -> Points:
    """Return the 68 points that stand in a JSON file.

    Raises:
        FaceProblem: they don't.
    """
    try:
        points = np.array(json.loads(file.read_text("utf-8"))["points"], np.float32)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise FaceProblem(
            f"{file.name} holds no face points", 'write {"points": [[x, y], ...]}'
        ) from error
    if points.shape != (POINTS, 2) or not np.isfinite(points).all():
        raise FaceProblem(f"{file.name} has no {POINTS} points", "each is a pair of pixels [x, y]")
    return points
