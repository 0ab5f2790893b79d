"""Values of exports, taken as they come: text without broken characters, moments of any shape."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]
from ijson.common import ObjectBuilder  # pyright: ignore[reportMissingTypeStubs]

from ingest.archive import Archive
from ingest.errors import ImportProblem
from ingest.record import Item, Skipped

Fields = dict[str, Any]
T = TypeVar("T")
_OPENING = 4096
_NUMBER = re.compile(r"[+-]?\d{1,16}(?:\.\d+)?")
_MILLISECONDS = 100_000_000_000


def clean(text: str) -> str:
    """Return text that can be stored: halves of a character that stand alone are replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def word(value: Any) -> str:
    """Return a text, number or nothing as text.

    Raises:
        TypeError: it is a list or an object.
    """
    if value is None:
        return ""
    if isinstance(value, list | dict):
        raise TypeError("a list or an object stands where text belongs")
    return clean(str(value))


def fields_of(value: Any) -> Fields:
    """Return an object of JSON, or an empty one for nothing.

    Raises:
        TypeError: it is something else.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError("no object where one belongs")
    return cast(Fields, value)


def list_of(value: Any) -> list[Any]:
    """Return a list of JSON, or an empty one for nothing.

    Raises:
        TypeError: it is something else.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError("no list where one belongs")
    return cast("list[Any]", value)


def moment(value: str) -> datetime | None:
    """Return the time that is written as ISO 8601, or as seconds or milliseconds since 1970.

    Raises:
        ValueError: it is neither, or no time at all.
    """
    text = value.strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text) and len(text) != len("20241103"):
        return since_1970(float(text))
    text = text.removesuffix(" UTC") + ("Z" if text.endswith(" UTC") else "")
    return datetime.fromisoformat(text)


def since_1970(number: float) -> datetime:
    """Return a moment from seconds or milliseconds.

    Raises:
        ValueError: it lies outside of what a calendar holds.
    """
    try:
        seconds = number / 1000 if abs(number) >= _MILLISECONDS else number
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError(f"no time: {number}") from error


def guarded(where: str, read: Callable[[], Iterable[Item]]) -> Iterator[Item]:
    """Yield what `read` finds; where a value is of the wrong kind, what is left is skipped."""
    try:
        yield from read()
    except (TypeError, ValueError, KeyError, LookupError, OverflowError, RecursionError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        yield Skipped(where=where, why=clean(f"a field has an unexpected value: {first}")[:200])


def read_list(
    archive: Archive, name: str, what: str, read: Callable[[Any, str], Iterable[Item]]
) -> Iterator[Item]:
    """Yield what `read` makes of each value of a JSON list, holding one at a time.

    Args:
        archive: where the file is.
        name: the file; what stands before its first `[` is passed over.
        what: what the list holds, to name places by: `tweet 7`.
        read: called with a value and its place.

    Raises:
        ImportProblem: the file holds no list.
    """
    number = 0
    try:
        for number, value in enumerate(_values(archive, name), 1):
            where = f"{what} {number}"
            yield from guarded(where, lambda v=value, w=where: read(v, w))
    except (ijson.JSONError, ValueError, RecursionError) as error:
        why = f"the file is broken from here: {error}".splitlines()[0]
        yield Skipped(where=f"after {what} {number}" if number else "the start", why=why[:200])


def _values(archive: Archive, name: str) -> Iterator[Any]:
    with archive.open(name) as file:
        start = file.read(_OPENING).find(b"[")
    if start < 0:
        raise ImportProblem(f"{name} holds no list")
    with archive.open(name) as file:
        file.read(start)
        events = ijson.basic_parse(file, use_float=True)  # pyright: ignore
        next(events)
        for event, value in events:
            if event == "end_array":
                return
            yield _built(events, event, value)
    raise ValueError("the list has no end")


def _built(events: Iterator[tuple[str, Any]], event: str, value: Any) -> Any:
    builder, depth = ObjectBuilder(), 0
    while True:
        builder.event(event, value)  # pyright: ignore
        depth += event in ("start_map", "start_array")
        depth -= event in ("end_map", "end_array")
        if not depth:
            return builder.value  # pyright: ignore
        event, value = next(events)
