"""Signal chats are read as sigexport writes them, exactly or from the older text."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.identity import OwnerNames
from ingest.record import Conversation, Item, Message
from ingest.sources.signal import Signal
from tests.ingest.exports import messages, read_path, shown, skipped
from tests.ingest.hostile import mangled

CHAT = """\
[2024-11-03 21:07:45] Me: on my way  
[2024-11-03 21:08:00] Ana: 

> on my way

good

see you  
(- Me: ❤, Ben: 👍 -)
[2024-11-03 21:09:00] No-Sender: Outgoing voice call (accepted, 2m 5s)  
[2024-11-03 21:10:00] Ana: (This message was deleted)
"""  # noqa: W291


def said(**fields: Any) -> dict[str, Any]:
    return {"date": "2024-11-03T21:07:45", "sender": "Ana", "body": "ok  ", "quote": "",
            "sticker": "", "reactions": [], "attachments": [], **fields}  # fmt: skip


def data(*content: Any) -> str:
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in content)


def _read(folder: Path, content: str, name: str = "chat.md") -> list[Item]:
    chat = folder / "Ana"
    chat.mkdir(exist_ok=True)
    (chat / name).write_text(content, encoding="utf-8")
    return read_path(Signal(), folder)


def test_a_chat_in_text_is_read(tmp_path: Path) -> None:
    items = _read(tmp_path, CHAT)
    assert items[0] == Conversation(key="Ana", title="Ana", form="chat")
    assert shown(items, times=True) == [
        "2024-11-03 21:07:45 : on my way",
        "2024-11-03 21:08:00 Ana: good\n\nsee you",
        "2024-11-03 21:09:00 * Outgoing voice call (accepted, 2m 5s)",
        "2024-11-03 21:10:00 * (This message was deleted)",
    ]


def test_a_chat_in_data_is_read(tmp_path: Path) -> None:
    content = data(
        said(sender="Me", quote="\n\n> why\n\n", reactions=[["Ana", "❤"]]),
        said(body="a\n\nb 👩\u200d👧"),
        said(body="  ", attachments=[{"name": "a.jpg", "path": "media/a.jpg"}]),
        said(body="  ", sticker="🐱"),
        said(body="  ", sticker={"emoji": "🐱", "id": "1"}),
        said(deleted=True),
        said(body="Missed video call  "),
    )
    assert shown(_read(tmp_path, content, "data.json")) == [
        ": ok", "Ana: a\n\nb 👩\u200d👧", "Ana: [photo] ", "Ana: [sticker 🐱] ",
        "Ana: [sticker 🐱] ", "* ok", "* Missed video call",
    ]  # fmt: skip


def test_me_is_the_owner_and_nobody_else(tmp_path: Path) -> None:
    found = messages(_read(tmp_path, data(said(sender="Me"), said()), "data.json"))
    assert [OwnerNames([]).is_own(message) for message in found] == [True, False]
    assert found[1] == Message(
        where="message 2", author="Ana", said_at=datetime(2024, 11, 3, 21, 7, 45), text="ok"
    )


CASES = {
    "today": ("[2024-11-03 21:07:45] Ana: ok", "2024-11-03 21:07:45 Ana: ok"),
    "older": ("[2024-11-03, 21:07] Ana: ok", "2024-11-03 21:07:00 Ana: ok"),
    "no seconds": ("[2024-11-03 21:07] Ana: ok", "2024-11-03 21:07:00 Ana: ok"),
    "nothing": ("[2024-11-03 21:07] Ana:", "2024-11-03 21:07:00 Ana: "),
    "photo": ("[2024-11-03 21:07] Ana: look  ![a.jpg](./media/a.jpg)  ",
              "2024-11-03 21:07:00 Ana: [photo] look"),
    "file": ("[2024-11-03 21:07] Ana:   [plan.pdf](./media/plan.pdf)  ",
             "2024-11-03 21:07:00 Ana: [file: plan.pdf] "),
    "sticker": ("[2024-11-03 21:07] Ana:   \n(( 🐱 ))", "2024-11-03 21:07:00 Ana: [sticker 🐱] "),
    "colon": ("[2024-11-03 21:07] Ana: a: b", "2024-11-03 21:07:00 Ana: a: b"),
    "quote of lines": ("[2024-11-03 21:07] Ana: \n\n> a\n> b\n\nc",
                       "2024-11-03 21:07:00 Ana: c"),
    "own mark": ("[2024-11-03 21:07] Ana: a\n> b", "2024-11-03 21:07:00 Ana: a\n> b"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_form_of_a_line_is_read(case: str, tmp_path: Path) -> None:
    line, expected = CASES[case]
    end = "\n[2024-11-04 10:00:00] Me: end\n"
    assert shown(_read(tmp_path, line + end), times=True)[0] == expected


def test_of_a_chat_in_both_forms_the_exact_one_is_taken(tmp_path: Path) -> None:
    _read(tmp_path, CHAT)
    _read(tmp_path, data(said()), "data.json")
    (tmp_path / "Ben").mkdir()
    (tmp_path / "Ben" / "chat.md").write_text(CHAT, encoding="utf-8")
    (tmp_path / "notes.md").write_text("# Notes\n\n[2024-11-03 21:07] Ana: said\n")
    with open_archive(tmp_path) as archive:
        assert Signal().claims(archive) == ["Ana/data.json", "Ben/chat.md"]


def test_a_chat_with_a_list_of_members_is_a_group(tmp_path: Path) -> None:
    (tmp_path / "Ana").mkdir()
    (tmp_path / "Ana" / "members.csv").write_text("name\nAna\n")
    assert _read(tmp_path, CHAT)[0] == Conversation(key="Ana", title="Ana", form="group")


BROKEN: list[Any] = [
    {}, None, 5, [], said(date="soon"), said(date=None), said(body=5), said(sender=None),
    said(attachments=[{"name": 5}]),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_a_message_that_makes_no_sense_is_skipped_alone(broken: Any, tmp_path: Path) -> None:
    items = _read(tmp_path, data(said(), broken, said(body="end")), "data.json")
    assert [m.text for m in messages(items)] == ["ok", "end"]
    if broken != []:
        assert [s.where for s in skipped(items)] == ["message 2"]


def test_a_day_that_does_not_exist_is_skipped_alone(tmp_path: Path) -> None:
    items = _read(tmp_path, "[2024-02-31 21:07:00] Ana: a\n" + CHAT)
    assert len(messages(items)) == 4
    assert [s.where for s in skipped(items)] == ["line 1"]


_lines = st.lists(
    st.sampled_from(["ok", "café", "a: b", "👩\u200d👧", "[x]", "12:30", "(y)", "# z"]), min_size=1
).map(" ".join)
_said = st.tuples(
    st.sampled_from(["Ana", "Ben Low", "+351 900", "👩\u200d👧"]),
    st.lists(_lines, min_size=1, max_size=3).map("\n".join),
    st.datetimes(datetime(2014, 1, 1), datetime(2030, 1, 1)).map(
        lambda d: d.replace(microsecond=0)
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_said, min_size=1, max_size=12), st.booleans())
def test_a_chat_is_read_back_whole(chat: list[tuple[str, str, datetime]], exact: bool) -> None:
    rows = [said(sender=who, body=f"{text}  ", date=at.isoformat()) for who, text, at in chat]
    lines = "".join(f"[{at:%Y-%m-%d %H:%M:%S}] {who}: {text}  \n" for who, text, at in chat)
    with tempfile.TemporaryDirectory() as folder:
        name, content = ("data.json", data(*rows)) if exact else ("chat.md", lines)
        items = _read(Path(folder), content, name)
    assert [(m.author, m.text, m.said_at) for m in messages(items)] == chat
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_a_mangled_chat_is_read_or_refused(seed: int, exact: bool) -> None:
    files = {"Ana/data.json": data(said(), said())} if exact else {"Ana/chat.md": CHAT}
    mangled(Signal(), files, seed)


def test_a_line_full_of_colons_takes_no_longer_than_its_length_calls_for(tmp_path: Path) -> None:
    line = f"(- {': ' * 200_000}"
    items = _read(tmp_path, f"[2024-11-03 21:07:45] Ana: ok\n{line}\n{CHAT}")
    assert messages(items)[0].text.startswith("ok\n(- : : ")
