"""The paths of files inside an import."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

_MAILDIR = ("cur", "new")
_LEFT_OUT = ("__MACOSX", "Thumbs.db")


def is_wanted(name: str) -> bool:
    """Say whether a file is more than what machines put beside people's files."""
    parts = PurePosixPath(name).parts
    # A dot begins the names of hidden files, and of the folders of a mailbox.
    hidden = (one.startswith(".") and below not in _MAILDIR for one, below in _pairs(parts))
    return not any(hidden) and not any(part in _LEFT_OUT for part in parts)


def _pairs(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(parts, (*parts[1:], ""), strict=True)


def leads_out(name: str) -> bool:
    """Say whether a path leads out of the folder it is taken in."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"
