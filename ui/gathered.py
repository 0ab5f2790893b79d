"""What has been given for an enrolment so far: a video, a photo, a recording, each replaceable."""

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from ingest.errors import ImportProblem
from ui.enrolling import Material
from ui.uploads import Tray, Upload

Kind = Literal["video", "photo", "audio"]

ENDINGS: dict[Kind, tuple[str, ...]] = {
    "video": ("mp4", "mov", "m4v", "webm", "mkv", "avi", "3gp", "mpg", "mpeg"),
    "photo": ("jpg", "jpeg", "png"),
    "audio": ("wav", "mp3", "m4a", "flac", "ogg", "opus", "aac", "oga"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One file that was given."""

    path: Path
    read_aloud: bool
    """Whether a script was read, whose words are not the owner's own."""
    tray: Tray
    """Holds the file; it goes when the piece does."""


class Gathered:
    """The material of one sitting, on disk only until it is used or the session ends."""

    def __init__(self) -> None:
        self.pieces: dict[Kind, Piece] = {}

    def take(self, upload: Upload, *, read_aloud: bool = False) -> Kind:
        """Lay a file down in the place of what there was of its kind; return the kind.

        Raises:
            ImportProblem: it is neither video nor picture nor sound, by its name.
        """
        kind = kind_of(upload.name)
        tray = Tray()
        (path,) = tray.lay([upload])
        self._put(kind, Piece(path, read_aloud, tray))
        return kind

    def take_film(self, tray: Tray, *, read_aloud: bool) -> None:
        """Take a film over with the tray it lies in."""
        (path,) = tray.folder.iterdir()
        self._put("video", Piece(path, read_aloud, tray))

    def _put(self, kind: Kind, piece: Piece) -> None:
        self.drop(kind)
        self.pieces[kind] = piece

    def drop(self, kind: Kind) -> None:
        """Delete what there is of a kind."""
        piece = self.pieces.pop(kind, None)
        if piece is not None:
            piece.tray.empty()

    def clear(self) -> None:
        """Delete everything."""
        for kind in list(self.pieces):
            self.drop(kind)

    @property
    def material(self) -> Material:
        """What there is, as an enrolment takes it."""
        paths = {kind: piece.path for kind, piece in self.pieces.items()}
        own = not any(piece.read_aloud for piece in self.pieces.values())
        return Material(
            video=paths.get("video"),
            photo=paths.get("photo"),
            audio=paths.get("audio"),
            own_words=own,
        )


def kind_of(name: str) -> Kind:
    """Return what a file is by its name.

    Raises:
        ImportProblem: none of the kinds.
    """
    ending = PurePath(name).suffix.lower().removeprefix(".")
    for kind, endings in ENDINGS.items():
        if ending in endings:
            return kind
    raise ImportProblem(
        f"{PurePath(name).name} is neither a video nor a picture nor a recording",
        "MP4, MOV and WebM, JPEG and PNG, WAV, MP3 and M4A are read",
    )
