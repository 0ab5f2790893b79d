"""What comes with one import: a bare file, a folder or a zip, opened safely."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Protocol

from ingest.errors import ImportProblem, UnreadableArchive

HEAD = 65_536
MOST_UNPACKED = 20 * 1024**3
"""Bytes that an archive may unpack to."""
MOST_MEMBERS = 200_000
SUSPECT_RATIO = 200
"""Unpacked over packed size that no export reaches; checked for members above `SUSPECT_SIZE`."""
SUSPECT_SIZE = 64 * 1024**2
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)
"""What `zipfile` raises on a zip that is not whole, or packed in a way it doesn't know."""
_DOCUMENTS = ({"[Content_Types].xml", "word/document.xml"}, {"mimetype", "content.xml"})
"""Files that every DOCX, and every ODT, is made of."""
_MAILDIR = ("cur", "new")
_LEFT_OUT = ("__MACOSX", "Thumbs.db")


class Archive(Protocol):
    """The files of one import."""

    label: str
    """The name of the file itself, to show people."""
    packed: bool
    """True for a zip, whose files came together."""

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


@contextmanager
def open_archive(path: Path) -> Generator[Archive]:
    """Open what a user named for import.

    Raises:
        ImportProblem: it is not there or can't be read.
        UnreadableArchive: it is a zip that is broken, locked, or not what it says.
    """
    if path.is_dir():
        yield _Folder(path)
        return
    if path.exists() and not path.is_file():
        raise ImportProblem(f"{path} is neither a file nor a folder")
    with _open_file(path, str(path)) as file:
        if not _is_zip(file) or _is_document(file):
            yield _BareFile(path)
            return
        with _open_zip(path, file) as opened:
            yield opened


def _open_file(path: Path, name: str) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ImportProblem(f"{name} can't be read: {error.strerror}") from error


def _is_zip(file: BinaryIO) -> bool:
    start = file.read(4)
    whole = zipfile.is_zipfile(file)
    file.seek(0)
    return whole or start == b"PK\x03\x04"


def _is_document(file: BinaryIO) -> bool:
    """Say whether a zip is one document of a word processor, and no archive of several files."""
    try:
        with zipfile.ZipFile(file) as opened:
            names = set(opened.namelist())
    except DAMAGE:
        names = set[str]()
    file.seek(0)
    return any(wanted <= names for wanted in _DOCUMENTS)


class _BareFile:
    """One file by itself."""

    packed = False

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

    packed = False

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
            if path.is_file() and _wanted(name) and path.resolve().is_relative_to(self._root):
                yield name


class _Zip:
    """A zip, whose members are read as streams and counted while they are."""

    packed = True

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.label = path.name
        self._zip = archive
        self._members = {
            name: info
            for info in archive.infolist()
            if not info.is_dir() and _wanted(name := _name(info))
        }
        self.names: Sequence[str] = tuple(sorted(self._members))

    def size(self, name: str) -> int:
        """Return the unpacked size that the zip states."""
        return self._members[name].file_size

    def open(self, name: str) -> BinaryIO:
        """Open a member for reading; it may not unpack to more than it states."""
        info = self._members[name]
        with _translated(self.label):
            member = self._zip.open(info)
        return io.BufferedReader(_Counted(member, info.file_size, self.label), HEAD)


class _Counted(io.RawIOBase):
    """A zip member that stops with a clear error where the zip lies about it or is damaged."""

    def __init__(self, member: IO[bytes], size: int, label: str) -> None:
        self._file = member
        self._left = size
        self._label = label

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # pyright: ignore
        """Read the next bytes."""
        with _translated(self._label):
            block = self._file.read(len(buffer))
        self._left -= len(block)
        if self._left < 0:
            raise UnreadableArchive(f"{self._label} unpacks to more than it says")
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        """Close the member."""
        self._file.close()
        super().close()


@contextmanager
def _translated(label: str) -> Generator[None]:
    try:
        yield
    except DAMAGE as error:
        raise UnreadableArchive(
            f"{label} is damaged: {error}", "export it again, or repair the zip"
        ) from error


@contextmanager
def _open_zip(path: Path, file: BinaryIO) -> Generator[Archive]:
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGE as error:
        raise UnreadableArchive(f"{path.name} is not a whole zip: {error}") from error
    with archive:
        _check(path.name, archive.infolist())
        yield _Zip(path, archive)


def _check(label: str, members: Sequence[zipfile.ZipInfo]) -> None:
    names = [_name(info) for info in members if not info.is_dir()]
    if len(members) > MOST_MEMBERS:
        raise UnreadableArchive(f"{label} holds more than {MOST_MEMBERS:,} files")
    if len(set(names)) != len(names):
        raise UnreadableArchive(f"{label} holds two files of one name")
    for info in members:
        _check_member(label, info)
    if sum(info.file_size for info in members) > MOST_UNPACKED:
        raise UnreadableArchive(
            f"{label} would unpack to more than {MOST_UNPACKED >> 30} GiB",
            "import its parts one by one",
        )


def _check_member(label: str, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 1:
        raise UnreadableArchive(f"{label} is locked with a password", "unpack it first")
    if _leads_out(info.filename):
        raise UnreadableArchive(f"{label} holds a path that leads out of it: {info.filename!r}")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableArchive(f"{label} holds a link: {info.filename!r}", "unpack it first")
    packed = max(info.compress_size, 1)
    if info.file_size > SUSPECT_SIZE and info.file_size / packed > SUSPECT_RATIO:
        raise UnreadableArchive(f"{label} holds a file that unpacks to {info.file_size:,} bytes")


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"


def _name(info: zipfile.ZipInfo) -> str:
    # Zips made on Windows part folders by backslashes.
    return PurePosixPath(info.filename.replace("\\", "/")).as_posix()


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    # A dot begins the names of hidden files, and of the folders of a mailbox.
    hidden = (one.startswith(".") and below not in _MAILDIR for one, below in _pairs(parts))
    return not any(hidden) and not any(part in _LEFT_OUT for part in parts)


def _pairs(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(parts, (*parts[1:], ""), strict=True)
