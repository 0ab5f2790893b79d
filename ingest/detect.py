"""Finds out which reader reads which file of an archive, by content."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ingest.archive import Archive
from ingest.errors import ImportProblem, UnknownFormat
from ingest.source import Reader

_PROSE = frozenset({"docx", "html", "markdown", "odt", "pdf", "text"})
_SENT = frozenset({"files", "chats", "attachments", "media"})
"""Folders beside a chat into which exports put what people sent each other."""
ACCOUNTS = frozenset(
    "chatgpt discord-package google-chat linkedin messenger signal slack x".split()
)
"""Formats of a whole account, whose exports bring pages and notes of the service along."""


class Part(NamedTuple):
    """A file of an archive and who reads it."""

    reader: Reader
    name: str


def find_parts(archive: Archive, readers: Sequence[Reader], format: str | None) -> list[Part]:
    """Return the files that can be read, each with the first reader that claims it.

    Args:
        archive: what was named for import.
        readers: the readers to try, in order.
        format: name of a format that the user settles; only its reader is tried, and a bare
            file is given to it whatever it looks like.

    Raises:
        UnknownFormat: no reader claims anything.
        ImportProblem: there is no format of that name.
    """
    chosen = _named(readers, format) if format else readers
    parts: dict[str, Part] = {}
    for reader in chosen:
        for name in reader.claims(archive):
            if reader.format not in _PROSE or not _was_sent(archive, name, parts.values()):
                parts.setdefault(name, Part(reader, name))
    if not parts and format and len(archive.names) == 1:
        return [Part(chosen[0], archive.names[0])]
    if not parts:
        raise _unknown(archive, readers)
    return [parts[name] for name in sorted(parts)]


def _was_sent(archive: Archive, name: str, parts: Iterable[Part]) -> bool:
    """Say whether a document came with a chat; it may be anybody's words then."""
    chats = [part for part in parts if part.reader.format not in _PROSE]
    # An export is a zip of one chat; a zip of several was put together by its owner.
    if len(chats) == 1 and (archive.packed or chats[0].reader.format in ACCOUNTS):
        return True
    if any(_is_beside(name, part.name) for part in parts if part.reader.format in ACCOUNTS):
        return True
    path, folders = PurePosixPath(name), [PurePosixPath(chat.name).parent for chat in chats]
    below = (path.relative_to(folder) for folder in folders if path.is_relative_to(folder))
    return any(_SENT.intersection(found.parts[:-1]) for found in below)


def _is_beside(name: str, part: str) -> bool:
    folder = PurePosixPath(part).parent
    return PurePosixPath(name).is_relative_to(folder.parent if folder.name == "data" else folder)


def _named(readers: Sequence[Reader], format: str) -> list[Reader]:
    chosen = [reader for reader in readers if reader.format == format]
    if not chosen:
        known = ", ".join(reader.format for reader in readers)
        raise ImportProblem(f"there is no format {format!r}", f"known: {known}")
    return chosen


def _unknown(archive: Archive, readers: Sequence[Reader]) -> UnknownFormat:
    known = ", ".join(reader.format for reader in readers)
    if not any(archive.size(name) for name in archive.names):
        return UnknownFormat(f"{archive.label} is empty")
    if any(name.casefold().endswith(".zip") for name in archive.names):
        return UnknownFormat(f"{archive.label} holds other zips", "import them one by one")
    return UnknownFormat(
        f"{archive.label} is in no format that can be read",
        f"known: {known}; settle it by --format",
    )
