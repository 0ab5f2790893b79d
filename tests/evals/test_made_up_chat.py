"""The made-up chat is read back whole by the readers that it is made to measure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.made_up_chat import FRIEND, OWNER, write_telegram, write_whatsapp
from evals.screening import cases
from ingest.archive import open_archive
from ingest.detect import find_parts
from ingest.record import Message
from ingest.source import ReadOptions
from ingest.sources import READERS

WRITERS = [("chat.txt", write_whatsapp, "whatsapp"), ("result.json", write_telegram, "telegram")]


@pytest.mark.parametrize(("name", "write", "format"), WRITERS)
def test_every_message_is_read_back(
    name: str, write: Callable[[Path, int], None], format: str, tmp_path: Path
) -> None:
    write(tmp_path / name, 40)
    with open_archive(tmp_path / name) as archive:
        ((reader, part),) = find_parts(archive, READERS, None)
        read = [i for i in reader.read(archive, part, ReadOptions()) if isinstance(i, Message)]
    assert reader.format == format
    assert [message.text.split()[-1] for message in read] == [str(n) for n in range(40)]
    assert {message.author for message in read} == {OWNER, FRIEND}


def test_the_labelled_lines_hold_each_kind_and_harmless_ones() -> None:
    kinds = {case.kind for case in cases()}
    assert {"", "phone", "card", "iban", "address", "health", "money", "secret"} <= kinds
