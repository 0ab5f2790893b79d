"""The seam between what a user names for import and the readers: an `Archive`."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO, Protocol

HEAD = 65_536


class Archive(Protocol):
    """The files of one import."""

    label: str
    """The name of the file itself, to show people."""
    packed: Sequence[str]
    """Folders whose files came together in one zip; empty for the whole of it."""
    unopened: Mapping[str, str]
    """Zips inside that can't be opened, and why."""

    @property
    def names(self) -> Sequence[str]:
        """Paths of the files inside, with forward slashes, sorted."""
        ...

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        ...

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading as a stream."""
        ...


def head(archive: Archive, name: str, size: int = HEAD) -> bytes:
    """Return the first bytes of a file."""
    with archive.open(name) as file:
        return file.read(size)
