"""Damages exports by chance and checks that reading them ends in items or an `ImportProblem`."""

import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from ingest.archive import open_archive
from ingest.errors import ImportProblem
from ingest.pipeline import exact
from ingest.record import Item, Message
from ingest.source import Reader, ReadOptions

_PIECES = [
    b"", b"\xff", b"\0", b"\n", b"[", b"]}", b"{", b'"', b",", b": ", b"\t", b"null", b"1e999",
    b"\\ud83d", b"\xe2\x80\x8e", b"[2024-11-03 21:07:45] ", b"99/99/9999",
]  # fmt: skip
_VALUES: list[Any] = [
    None,
    1,
    -1,
    "x",
    "",
    "9" * 40,
    [],
    {},
    [[]],
    [None],
    True,
    1e300,
    {"a": None},
]


def mangled(reader: Reader, files: Mapping[str, str | bytes], seed: int) -> None:
    """Read files as they are, with some bytes and some values replaced, and cut off."""
    chance = Random(seed)
    way = chance.choice([_bytes_replaced, _values_replaced, _cut_off])
    broken = {name: way(_encoded(content), chance) for name, content in files.items()}
    for item in read_files(reader, broken):
        check(item)


def check(item: Item) -> None:
    """Check that an item is one, and that a memory can store it."""
    assert isinstance(item, Item)
    for field in fields(item):
        value = getattr(item, field.name)
        assert value is None or isinstance(value, str | bool | datetime)
        if isinstance(value, str):
            value.encode()
    if isinstance(item, Message) and item.said_at:
        exact(item.said_at, UTC)


def read_files(reader: Reader, files: Mapping[str, bytes]) -> list[Item]:
    """Read a zip of some files as what a reader claims, or else takes the first file for."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        with open_archive(path) as opened:
            try:
                names = reader.claims(opened) or opened.names[:1]
                return [i for name in names for i in reader.read(opened, name, ReadOptions())]
            except ImportProblem as problem:
                assert "\n" not in str(problem)
                return []


def _encoded(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _bytes_replaced(content: bytes, chance: Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(broken) + 1)
        broken[start : start + chance.randint(0, 12)] = chance.choice(_PIECES)
    return bytes(broken)


def _cut_off(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _values_replaced(content: bytes, chance: Random) -> bytes:
    try:
        return json.dumps(_replaced(json.loads(content), chance)).encode()
    except ValueError:
        return _bytes_replaced(content, chance)


def _replaced(value: object, chance: Random) -> object:
    if chance.random() < 0.05:
        return chance.choice(_VALUES)
    if isinstance(value, dict):
        return {key: _replaced(inner, chance) for key, inner in value.items()}  # pyright: ignore
    if isinstance(value, list):
        return [_replaced(inner, chance) for inner in value]  # pyright: ignore
    return value
