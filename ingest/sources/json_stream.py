"""JSON files as streams: one value of a long list at a time, whatever is wrong with the rest."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import ijson  # pyright: ignore[reportMissingTypeStubs]

from ingest.archive_seam import Archive, head
from ingest.record import Item, Skipped
from ingest.sources.values import Fields, attempt, clean, guarded

Events = Iterator[tuple[str, Any]]
BOM = b"\xef\xbb\xbf"
BROKEN = (ijson.JSONError, ValueError, RecursionError)
"""What reading JSON raises where it is broken."""
_STARTS = ("start_map", "start_array")
_ENDS = ("end_map", "end_array")


@contextmanager
def open_events(archive: Archive, name: str, start: int = 0) -> Generator[Events]:
    """Open a file as the events of its JSON, from a byte on; several values may follow."""
    with archive.open(name) as file:
        if not start and head(archive, name, len(BOM)) == BOM:
            start = len(BOM)
        file.read(start)
        yield ijson.basic_parse(file, use_float=True, multiple_values=True)  # pyright: ignore


def opens_as(start: bytes, bracket: bytes) -> bool:
    """Say whether the first bytes of a file open JSON with `bracket`."""
    return start.removeprefix(BOM).lstrip().startswith(bracket)


def why_broken(error: Exception) -> str:
    """Return in a line what is wrong with a file."""
    return clean(f"the file is broken from here: {error}".splitlines()[0])[:200]


class Listed:
    """The values of a list in a file: the list that is the file, or the one under a key.

    Without `key`, values that follow each other line by line are taken for a list too.
    """

    def __init__(
        self, archive: Archive, name: str, key: str | None = None, *, start: int = 0
    ) -> None:
        """Take the file; with a byte to begin at, only the list there is read."""
        self._archive = archive
        self._name = name
        self._key = key
        self._start = start
        self._found = False
        self.about: Fields = {}
        """The other fields of the object, as far as they were read."""
        self.count = 0
        """How many values were read."""
        self.damage: str | None = None
        """What broke the file off, once all values before it were read."""

    def __iter__(self) -> Iterator[Any]:
        """Yield value by value."""
        with open_events(self._archive, self._name, self._start) as events:
            try:
                yield from self._values(events)
            except BROKEN as error:
                self.damage = why_broken(error)

    def items(self, read: Callable[[Fields, str], Item], place: str = "") -> Iterator[Item]:
        """Yield the message that `read` makes of each value and its place; then what is broken."""
        return self.each(lambda value, where: [attempt(read, value, where)], place=place)

    def each(
        self,
        read: Callable[[Any, str], Iterable[Item]],
        what: str = "message",
        place: str = "",
    ) -> Iterator[Item]:
        """Yield all that `read` makes of each value and its place, and at the end what is broken.

        Args:
            read: called with a value and its place.
            what: what the list holds, to name places by: `post 7`.
            place: what stands before that.
        """
        for content in self:
            where = f"{place}{what} {self.count}"
            yield from guarded(where, lambda v=content, w=where: read(v, w))
        if not self._found and not self.count:
            why = self.damage or f"the file holds no list of {what}s"
            yield Skipped(where=f"{place}the start", why=why)
        elif self.damage:
            yield Skipped(where=f"{place}after {what} {self.count}", why=self.damage)

    def _values(self, events: Events) -> Iterator[Any]:
        for event, value in events:
            if event == "start_array" and self._key is None:
                yield from self._list(events)
                if self._start:
                    return
            elif event == "start_map" and self._key is not None:
                yield from self._under_key(events)
            elif self._key is None:
                yield self._value(events, event, value)
            else:
                pass_over(events, event, value)

    def _under_key(self, events: Events) -> Iterator[Any]:
        for event, name in events:
            if event == "end_map":
                return
            event, value = next(events)
            if name == self._key and event == "start_array":
                yield from self._list(events)
            else:
                self.about[name] = value_of(events, event, value)

    def _list(self, events: Events) -> Iterator[Any]:
        self._found = True
        for event, value in events:
            if event == "end_array":
                return
            yield self._value(events, event, value)

    def _value(self, events: Events, event: str, value: Any) -> Any:
        whole = value_of(events, event, value)
        self.count += 1
        return whole


def load(archive: Archive, name: str) -> Any:
    """Return the first value of a small file; None where it is missing or broken."""
    if name not in archive.names:
        return None
    with open_events(archive, name) as events:
        try:
            event, value = next(events, ("null", None))
            return value_of(events, event, value)
        except BROKEN:
            return None


def pass_over(events: Events, event: str, value: Any) -> Any:
    """Return a value without parts; pass over one with parts, however deep."""
    depth = event in _STARTS
    while depth:
        event, _ = next(events)
        depth += (event in _STARTS) - (event in _ENDS)
    return value


def value_of(events: Events, event: str, value: Any) -> Any:
    """Return the value that opens with `event`, reading as far as it goes."""
    if event == "start_map":
        return _map(events)
    if event == "start_array":
        return _array(events)
    return value


def _map(events: Events) -> Fields:
    fields: Fields = {}
    for event, name in events:
        if event == "end_map":
            break
        event, value = next(events)
        fields[name] = value_of(events, event, value)
    return fields


def _array(events: Events) -> list[Any]:
    values: list[Any] = []
    for event, value in events:
        if event == "end_array":
            break
        values.append(value_of(events, event, value))
    return values
