"""Files that are handed to the enrolment page: what each is, and what they are taken for."""

import shutil
from pathlib import PurePath

from ingest.errors import ImportProblem
from memory.gathered import Gathered, Kind
from ui.enrolling import Material
from ui.uploads import Tray, Upload

ENDINGS: dict[Kind, tuple[str, ...]] = {
    "video": ("mp4", "mov", "m4v", "webm", "mkv", "avi", "3gp", "mpg", "mpeg"),
    "photo": ("jpg", "jpeg", "png"),
    "audio": ("wav", "mp3", "m4a", "flac", "ogg", "opus", "aac", "oga"),
}


def gather(gathered: Gathered, upload: Upload, *, read_aloud: bool = False) -> None:
    """Keep a file in the place of what there was of its kind.

    Raises:
        ImportProblem: it is neither video nor picture nor sound, by its name.
        StoreError: it can't be written.
    """
    kind = kind_of(upload.name)
    gathered.put(
        kind,
        upload.name,
        lambda path: path.write_bytes(upload.getbuffer()),
        read_aloud=read_aloud,
    )


def gather_film(gathered: Gathered, tray: Tray, *, read_aloud: bool) -> None:
    """Take a film over from the tray it lies in.

    Raises:
        StoreError: it can't be written.
    """
    (film,) = tray.folder.iterdir()
    gathered.put("video", film.name, lambda path: shutil.move(film, path), read_aloud=read_aloud)
    tray.empty()


def as_material(gathered: Gathered) -> Material:
    """Return what there is, as an enrolment takes it."""
    pieces = gathered.pieces
    paths = {kind: piece.path for kind, piece in pieces.items()}
    return Material(
        video=paths.get("video"),
        photo=paths.get("photo"),
        audio=paths.get("audio"),
        own_words=not any(piece.read_aloud for piece in pieces.values()),
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
