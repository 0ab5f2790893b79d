"""Where the faces of a home lie: one folder a twin, readable by the owner alone."""

import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from memory.shelf import Shelf
from persona.consent.book import ConsentBook
from persona.errors import FaceProblem
from persona.face.own_face import Atlas, IdleLoop, OwnFace
from persona.face.photo_face import PhotoFace

_FILE = "face.npz"
_QUALITY = 96

BuiltFace = OwnFace | PhotoFace


class FaceStore:
    """The face of one twin on disk."""

    def __init__(self, home: Path, twin_id: int) -> None:
        self._folder = home / "faces" / str(twin_id)
        self.shelf = Shelf(self._folder)
        """What was decided about the face."""
        self.consents = ConsentBook(Shelf(home / "consents" / str(twin_id)))
        """What the owner agreed to."""

    def save(self, face: BuiltFace) -> None:
        """Keep `face` in place of the one before."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        values = _own_values(face) if isinstance(face, OwnFace) else _photo_values(face)
        partial = self._folder / "face.partial.npz"
        np.savez(partial, allow_pickle=False, **values)
        partial.chmod(0o600)
        partial.replace(self._folder / _FILE)

    def load(self) -> BuiltFace | None:
        """Return the face; None where there is none.

        Raises:
            FaceProblem: its file can't be read.
        """
        file = self._folder / _FILE
        if not file.is_file():
            return None
        try:
            with np.load(file, allow_pickle=False) as values:
                read = _own_face if "mask" in values else _photo_face
                return read(dict(values))
        except (OSError, ValueError, KeyError) as error:
            raise FaceProblem("the stored face can't be read", "build it anew") from error

    def stamp(self) -> int:
        """Return when the face was kept, in nanoseconds; 0 where there is none."""
        file = self._folder / _FILE
        return file.stat().st_mtime_ns if file.is_file() else 0

    def exists(self) -> bool:
        """Return whether there is a face."""
        return (self._folder / _FILE).is_file()

    def erase_pictures(self) -> None:
        """Delete the face; what was decided about it stays."""
        (self._folder / _FILE).unlink(missing_ok=True)

    def erase(self) -> None:
        """Delete all of it."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _photo_values(face: PhotoFace) -> dict[str, Any]:
    return {"portrait": face.portrait, "points": face.points}


def _photo_face(values: dict[str, Any]) -> PhotoFace:
    return PhotoFace(portrait=values["portrait"], points=values["points"])


def _own_values(face: OwnFace) -> dict[str, Any]:
    values = {"portrait": face.portrait, "points": face.points, "mask": face.mask}
    for name, part in (("atlas", face.atlas), ("idle", face.idle)):
        for field in fields(part):
            value = getattr(part, field.name)
            packed = field.name in ("patches", "pictures")
            values[f"{name}.{field.name}"] = _packed(value) if packed else value
    return values


def _own_face(values: dict[str, Any]) -> OwnFace:
    atlas = {f.name: values[f"atlas.{f.name}"] for f in fields(Atlas)}
    idle = {f.name: values[f"idle.{f.name}"] for f in fields(IdleLoop)}
    atlas["patches"], idle["pictures"] = _unpacked(atlas["patches"]), _unpacked(idle["pictures"])
    atlas["left"], atlas["top"] = int(atlas["left"]), int(atlas["top"])
    return OwnFace(
        portrait=values["portrait"],
        points=values["points"],
        mask=values["mask"],
        atlas=Atlas(**atlas),
        idle=IdleLoop(**idle),
    )


def _packed(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return pictures as JPEGs in a row, each after its length in four bytes."""
    parts: list[NDArray[np.uint8]] = []
    for picture in pictures:
        _, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        parts += [np.array([len(coded)], "<u4").view(np.uint8), coded.ravel().astype(np.uint8)]
    return np.concatenate(parts)


def _unpacked(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    pictures: list[NDArray[np.uint8]] = []
    at = 0
    while at < len(packed):
        length = int(packed[at : at + 4].view("<u4")[0])
        picture = cv2.imdecode(packed[at + 4 : at + 4 + length], cv2.IMREAD_COLOR)
        if picture is None:
            raise ValueError("a picture is damaged")
        pictures.append(picture.astype(np.uint8, copy=False))
        at += 4 + length
    return np.stack(pictures)
