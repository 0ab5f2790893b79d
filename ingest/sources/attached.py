"""Names what came with a message, by the names of the files."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

_KINDS = {
    "photo": ("jpg", "jpeg", "png", "heic", "heif", "webp", "bmp", "tif", "tiff"),
    "GIF": ("gif", "gifv"),
    "video": ("mp4", "mov", "m4v", "3gp", "webm", "mkv", "avi"),
    "voice message": ("opus", "ogg", "caf", "amr"),
    "audio": ("mp3", "wav", "m4a", "aac", "flac"),
    "contact card": ("vcf",),
}
_BY_ENDING = {ending: kind for kind, endings in _KINDS.items() for ending in endings}
MOST_NAMED = 5


def describe(files: Iterable[str]) -> str | None:
    """Return in a few words what some files are, by their names or addresses; None without any."""
    return join(map(describe_one, files))


def describe_one(file: str) -> str:
    """Return what one file is: `photo`, or `file: plan.pdf`."""
    name = _name(file)
    return _BY_ENDING.get(name.rpartition(".")[2].casefold()) or f"file: {name or 'unnamed'}"


def join(kinds: Iterable[str]) -> str | None:
    """Return several things that came along as one text: `photo, photo, file: plan.pdf`."""
    named = list(kinds)
    more = [f"{len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else []
    return ", ".join(named[:MOST_NAMED] + more) or None


def _name(file: str) -> str:
    path = file
    if "://" in file:
        try:
            path = unquote(urlsplit(file).path)
        except ValueError:
            path = file.partition("?")[0]
    return PurePosixPath(path.replace("\\", "/")).name
