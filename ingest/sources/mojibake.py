"""Repairs what Meta's exports do to letters: UTF-8 bytes written as if each were a character."""

from typing import Any, cast


def repair(text: str) -> str:
    """Return the text as it was written; text that is right already stays."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def repair_all(value: Any) -> Any:
    """Repair every text in a value out of JSON."""
    if isinstance(value, str):
        return repair(value)
    if isinstance(value, list):
        return [repair_all(inner) for inner in cast("list[Any]", value)]
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {repair(key): repair_all(inner) for key, inner in fields.items()}
    return value
