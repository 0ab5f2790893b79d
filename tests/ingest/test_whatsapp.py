"""A WhatsApp export is read whole: names, lines, titles, damage; nothing is lost or doubled."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.errors import ImportProblem
from ingest.sources.whatsapp import WhatsApp
from tests.ingest.exports import opened, read, read_path, shown

ANDROID = "03/11/2024, 21:07 - "
IOS = "[03/11/2024, 21:07:45] "
FAMILY = "👩\u200d👩\u200d👧\u200d👦"


@dataclass(frozen=True)
class Case:
    name: str
    content: str
    """`>` at the start of a line stands for the head of a message."""
    shown: tuple[str, ...]


CASES = [
    Case("two people", ">Ana: hi\n>Ben: ho", ("Ana: hi", "Ben: ho")),
    Case("dash in a name", ">Ana - Work: hi", ("Ana - Work: hi",)),
    Case("colon in a name", ">Ana:Work: hi", ("Ana:Work: hi",)),
    Case("colon in the words", ">Ana: note: buy milk", ("Ana: note: buy milk",)),
    Case("emoji in a name", f">Ana {FAMILY}: hi", (f"Ana {FAMILY}: hi",)),
    Case("digits in a name", ">Ana 2: hi", ("Ana 2: hi",)),
    Case("unknown contact", ">~ Ana: hi\n>~\u202fBen: ho", ("Ana: hi", "Ben: ho")),
    Case("number", ">\u202a+34 600 000 000\u202c: hi", ("+34 600 000 000: hi",)),
    Case("number with no-break spaces", ">+34\u00a0600\u00a0000: hi", ("+34 600 000: hi",)),
    Case("more lines", ">Ana: one\ntwo\n>Ben: ho", ("Ana: one\ntwo", "Ben: ho")),
    Case("blank lines", ">Ana: one\n\n\nfour\n\n>Ben: ho", ("Ana: one\n\n\nfour", "Ben: ho")),
    Case("spaces kept", ">Ana:   a  b \n  c ", ("Ana:   a  b \n  c ",)),
    Case(
        "a line like a date",
        ">Ana: dates:\n03/11/2024 was good\n03/11/2024, 21:07\n- 04/11/2024: bad\n[03/11/2024] x",
        (
            "Ana: dates:\n03/11/2024 was good\n03/11/2024, 21:07\n"
            "- 04/11/2024: bad\n[03/11/2024] x",
        ),
    ),
    Case("joined emoji", f">Ana: {FAMILY}\u200d! 🏳️\u200d🌈", (f"Ana: {FAMILY}\u200d! 🏳️\u200d🌈",)),
    Case("accents as they are", ">Ana: e\u0301 é", ("Ana: e\u0301 é",)),
    Case("right to left", ">دينا: مرحبا", ("دينا: مرحبا",)),
    Case("other line ends inside", ">Ana: a\u2028b\x0bc\x85d", ("Ana: a\u2028b\x0bc\x85d",)),
    Case("a dot", ">Ana: .", ("Ana: .",)),
    Case("words like a head", ">Ana: 03/11/24, 21:07 - B: x", ("Ana: 03/11/24, 21:07 - B: x",)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("head", [ANDROID, IOS], ids=["android", "ios"])
def test_messages_are_read_as_they_were_written(case: Case, head: str, tmp_path: Path) -> None:
    content = "\n".join(
        head + line[1:] if line.startswith(">") else line for line in case.content.split("\n")
    )
    assert shown(read(WhatsApp(), tmp_path, content)) == list(case.shown)


def test_lines_are_told_apart_whatever_their_ends(tmp_path: Path) -> None:
    content = f"\ufeff{ANDROID}Ana: one\r\ntwo\r\n\r\n{ANDROID}Ben: three\r\n"
    assert shown(read(WhatsApp(), tmp_path, content)) == ["Ana: one\ntwo", "Ben: three"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_chat_is_read_in_the_encodings_that_editors_save(encoding: str, tmp_path: Path) -> None:
    content = f"{ANDROID}Ana: é 😀\n{ANDROID}Ben: three\nfour".encode(encoding)
    assert shown(read(WhatsApp(), tmp_path, content)) == ["Ana: é 😀", "Ben: three\nfour"]


def test_what_stands_before_the_first_message_is_reported(tmp_path: Path) -> None:
    items = read(WhatsApp(), tmp_path, f"cut off\n\n{ANDROID}Ana: hi")
    assert shown(items) == ["! line 1: stands before the first message", "Ana: hi"]


def test_bytes_that_are_no_text_are_reported_by_line_and_nothing_else_is_lost(
    tmp_path: Path,
) -> None:
    content = f"{ANDROID}Ana: caf".encode() + b"\xe9 au lait\n" + f"{ANDROID}Ben: é".encode()
    assert shown(read(WhatsApp(), tmp_path, content)) == [
        "! line 1: bytes that are no UTF-8 text at column 29",
        "Ana: caf\ufffd au lait",
        "Ben: é",
    ]


def test_a_message_without_end_is_cut_and_the_rest_goes_on(tmp_path: Path) -> None:
    content = f"{ANDROID}Ana: {'x' * 1_100_000}\n{ANDROID}Ben: ho"
    cut, long, short = shown(read(WhatsApp(), tmp_path, content))
    assert cut == "! line 1: longer than 1,000,000 characters; the rest is left out"
    assert len(long) == 1_000_000 - len(ANDROID)
    assert short == "Ben: ho"


def test_a_file_without_a_message_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="holds no WhatsApp messages"):
        read(WhatsApp(), tmp_path, "dear diary")


TITLES = {
    "WhatsApp Chat with Ben Ode.txt": "Ben Ode",
    "WhatsApp Chat with Ben Ode (2).txt": "Ben Ode",
    "WhatsApp Chat - Ben Ode.txt": "Ben Ode",
    "Chat de WhatsApp con Ben Ode.txt": "Ben Ode",
    "WhatsApp-Chat mit Ben Ode.txt": "Ben Ode",
    "Conversa do WhatsApp com Ben Ode.txt": "Ben Ode",
    "Discussion WhatsApp avec Ben Ode.txt": "Ben Ode",
    "Chat WhatsApp con Ben Ode.txt": "Ben Ode",
    "WhatsApp-chat met Ben Ode.txt": "Ben Ode",
    "Чат WhatsApp с Ben Ode.txt": "Ben Ode",
    "Ben Ode.txt": "Ben Ode",
    "_chat.txt": "Ana, Ben",
    "_chat (1).txt": "Ana, Ben",
    "_chat 2.txt": "Ana, Ben",
    "chat.txt": "Ana, Ben",
}


@pytest.mark.parametrize("name", TITLES)
def test_the_title_comes_from_the_file_or_from_who_is_in_it(name: str, tmp_path: Path) -> None:
    content = f"{ANDROID}Ben: ho\n{ANDROID}Ana: hi"
    assert opened(read(WhatsApp(), tmp_path, content, name)).title == TITLES[name]


def test_the_title_of_a_zip_is_that_of_the_zip(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat - Casa Pugh.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", f"{IOS}Ana: hi")
        archive.writestr("00000012-PHOTO.jpg", b"\xff\xd8")
    assert opened(read_path(WhatsApp(), path)).title == "Casa Pugh"


def test_the_title_of_a_chat_in_a_folder_is_that_of_the_folder(tmp_path: Path) -> None:
    inner = tmp_path / "all" / "WhatsApp Chat - Casa Pugh"
    inner.mkdir(parents=True)
    (inner / "_chat.txt").write_text(f"{IOS}Ana: hi", encoding="utf-8")
    assert opened(read_path(WhatsApp(), tmp_path / "all")).title == "Casa Pugh"


def test_the_title_of_a_bare_chat_is_the_group_that_the_platform_speaks_for(
    tmp_path: Path,
) -> None:
    content = (
        f"{IOS}Casa Pugh: \u200eMessages and calls are end-to-end encrypted.\n"
        f"{IOS}Ana: hi\n{IOS}Ben: ho"
    )
    assert opened(read(WhatsApp(), tmp_path, content, "_chat.txt")).title == "Casa Pugh"


def test_chats_of_one_title_and_different_people_have_different_keys(tmp_path: Path) -> None:
    first = opened(read(WhatsApp(), tmp_path, f"{IOS}Ana: hi\n{IOS}Ben: ho"))
    second = opened(read(WhatsApp(), tmp_path, f"{IOS}Ana: hi\n{IOS}Cleo: ho"))
    longer = opened(read(WhatsApp(), tmp_path, f"{IOS}Ana: hi\n{IOS}Ben: ho\n{IOS}Ana: bye"))
    assert first.title == second.title
    assert first.key != second.key
    assert first.key == longer.key


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (f"{ANDROID}Ana: hi\n{ANDROID}Ben: ho", "chat"),
        (f"{ANDROID}Ana: hi\n{ANDROID}Ben: ho\n{ANDROID}Cleo: yes", "group"),
        (f"{ANDROID}Ana created group Ours\n{ANDROID}Ben: ho", "group"),
        (f"{IOS}Ours: \u200eAna created this group\n{IOS}Ana: hi\n{IOS}Ben: ho", "group"),
        (f"{IOS}Ben: \u200eMessages are end-to-end encrypted.\n{IOS}Ana: hi\n{IOS}Ben: ho", "chat"),
    ],
    ids=["two", "three", "android group", "ios group", "ios chat"],
)
def test_a_group_is_told_from_a_chat_of_two(content: str, form: str, tmp_path: Path) -> None:
    assert opened(read(WhatsApp(), tmp_path, content)).form == form
