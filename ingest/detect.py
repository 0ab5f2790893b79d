"""Finds out which reader reads which file of an archive, by content."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ingest.accounts import (
    ACCOUNTS,
    SINGLE_CHATS,
    account_of,
    is_chat_page,
    is_document_of_takeout,
)
from ingest.archive_seam import Archive
from ingest.errors import ImportProblem, UnknownFormat
from ingest.record import Skipped
from ingest.source import Reader

_PROSE = frozenset({"docx", "html", "markdown", "odt", "pdf", "text"})
_SENT = frozenset({"files", "chats", "attachments", "media", "lists"})
"""Folders beside a chat into which exports put what people sent each other."""
_CAME_WITH = "it came with a chat or an account; import it by itself if it is your own"
_PAGE = "a chat as a web page; ask the service for JSON"


class Part(NamedTuple):
    """A file of an archive and who reads it."""

    reader: Reader
    name: str


class Found(NamedTuple):
    """What can be read of an archive, and what is left out though it could."""

    parts: list[Part]
    left_out: list[Skipped]


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
    return look_through(archive, readers, format).parts


def look_through(archive: Archive, readers: Sequence[Reader], format: str | None) -> Found:
    """Return what `find_parts` does, and what is left out: parts of a chat, unopened zips."""
    chosen = _named(readers, format) if format else readers
    parts: dict[str, Part] = {}
    left_out = {name: Skipped(where=name, why=why) for name, why in archive.unopened.items()}
    for reader in chosen:
        for name in reader.claims(archive):
            if reader.format in _PROSE and is_chat_page(archive, name):
                left_out[name] = Skipped(where=name, why=_PAGE)
            elif reader.format in _PROSE and _came_with(archive, name, parts.values()):
                left_out[name] = Skipped(where=name, why=_CAME_WITH)
            else:
                parts.setdefault(name, Part(reader, name))
    if not parts and format and len(archive.names) == 1:
        return Found([Part(chosen[0], archive.names[0])], [])
    if not parts:
        raise _unknown(archive, readers, left_out.values())
    return Found([parts[name] for name in sorted(parts)], [left_out[n] for n in sorted(left_out)])


def _came_with(archive: Archive, name: str, parts: Iterable[Part]) -> bool:
    """Say whether a document came with a chat or an account; it may be anybody's words then."""
    of_takeout = is_document_of_takeout(name)
    if of_takeout is not None:
        return not of_takeout
    chats = [part for part in parts if part.reader.format in ACCOUNTS | SINGLE_CHATS]
    if len(chats) == 1 and chats[0].reader.format in ACCOUNTS:
        return True
    # An export is a zip of one chat; a zip of several was put together by its owner.
    for folder in archive.packed:
        inside = [chat for chat in chats if _lies_in(chat.name, folder)]
        if len(inside) == 1 and _lies_in(name, folder):
            return True
    accounts = [part for part in chats if part.reader.format in ACCOUNTS]
    if any(_lies_in(name, account_of(p.reader.format, p.name)) for p in accounts):
        return True
    path, folders = PurePosixPath(name), [PurePosixPath(chat.name).parent for chat in chats]
    below = (path.relative_to(folder) for folder in folders if path.is_relative_to(folder))
    return any(_SENT.intersection(found.parts[:-1]) for found in below)


def _lies_in(name: str, folder: str | PurePosixPath) -> bool:
    return PurePosixPath(name).is_relative_to(folder)


def _named(readers: Sequence[Reader], format: str) -> list[Reader]:
    chosen = [reader for reader in readers if reader.format == format]
    if not chosen:
        known = ", ".join(reader.format for reader in readers)
        raise ImportProblem(f"there is no format {format!r}", f"known: {known}")
    return chosen


def _unknown(
    archive: Archive, readers: Sequence[Reader], left_out: Iterable[Skipped]
) -> UnknownFormat:
    known = ", ".join(reader.format for reader in readers)
    if not any(archive.size(name) for name in archive.names):
        return UnknownFormat(f"{archive.label} is empty")
    for why in archive.unopened.values():
        return UnknownFormat(f"{archive.label} holds nothing else to read, and {why}")
    if any(name.casefold().endswith(".zip") for name in archive.names):
        return UnknownFormat(
            f"{archive.label} holds zips that can't be opened", "unpack them first"
        )
    if any(skipped.why == _PAGE for skipped in left_out):
        return UnknownFormat(
            f"{archive.label} holds chats as web pages", "export them again and choose JSON"
        )
    if all(name.casefold().endswith((".csv", ".tsv", ".jsonl")) for name in archive.names):
        return UnknownFormat(
            f"{archive.label} is no table of messages",
            "its first line must name the columns author and text",
        )
    return UnknownFormat(
        f"{archive.label} is in no format that can be read",
        f"known: {known}; settle it by --format",
    )
