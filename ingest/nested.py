"""Zips inside a folder or a zip, whose files are taken as if they were unpacked beside them."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO

from ingest.archive_seam import Archive
from ingest.errors import UnreadableArchive
from ingest.zips import MOST_MEMBERS, MOST_UNPACKED, ZipArchive, is_document, is_zip, open_zip

MOST_ZIPS = 200
_IN_MEMORY = 16 * 1024**2
_ENDING = ".zip"
_NUMBERED = re.compile(r"[-_](?:part[-_]?)?\d{1,3}$", re.IGNORECASE)


def with_zips(archive: Archive, stack: ExitStack) -> Archive:
    """Return an archive with the files of the zips in it; zips in those stay as they are.

    Args:
        archive: a folder, a zip, or a bare file.
        stack: closes the zips that are opened.

    One that is broken, locked or hostile is left out and named.

    Raises:
        UnreadableArchive: they hold too much together, or there are too many.
    """
    names = [name for name in archive.names if name.casefold().endswith(_ENDING)]
    if not names or (len(archive.names) == 1 and names == [archive.label]):
        return archive
    if len(names) > MOST_ZIPS:
        raise UnreadableArchive(
            f"{archive.label} holds more than {MOST_ZIPS} zips", "import it in smaller parts"
        )
    zips: dict[str, ZipArchive] = {}
    unopened: dict[str, str] = {}
    for name in names:
        file = stack.enter_context(_seekable(archive, name))
        if not is_zip(file) or is_document(file):
            continue
        try:
            zips[name] = stack.enter_context(open_zip(name, file))
        except UnreadableArchive as error:
            unopened[name] = f"{error.message}; {error.hint}" if error.hint else error.message
    return _WithZips(archive, zips, unopened) if zips or unopened else archive


def _seekable(archive: Archive, name: str) -> IO[bytes]:
    file = archive.open(name)
    if file.seekable():
        return file
    with file:
        copy = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
        shutil.copyfileobj(file, copy, 1 << 20)
    copy.seek(0)
    return copy


class _WithZips:
    """An archive, and below the name of each zip in it the files of that zip."""

    def __init__(
        self, outer: Archive, zips: Mapping[str, ZipArchive], unopened: Mapping[str, str]
    ) -> None:
        self.label = outer.label
        self.unopened = unopened
        self._outer = outer
        self._places: dict[str, tuple[ZipArchive, str]] = {}
        folders = [self._unpack(name, opened) for name, opened in zips.items()]
        self.packed: Sequence[str] = (*outer.packed, *dict.fromkeys(folders))
        plain = [name for name in outer.names if name not in zips]
        self.names: Sequence[str] = tuple(sorted([*plain, *self._places]))
        unpacked = sum(opened.size(inner) for opened, inner in self._places.values())
        if unpacked > MOST_UNPACKED or len(self.names) > MOST_MEMBERS:
            raise UnreadableArchive(
                f"the zips in {self.label} hold too much", "import them one by one"
            )

    def _unpack(self, name: str, opened: ZipArchive) -> str:
        """Place the files of a zip below its name; return the folder.

        Of an account that comes in numbered zips all files go into one folder.
        """
        taken = {part for known in self._outer.names for part in (known, *_folders(known))}
        bare = PurePosixPath(name).with_suffix("").as_posix()
        for folder in (_NUMBERED.sub("", bare), bare, name):
            places = {f"{folder}/{inner}": (opened, inner) for inner in opened.names}
            if folder not in taken and not places.keys() & self._places.keys():
                break
        self._places |= places
        return folder

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        opened, inner = self._places.get(name, (self._outer, name))
        return opened.size(inner)

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""
        opened, inner = self._places.get(name, (self._outer, name))
        return opened.open(inner)


def _folders(name: str) -> Iterator[str]:
    return (folder.as_posix() for folder in PurePosixPath(name).parents)
