"""Finds out which reader reads which file of an archive, by content."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.archive import Archive
from ingest.errors import ImportProblem, UnknownFormat
from ingest.source import Reader


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
            parts.setdefault(name, Part(reader, name))
    if not parts and format and len(archive.names) == 1:
        return [Part(chosen[0], archive.names[0])]
    if not parts:
        raise _unknown(archive, readers)
    return [parts[name] for name in sorted(parts)]


def _named(readers: Sequence[Reader], format: str) -> list[Reader]:
    chosen = [reader for reader in readers if reader.format == format]
    if not chosen:
        known = ", ".join(reader.format for reader in readers)
        raise ImportProblem(f"there is no format {format!r}", f"known: {known}")
    return chosen


def _unknown(archive: Archive, readers: Sequence[Reader]) -> UnknownFormat:
    known = ", ".join(reader.format for reader in readers)
    if not archive.names:
        return UnknownFormat(f"{archive.label} is empty")
    return UnknownFormat(
        f"{archive.label} is in no format that can be read",
        f"known: {known}; settle it by --format",
    )
