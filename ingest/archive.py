"""What comes with one import: a bare file, a folder or a zip, opened safely."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from ingest.archive_seam import Archive
from ingest.errors import ImportProblem, UnreadableArchive
from ingest.nested import with_zips
from ingest.paths import is_wanted
from ingest.zips import MOST_MEMBERS, is_document, is_zip, open_zip


@contextmanager
def open_archive(path: Path) -> Generator[Archive]:
    """Open what a user named for import.

    Raises:
        ImportProblem: it is not there or can't be read.
        UnreadableArchive: it is a zip that is broken, locked, or not what it says.
    """
    with ExitStack() as stack:
        yield with_zips(_open_one(path, stack), stack)


def _open_one(path: Path, stack: ExitStack) -> Archive:
    if path.is_dir():
        return _Folder(path)
    if path.exists() and not path.is_file():
        raise ImportProblem(f"{path} is neither a file nor a folder")
    file = stack.enter_context(_open_file(path, str(path)))
    if not is_zip(file) or is_document(file):
        return _BareFile(path)
    return stack.enter_context(open_zip(path.name, file))


def _open_file(path: Path, name: str) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ImportProblem(f"{name} can't be read: {error.strerror}") from error


class _BareFile:
    """One file by itself."""

    packed: Sequence[str] = ()
    unopened: Mapping[str, str] = MappingProxyType({})

    def __init__(self, path: Path) -> None:
        self.label = path.name
        self._path = path
        self.names: Sequence[str] = (path.name,)

    def size(self, name: str) -> int:
        """Return the size of the file in bytes."""
        return self._path.stat().st_size

    def open(self, name: str) -> BinaryIO:
        """Open the file for reading."""
        return _open_file(self._path, name)


class _Folder:
    """A folder, as an unpacked export is; links that lead out of it are not followed."""

    packed: Sequence[str] = ()
    unopened: Mapping[str, str] = MappingProxyType({})

    def __init__(self, path: Path) -> None:
        self.label = path.name
        self._root = path.resolve()
        self.names: Sequence[str] = tuple(sorted(islice(self._files(), MOST_MEMBERS + 1)))
        if len(self.names) > MOST_MEMBERS:
            raise UnreadableArchive(f"{path} holds more than {MOST_MEMBERS:,} files")

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return (self._root / name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""
        return _open_file(self._root / name, name)

    def _files(self) -> Iterator[str]:
        for path in self._root.rglob("*"):
            name = path.relative_to(self._root).as_posix()
            if path.is_file() and is_wanted(name) and path.resolve().is_relative_to(self._root):
                yield name
