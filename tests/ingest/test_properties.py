"""Whatever people write comes back whole, and whatever is broken comes out as a report."""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.errors import ImportProblem
from ingest.record import Item
from ingest.source import Reader, ReadOptions
from ingest.sources import READERS
from ingest.sources.document import Markdown
from ingest.sources.telegram import Telegram
from ingest.sources.whatsapp import WhatsApp
from tests.ingest.exports import messages, read, skipped

EMOJI = ["👩\u200d👩\u200d👧\u200d👦", "🏳️\u200d🌈", "😀", "👍🏽", "🇵🇹"]
WORDS = [
    "ok",
    "café",
    "e\u0301",
    "مرحبا",
    "שלום",
    "東京",
    "a: b",
    " - ",
    "12/3/2024",
    "[x]",
    "?",
    ".",
]


@dataclass(frozen=True)
class Said:
    author: str
    text: str
    said_at: datetime


_names = st.lists(
    st.sampled_from(["Ana", "Ben", "Reis", "-", "دينا", "3", *EMOJI]), min_size=1, max_size=3
).map(" ".join).filter(lambda name: name != "-")  # fmt: skip
_lines = st.one_of(
    st.lists(st.sampled_from(WORDS + EMOJI), max_size=6).map(" ".join),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cf"], include_characters="\t\u200d\u2028")
    ),
)
_texts = (
    st.lists(_lines, min_size=1, max_size=4)
    .map("\n".join)
    .map(lambda text: "so " + text.rstrip("\n"))
)
_times = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
_chats = st.lists(st.builds(Said, _names, _texts, _times), min_size=1, max_size=12).map(
    lambda chat: sorted(chat, key=lambda said: said.said_at)
)


def _android(chat: list[Said]) -> str:
    return "".join(f"{s.said_at:%d/%m/%Y, %H:%M} - {s.author}: {s.text}\n" for s in chat)


def _ios(chat: list[Said]) -> str:
    return "".join(f"[{s.said_at:%Y-%m-%d, %H:%M:%S}] {s.author}: {s.text}\r\n" for s in chat)


def _telegram(chat: list[Said]) -> str:
    listed = [
        {"id": number, "type": "message", "from": s.author, "text": [s.text[:3], s.text[3:]],
         "date_unixtime": str(int(s.said_at.replace(tzinfo=UTC).timestamp()))}
        for number, s in enumerate(chat)
    ]  # fmt: skip
    return json.dumps({"name": "x", "type": "private_group", "id": 1, "messages": listed})


def _items(reader: Reader, content: str | bytes, name: str) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        return read(reader, Path(folder), content, name, ReadOptions(date_order=None))


def _naive(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=None)


WRITERS: list[tuple[str, Reader, Callable[[list[Said]], str], str]] = [
    ("android", WhatsApp(), _android, "x.txt"),
    ("ios", WhatsApp(), _ios, "x.txt"),
    ("telegram", Telegram(), _telegram, "x.json"),
]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer[0])
@settings(max_examples=80, deadline=None)
@given(chat=_chats)
def test_a_chat_is_read_back_whole(
    writer: tuple[str, Reader, Callable[[list[Said]], str], str], chat: list[Said]
) -> None:
    _, reader, write, name = writer
    first = Said("Ana", "so it begins", datetime(2009, 12, 31))
    items = _items(reader, write([first, *chat]), name)
    found = [Said(m.author, m.text, _naive(m.said_at) or m.said_at) for m in messages(items)]
    assert found == [first, *chat]
    assert skipped(items) == []


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(WORDS[:6] + EMOJI), min_size=1, max_size=40).map(" ".join),
        min_size=1,
        max_size=20,
    )
)
def test_a_document_is_read_back_whole(paragraphs: list[str]) -> None:
    items = _items(Markdown(), "\n\n".join(paragraphs), "x.md")
    assert [message.text for message in messages(items)] == paragraphs


def _seeds() -> Iterator[tuple[str, bytes]]:
    said = datetime(2024, 11, 3, 21, 7)
    chat = [Said("Ana", "see\n\nyou 😀", said), Said("Ben", "ok", said), Said("Ana", "é", said)]
    yield "x.txt", _android(chat).encode()
    yield "x.txt", _ios(chat).encode()
    yield "x.json", _telegram(chat).encode()
    yield "x.md", b"---\ndate: 2024-01-01\n---\n# One?\n\ntwo\n\n```\nQ: a\n```\n## Three?\nfour"
    yield "x.txt", _android(chat).encode("utf-16")


@st.composite
def _mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    name, seed = draw(st.sampled_from(list(_seeds())))
    content = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 12)))
        new = draw(st.one_of(st.binary(max_size=8), st.sampled_from(_PIECES)))
        content[start:end] = new
    return name, bytes(content)


_PIECES = [
    b"\n", b"\r", b"\0", b"\xff\xfe", b"\xe2\x80\x8e", b": ", b"[", b"{", b'"', b"- ", b"]}",
    b"99/99/9999, 99:99 - ", b"03/11/2024, 21:07 - ", b"<attached: ", b"null", b"1e999", b"\\ud83d",
]  # fmt: skip


def _survives(name: str, content: bytes) -> None:
    """Give a file to every reader; only items and problems may come out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        for reader in READERS:
            try:
                with open_archive(path) as archive:
                    reader.claims(archive)
                    items = list(reader.read(archive, archive.names[0], ReadOptions()))
            except ImportProblem:
                continue
            assert all(isinstance(item, Item) for item in items)
            for message in messages(items):
                assert f"{message.author}{message.text}{message.attachment}".encode()


@settings(max_examples=120, deadline=None)
@given(_mutated())
def test_a_mutated_export_never_crashes_a_reader(export: tuple[str, bytes]) -> None:
    _survives(*export)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["x.txt", "x.json", "x.md", "x.zip"]))
def test_random_bytes_never_crash_a_reader(content: bytes, name: str) -> None:
    _survives(name, content)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mutated_zip_never_crashes_a_reader(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("_chat.txt", next(_seeds())[1] * 20)
        content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _survives("x.zip", bytes(content))
