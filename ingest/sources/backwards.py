"""Items of a file from the last to the first, which wait on disk and not in memory."""

import pickle
import struct
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from ingest.record import Item, Message

_IN_MEMORY = 16 * 1024**2
_SIZE = struct.Struct("<Q")


def oldest_first(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items in the order of time; they may come from the newest to the oldest."""
    with SpooledTemporaryFile[bytes](max_size=_IN_MEMORY) as file:
        first = last = None
        for item in items:
            if isinstance(item, Message) and item.said_at:
                first, last = first or item.said_at, item.said_at
            _write(file, item)
        turned = first is not None and last is not None and first > last
        yield from _backwards(file) if turned else _forwards(file)


def _write(file: IO[bytes], item: Item) -> None:
    record = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
    size = _SIZE.pack(len(record))
    file.write(size + record + size)


def _forwards(file: IO[bytes]) -> Iterator[Item]:
    file.seek(0)
    while size := file.read(_SIZE.size):
        yield pickle.loads(file.read(_SIZE.unpack(size)[0]))
        file.seek(_SIZE.size, 1)


def _backwards(file: IO[bytes]) -> Iterator[Item]:
    at = file.tell()
    while at:
        file.seek(at - _SIZE.size)
        (length,) = _SIZE.unpack(file.read(_SIZE.size))
        file.seek(at - _SIZE.size - length)
        yield pickle.loads(file.read(length))
        at -= length + 2 * _SIZE.size
