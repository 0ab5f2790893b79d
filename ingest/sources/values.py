"""Values of exports, taken as they come: text without broken characters, moments of any shape."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

from ingest.record import Item, Skipped

Fields = dict[str, Any]
UNEXPECTED = (TypeError, ValueError, LookupError, OverflowError, OSError, RecursionError)
"""What taking a message apart raises where a field isn't what it should be."""
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
    except UNEXPECTED as error:
        yield Skipped(where=where, why=_why(error))


def attempt(read: Callable[[Fields, str], Item], content: Any, where: str) -> Item:
    """Read a message; give it up alone where it makes no sense."""
    if not isinstance(content, dict):
        return Skipped(where=where, why="not a message but a bare value")
    try:
        return read(cast(Fields, content), where)
    except UNEXPECTED as error:
        return Skipped(where=where, why=_why(error))


def _why(error: Exception) -> str:
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return clean(f"a field has an unexpected value: {first}")[:200]


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
