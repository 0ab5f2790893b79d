"""CSV of any separator as rows with named columns, one at a time."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from ingest.archive_seam import Archive, head
from ingest.record import Skipped
from ingest.sources.lines import decode_start, read_lines

LONGEST_FIELD = 1_000_000
_SEPARATORS = ",;\t"


class Row(NamedTuple):
    """A row by the names of its columns, in small letters."""

    where: str
    fields: dict[str, str]


def columns(archive: Archive, name: str) -> list[str]:
    """Return the names of the columns in small letters; none if the file is no CSV."""
    first = _first_line(archive, name)
    return [] if "\0" in first else _names(first)


def read_rows(archive: Archive, name: str) -> Iterator[Row | Skipped]:
    """Yield the rows below the first; what can't be read of the file is skipped."""
    csv.field_size_limit(LONGEST_FIELD)
    source = _Source(archive, name)
    rows = csv.reader(source, delimiter=_separator(archive, name))
    names: list[str] = []
    begun = 1
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield Skipped(where=_place(begun, source.number), why=f"no CSV: {error}")
            begun = source.number + 1
            continue
        where, begun = f"line {begun}", source.number + 1
        yield from source.damaged()
        if not any(cell.strip() for cell in cells):
            continue
        if not names:
            names = [cell.strip().casefold() for cell in cells]
            continue
        if len(cells) > len(names):
            yield Skipped(where=where, why="more values than columns; those beyond are left out")
        yield Row(where, dict(zip(names, cells, strict=False)))
    yield from source.damaged()


class _Source:
    """The lines of the file for `csv`, which counts them and remembers what is broken."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.number = 0
        self._lines = read_lines(archive, name)
        self._damage: list[Skipped] = []

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number = line.number
        if line.damage:
            self._damage.append(Skipped(where=f"line {line.number}", why=line.damage))
        return line.text + "\n"

    def damaged(self) -> list[Skipped]:
        """Return what was broken since the last call."""
        found, self._damage = self._damage, []
        return found


def _place(first: int, last: int) -> str:
    return f"line {first}" if last <= first else f"lines {first} to {last}"


def _separator(archive: Archive, name: str) -> str:
    return max(_SEPARATORS, key=_first_line(archive, name).count)


def _first_line(archive: Archive, name: str) -> str:
    return decode_start(head(archive, name, 8192)).lstrip().partition("\n")[0].rstrip("\r")


def _names(first: str) -> list[str]:
    try:
        rows = list(csv.reader([first], delimiter=max(_SEPARATORS, key=first.count)))
    except csv.Error:
        return []
    return [cell.strip().casefold() for cells in rows for cell in cells]
