"""JSON files as streams: one value of a long list at a time, whatever is wrong with the rest."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]

from ingest.archive import Archive, head
from ingest.record import Item, Skipped

Fields = dict[str, Any]
Events = Iterator[tuple[str, Any]]
BOM = b"\xef\xbb\xbf"
BROKEN = (ijson.JSONError, ValueError, RecursionError)
"""What reading JSON raises where it is broken."""
UNEXPECTED = (TypeError, ValueError, KeyError, OverflowError, OSError)
"""What taking a message apart raises where a field isn't what it should be."""
_STARTS = ("start_map", "start_array")
_ENDS = ("end_map", "end_array")


@contextmanager
def open_events(archive: Archive, name: str) -> Generator[Events]:
    """Open a file as the events of its JSON; several values may follow each other."""
    with archive.open(name) as file:
        if head(archive, name, len(BOM)) == BOM:
            file.read(len(BOM))
        yield ijson.basic_parse(file, use_float=True, multiple_values=True)  # pyright: ignore


def opens_as(start: bytes, bracket: bytes) -> bool:
    """Say whether the first bytes of a file open JSON with `bracket`."""
    return start.removeprefix(BOM).lstrip().startswith(bracket)


def why_broken(error: Exception) -> str:
    """Return in a line what is wrong with a file."""
    return f"the file is broken from here: {error}".splitlines()[0][:200]


class Listed:
    """The values of a list in a file: the list that is the file, or the one under a key.

    Without `key`, values that follow each other line by line are taken for a list too.
    """

    def __init__(self, archive: Archive, name: str, key: str | None = None) -> None:
        self._archive = archive
        self._name = name
        self._key = key
        self._found = False
        self.about: Fields = {}
        """The other fields of the object, as far as they were read."""
        self.count = 0
        """How many values were read."""
        self.damage: str | None = None
        """What broke the file off, once all values before it were read."""

    def __iter__(self) -> Iterator[Any]:
        """Yield value by value."""
        with open_events(self._archive, self._name) as events:
            try:
                yield from self._values(events)
            except BROKEN as error:
                self.damage = why_broken(error)

    def items(self, read: Callable[[Fields, str], Item], place: str = "") -> Iterator[Item]:
        """Yield what `read` makes of each value and its place, and at the end what is broken."""
        for content in self:
            yield attempt(read, content, f"{place}message {self.count}")
        if not self._found and not self.count:
            why = self.damage or "the file holds no list of messages"
            yield Skipped(where=f"{place}the start", why=why)
        elif self.damage:
            yield Skipped(where=f"{place}after message {self.count}", why=self.damage)

    def _values(self, events: Events) -> Iterator[Any]:
        for event, value in events:
            if event == "start_array" and self._key is None:
                yield from self._list(events)
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


def attempt(read: Callable[[Fields, str], Item], content: Any, where: str) -> Item:
    """Read a message; give it up alone where it makes no sense."""
    if not isinstance(content, dict):
        return Skipped(where=where, why="not a message but a bare value")
    try:
        return read(cast(Fields, content), where)
    except UNEXPECTED as error:
        why = f"a field has an unexpected value: {error}".splitlines()[0]
        return Skipped(where=where, why=why[:200])


def text_in(fields: Fields, *keys: str) -> str:
    """Return the first text among some fields that is not empty.

    Raises:
        TypeError: a field is neither text nor missing.
    """
    for key in keys:
        value = fields.get(key)
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{key} is {type(value).__name__}")
        if value:
            return value
    return ""


def id_in(fields: Fields, key: str) -> str | None:
    """Return an id, a text or a number; None where it is missing.

    Raises:
        TypeError: the field is something else.
    """
    value = fields.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"{key} is {type(value).__name__}")
    return str(value)


def fields_in(fields: Fields, key: str) -> Fields:
    """Return the fields of an inner object; none where it is missing or something else."""
    value = fields.get(key)
    return cast(Fields, value) if isinstance(value, dict) else {}


def values_in(fields: Fields, key: str) -> list[Any]:
    """Return an inner list; an empty one where it is missing or something else."""
    value = fields.get(key)
    return cast("list[Any]", value) if isinstance(value, list) else []


def listed_in(fields: Fields, key: str) -> list[Fields]:
    """Return the objects in an inner list; none where it is missing or something else."""
    return [cast(Fields, inner) for inner in values_in(fields, key) if isinstance(inner, dict)]


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
