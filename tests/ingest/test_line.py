"""LINE's text exports are read in every form of their days and times."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.record import Conversation, Item, Message
from ingest.source import ReadOptions
from ingest.sources.line_chat import LineChat
from tests.ingest.exports import messages, opened, read, shown, skipped
from tests.ingest.hostile import mangled

CHAT = """\
[LINE] Chat history with Ben Low
Saved on: 2024/12/01, 10:00

2024/11/03(Sun)
21:07\tAna\tok
21:08\tBen Low\t"two
lines, a ""word"" too"
21:09\tAna\t[Photo]
21:10\t\tBen Low joined.
21:11\tAna unsent a message.

2024/11/04(Mon)
09:00\tBen Low\t☎ Call time 1:07
09:01\tAna\tthird

line
"""


def _read(folder: Path, content: str, **options: Any) -> list[Item]:
    return read(LineChat(), folder, content, "[LINE] Ben.txt", ReadOptions(**options))


def test_a_chat_is_read(tmp_path: Path) -> None:
    items = _read(tmp_path, CHAT)
    assert items[0] == Conversation(key="Ben Low", title="Ben Low", form="chat")
    assert shown(items, times=True) == [
        "2024-11-03 21:07:00 Ana: ok",
        '2024-11-03 21:08:00 Ben Low: two\nlines, a "word" too',
        "2024-11-03 21:09:00 Ana: [photo] ",
        "2024-11-03 21:10:00 * Ben Low joined.",
        "2024-11-03 21:11:00 * Ana unsent a message.",
        "2024-11-04 09:00:00 * ☎ Call time 1:07",
        "2024-11-04 09:01:00 Ana: third\n\nline",
    ]


def test_a_message_knows_its_line(tmp_path: Path) -> None:
    assert messages(_read(tmp_path, CHAT))[0] == Message(
        where="line 5", author="Ana", said_at=datetime(2024, 11, 3, 21, 7), text="ok"
    )


@pytest.mark.parametrize(
    "day",
    ["2024/11/03(Sun)", "2024/11/03（日）", "2024/11/3(土)", "2024.11.03 Sunday", "2024-11-03",
     "Sun, 11/03/2024", "Sun, 03/11/2024", "Sunday, 03.11.2024", "2024.11.03 日曜日"],
)  # fmt: skip
def test_each_form_of_a_day_is_read(day: str, tmp_path: Path) -> None:
    items = _read(tmp_path, f"[LINE] x\nSaved\n\n{day}\n21:07\tAna\tok\n")
    assert shown(items, times=True) == ["2024-11-03 21:07:00 Ana: ok"]


def test_the_order_that_the_user_settles_stands(tmp_path: Path) -> None:
    content = "x\n\nXyz, 04/05/2024\n21:07\tAna\tok\n"
    for order, expected in (("day-first", "2024-05-04"), ("month-first", "2024-04-05")):
        assert shown(_read(tmp_path, content, date_order=order), times=True) == [
            f"{expected} 21:07:00 Ana: ok"
        ]


@pytest.mark.parametrize(
    ("written", "hour"),
    [("21:07", 21), ("9:07PM", 21), ("09:07 pm", 21), ("午後9:07", 21), ("下午09:07", 21),
     ("오후 9:07", 21), ("9:07AM", 9), ("午前9:07", 9), ("12:07AM", 0), ("午前0:07", 0),
     ("12:07PM", 12)],
)  # fmt: skip
def test_each_form_of_a_time_is_read(written: str, hour: int, tmp_path: Path) -> None:
    items = _read(tmp_path, f"x\n\n2024/11/03(Sun)\n{written}\tAna\tok\n")
    assert shown(items, times=True) == [f"2024-11-03 {hour:02}:07:00 Ana: ok"]


@pytest.mark.parametrize(
    ("first", "title", "form"),
    [
        ("[LINE] Chat history with Ben", "Ben", "chat"),
        ("\ufeff[LINE] Chat history in Allotment", "Allotment", "group"),
        ("[LINE] 花子とのトーク履歴", "花子", "chat"),
        ("[LINE] 畑のトーク履歴", "畑", "group"),
        ("[LINE] 与小明的聊天记录", "小明", "chat"),
        ("[LINE] ประวัติการสนทนากับ Ben", "Ben", "chat"),
        ("[LINE] something else", "Ben", "chat"),
    ],
)
def test_a_chat_opens_by_the_name_in_its_head(
    first: str, title: str, form: str, tmp_path: Path
) -> None:
    found = opened(_read(tmp_path, f"{first}\nx\n\n2024/11/03(Sun)\n21:07\tAna\tok\n"))
    assert (found.title, found.form) == (title, form)


BODIES = {
    "[Sticker]": "[sticker] ", "[スタンプ]": "[sticker] ", "[Video]": "[video] ",
    "[Voice message]": "[voice message] ", "[File] plan.pdf": "[file: plan.pdf] ",
    "[Photo] of me": "[Photo] of me", "[x]": "[x]", "a: b": "a: b", '"so"': '"so"',
    "one\ttab": "one\ttab",
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_words_and_media_are_told_apart(body: str, tmp_path: Path) -> None:
    items = _read(tmp_path, f"x\n\n2024/11/03(Sun)\n21:07\tAna\t{body}\n")
    assert shown(items) == [f"Ana: {BODIES[body]}"]


def test_a_chat_of_a_computer_is_parted_by_spaces(tmp_path: Path) -> None:
    said = "".join(
        f"21:0{n} Ben Low {w} {n}\n21:0{n} Ana {w} {n}\n" for n, w in enumerate("abcdef")
    )
    items = _read(tmp_path, f"2024.11.03 Sunday\n{said}2024.11.04 Monday\n09:00 Ana and\nmore\n")
    assert shown(items)[:2] == ["Ben Low: a 0", "Ana: a 0"]
    assert shown(items, times=True)[-1] == "2024-11-04 09:00:00 Ana: and\nmore"


def test_what_makes_no_sense_is_skipped_alone(tmp_path: Path) -> None:
    content = CHAT.replace("21:07", "25:07", 1) + "\n2024/13/03(Sun)\n21:07\tAna\tlost\n"
    items = _read(tmp_path, content)
    assert [s.where for s in skipped(items)] == ["line 5", "line 18", "line 19"]
    assert len(messages(items)) == 6


def test_other_texts_are_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dear diary,\n\n2024/11/03\nWe met at 21:07 and ate.\n")
    (tmp_path / "b.txt").write_text("03/11/2024, 21:07 - Ana: hi\n")
    (tmp_path / "c.txt").write_text(CHAT)
    with open_archive(tmp_path) as archive:
        assert LineChat().claims(archive) == ["c.txt"]


_texts = st.lists(
    st.lists(st.sampled_from(["ok", "café", "a: b", "👩\u200d👧", "[x]", "21:07", "東京"]),
             min_size=1, max_size=4).map(" ".join),
    min_size=1, max_size=3,
).map("\n".join)  # fmt: skip
_said = st.tuples(
    st.sampled_from(["Ana", "Ben Low", "花子", "👩\u200d👧"]),
    _texts,
    st.datetimes(datetime(2012, 1, 1), datetime(2030, 1, 1)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_said, min_size=1, max_size=12))
def test_a_chat_is_read_back_whole(chat: list[tuple[str, str, datetime]]) -> None:
    lines = ["[LINE] Chat history with Ben", "Saved on: 2024/12/01, 10:00"]
    for who, text, at in chat:
        body = f'"{text}"' if "\n" in text else text
        lines += ["", f"{at:%Y/%m/%d(%a)}", f"{at:%H:%M}\t{who}\t{body}"]
    with tempfile.TemporaryDirectory() as folder:
        items = _read(Path(folder), "\r\n".join(lines))
    assert [(m.author, m.text, m.said_at) for m in messages(items)] == chat
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mangled_chat_is_read_or_refused(seed: int) -> None:
    mangled(LineChat(), {"a.txt": CHAT}, seed)
