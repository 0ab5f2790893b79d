"""The seam between an export format and the import: a `Reader`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.archive_seam import Archive
from ingest.record import DateOrder, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the user may settle where an export leaves it open."""

    date_order: DateOrder | None = None
    """Order of day and month; None lets the reader infer it from the whole file."""
    if_unclear: DateOrder | None = None
    """The order where the whole file doesn't tell it."""


class Reader(Protocol):
    """Reads one export format, as a stream."""

    format: str
    """Name of the format, as in `--format whatsapp`."""

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the names of the files in `archive` that this reader reads, judged by content."""
        ...

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield what the file called `name` holds, in order, without loading all of it.

        A part that can't be read is yielded as `Skipped`; the rest goes on.

        Raises:
            ImportProblem: the file as a whole can't be read as this format.
        """
        ...
