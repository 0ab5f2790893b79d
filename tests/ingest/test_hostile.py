"""Whatever a file holds, reading it ends soon, and only in items or an `ImportProblem`."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.archive_seam import Archive
from ingest.detect import find_parts
from ingest.errors import ImportProblem
from ingest.record import Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources import READERS
from tests.ingest.hostile import check, mangled, read_files
from tests.ingest.seeds import SEEDS, TELEGRAM

HEAD = "03/11/2024, 21:07 - Ana: "
END = "03/11/2024, 21:08 - Ana: end\n"
MARK = "\u200e"
EXPORTS = [text.encode() for seeds in SEEDS.values() for files in seeds for text in files.values()]
FORMATS = [None, *(reader.format for reader in READERS)]

relaxed = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def items(archive: Archive, format: str | None) -> Iterator[Item]:
    """Yield all that an archive holds."""
    for part in find_parts(archive, READERS, format):
        yield from part.reader.read(archive, part.name, ReadOptions())


def survives(folder: Path, content: bytes) -> None:
    """Read a file as everything; check that all of it could be stored."""
    path = folder / "export.txt"
    path.write_bytes(content)
    for format in FORMATS:
        try:
            with open_archive(path) as archive:
                for item in items(archive, format):
                    check(item)
        except ImportProblem as problem:
            assert "\n" not in str(problem)


@relaxed
@given(content=st.binary(max_size=300))
def test_random_bytes_are_read_or_refused(content: bytes, tmp_path: Path) -> None:
    survives(tmp_path, content)


@relaxed
@given(seed=st.integers(0, 2**32), export=st.sampled_from(EXPORTS))
def test_mangled_exports_are_read_or_refused_by_every_reader(
    seed: int, export: bytes, tmp_path: Path
) -> None:
    chance, content = Random(seed), bytearray(export)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(content) + 1)
        content[start : start + chance.randint(0, 12)] = chance.choice(
            [b"", b"\xff", b"\0", b"\n", b"[", b"]}", b": ", b"99/99/99, 99:99 - ", b"\xe2\x80\x8e"]
        )
    survives(tmp_path, bytes(content))


def _replaced(value: object, chance: Random) -> object:
    if chance.random() < 0.04:
        return chance.choice([None, 1, -1, "x", "9" * 40, [], {}, [[]], True, 1e300])
    if isinstance(value, dict):
        return {key: _replaced(inner, chance) for key, inner in value.items()}  # pyright: ignore
    if isinstance(value, list):
        return [_replaced(inner, chance) for inner in value]  # pyright: ignore
    return value


@relaxed
@given(seed=st.integers(0, 2**32))
def test_json_with_values_of_wrong_kinds_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    survives(tmp_path, json.dumps(_replaced(TELEGRAM, Random(seed))).encode())


@pytest.mark.parametrize("format", SEEDS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_export_of_each_format_is_read_or_refused(format: str, seed: int) -> None:
    for files in SEEDS[format]:
        mangled(next(reader for reader in READERS if reader.format == format), files, seed)


@pytest.mark.parametrize("format", SEEDS)
def test_a_seed_is_read_whole_and_counts(format: str, tmp_path: Path) -> None:
    reader = next(reader for reader in READERS if reader.format == format)
    for files in SEEDS[format]:
        found = read_files(reader, {name: text.encode() for name, text in files.items()})
        assert any(isinstance(item, Message) and item.text for item in found)


# Each of these takes minutes with a pattern that tries the same characters over and over.
SLOW = {
    "spaces before an edit": f"{HEAD}{' ' * 300_000}>\n{END}",
    "spaces in a head": f"{END}03/11/2024, 21:07{' ' * 300_000}\n{END}",
    "file names": f"{HEAD}{'a. (' * 100_000}\n{END}",
    "tags": f"{HEAD}{'<a: ' * 100_000}>\n{END}",
    "colons": f"{END}03/11/2024, 21:07 - {'x:' * 200_000}\n{END}",
    "marks": f"{HEAD}{MARK * 200_000}x\n{END}",
    "pages": f"{HEAD}{' • ' * 100_000}{MARK}document omitted\n{END}",
    "hashes": f"# T{' ' * 100_000}{'#' * 100_000}x\n\nend",
    "stars": f"{'*' * 300_000}\n\n{'- ' * 100_000}x\n\nend",
    "questions": f"**{'a?' * 200_000}\n\nend",
    "deep": '{"type":"personal_chat","messages":[{"id":1,"text":' + "[" * 200_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_adversarial_text_takes_no_longer_than_its_length_calls_for(
    name: str, tmp_path: Path
) -> None:
    survives(tmp_path, SLOW[name].encode())


def test_a_message_of_megabytes_is_cut_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    more = "more of it\n" * 200_000
    path.write_text(f"{HEAD}hi\n{more}{'x' * 3_000_000}\n{END}")
    with open_archive(path) as archive:
        read = list(items(archive, None))
    said = [item for item in read if isinstance(item, Message)]
    assert [len(message.text) <= 1_000_000 for message in said] == [True, True]
    assert said[-1].text == "end"
    assert {item.why.split(";")[-1] for item in read if isinstance(item, Skipped)} == {
        " the rest is left out"
    }
