"""Exports made up on the spot, and what a reader makes of them in a line each."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.archive import open_archive
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import Reader, ReadOptions


def read(
    reader: Reader,
    folder: Path,
    content: str | bytes,
    name: str = "WhatsApp Chat with Ben.txt",
    options: ReadOptions | None = None,
) -> list[Item]:
    """Write one file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_path(reader, path, options)


def read_path(reader: Reader, path: Path, options: ReadOptions | None = None) -> list[Item]:
    """Read the first file that a reader claims, or the only one there is."""
    with open_archive(path) as archive:
        name = [*reader.claims(archive), *archive.names][0]
        return list(reader.read(archive, name, options or ReadOptions()))


def messages(items: Iterable[Item]) -> list[Message]:
    """Return the messages among some items."""
    return [item for item in items if isinstance(item, Message)]


def skipped(items: Iterable[Item]) -> list[Skipped]:
    """Return what was skipped among some items."""
    return [item for item in items if isinstance(item, Skipped)]


def opened(items: Sequence[Item]) -> Conversation:
    """Return the conversation that some items open with."""
    first = items[0]
    assert isinstance(first, Conversation)
    return first


def shown(items: Iterable[Item], *, times: bool = False) -> list[str]:
    """Return every message and skipped place as a line: `Ana: [photo] look`, `* notice`."""
    return [_line(item, times=times) for item in items if isinstance(item, Message | Skipped)]


def _line(item: Item, *, times: bool) -> str:
    if isinstance(item, Skipped):
        return f"! {item.where}: {item.why}"
    assert isinstance(item, Message)
    time = f"{item.said_at:%Y-%m-%d %H:%M:%S} " if times and item.said_at else ""
    media = f"[{item.attachment}] " if item.attachment else ""
    if item.system:
        return f"{time}* {item.text}"
    return f"{time}{item.author}: {media}{item.text}"
