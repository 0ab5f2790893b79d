"""Zips, opened safely: no bomb, no path that leads out, no link, a clear error for each."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import IO, BinaryIO

from ingest.archive_seam import HEAD
from ingest.errors import UnreadableArchive
from ingest.paths import is_wanted, leads_out

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


def is_zip(file: IO[bytes]) -> bool:
    """Say whether a file is a zip, by its content."""
    start = file.read(4)
    whole = zipfile.is_zipfile(file)
    file.seek(0)
    return whole or start == b"PK\x03\x04"


def is_document(file: IO[bytes]) -> bool:
    """Say whether a zip is one document of a word processor, and no archive of several files."""
    try:
        with zipfile.ZipFile(file) as opened:
            names = set(opened.namelist())
    except DAMAGE:
        names = set[str]()
    file.seek(0)
    return any(wanted <= names for wanted in _DOCUMENTS)


class ZipArchive:
    """A zip, whose members are read as streams and counted while they are."""

    packed: Sequence[str] = ("",)
    unopened: Mapping[str, str] = MappingProxyType({})

    def __init__(self, label: str, archive: zipfile.ZipFile) -> None:
        self.label = label
        self._zip = archive
        self._members = {
            name: info
            for info in archive.infolist()
            if not info.is_dir() and is_wanted(name := _name(info))
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
def open_zip(label: str, file: IO[bytes]) -> Generator[ZipArchive]:
    """Open a zip.

    Raises:
        UnreadableArchive: it is broken, locked, or not what it says.
    """
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGE as error:
        raise UnreadableArchive(f"{label} is not a whole zip: {error}") from error
    with archive:
        _check(label, archive.infolist())
        yield ZipArchive(label, archive)


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
    if leads_out(info.filename):
        raise UnreadableArchive(f"{label} holds a path that leads out of it: {info.filename!r}")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableArchive(f"{label} holds a link: {info.filename!r}", "unpack it first")
    packed = max(info.compress_size, 1)
    if info.file_size > SUSPECT_SIZE and info.file_size / packed > SUSPECT_RATIO:
        raise UnreadableArchive(f"{label} holds a file that unpacks to {info.file_size:,} bytes")


def _name(info: zipfile.ZipInfo) -> str:
    # Zips made on Windows part folders by backslashes.
    return PurePosixPath(info.filename.replace("\\", "/")).as_posix()
