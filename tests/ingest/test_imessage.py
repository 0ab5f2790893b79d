"""The text files of imessage-exporter are read block by block, each answer once."""

import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.identity import OwnerNames
from ingest.record import Conversation, Item, Message
from ingest.sources import imessage
from ingest.sources.imessage import IMessage
from tests.ingest.exports import messages, read, shown, skipped
from tests.ingest.hostile import mangled

CHAT = """\
Nov 03, 2024  9:07:45 PM (Read by them after 3 minutes)
Me
on my way

Nov 03, 2024  9:08:00 PM
Ana
good

see you
    Nov 03, 2024  9:09:00 PM
    Me
    yes

Nov 03, 2024  9:09:00 PM
Me
yes
This message responded to an earlier message.

Nov 03, 2024 10:00:00 PM You renamed the conversation to Beans

"""


def _read(folder: Path, content: str, name: str = "Ana.txt") -> list[Item]:
    return read(IMessage(), folder, content, name)


def test_a_chat_is_read_with_each_answer_once(tmp_path: Path) -> None:
    items = _read(tmp_path, CHAT)
    assert items[0] == Conversation(key="Ana", title="Ana", form="chat")
    assert shown(items, times=True) == [
        "2024-11-03 21:07:45 : on my way",
        "2024-11-03 21:08:00 Ana: good\n\nsee you",
        "2024-11-03 21:09:00 : yes",
        "2024-11-03 22:00:00 * You renamed the conversation to Beans",
    ]


def test_me_is_the_owner_and_nobody_else(tmp_path: Path) -> None:
    owner = OwnerNames([])
    found = [m for m in messages(_read(tmp_path, CHAT)) if not m.system]
    assert [owner.is_own(message) for message in found] == [True, False, True]


def test_an_answer_that_stands_only_below_is_kept(tmp_path: Path) -> None:
    content = CHAT.replace("This message responded to an earlier message.\n", "").replace(
        "\nNov 03, 2024  9:09:00 PM\nMe\nyes\n", ""
    )
    assert "2024-11-03 21:09:00 : yes" in shown(_read(tmp_path, content), times=True)


def test_an_answer_that_stands_only_below_comes_in_its_time_and_knows_its_line(
    tmp_path: Path,
) -> None:
    lines = CHAT.splitlines()
    lines[13:19] = ["Nov 06, 2024  9:00:00 AM", "Ana", "later"]
    found = messages(_read(tmp_path, "\n".join(lines)))
    assert [(m.text, m.where) for m in found] == [
        ("on my way", "line 1"),
        ("good\n\nsee you", "line 5"),
        ("yes", "line 10"),
        ("later", "line 14"),
    ]


def test_no_more_answers_are_held_than_lie_ahead(tmp_path: Path) -> None:
    below = "".join(
        f"    Nov 04, 2024  9:{n // 60:02}:{n % 60:02} AM\n    Me\n    no {n}\n" for n in range(600)
    )
    chat = f"Nov 03, 2024  9:08:00 PM\nAna\nwell\n{below}\n{_block('end')}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(imessage, "MOST_AHEAD", 50)
        items = _read(tmp_path, chat)
    assert sorted(m.text for m in messages(items)) == sorted(
        ["well", "end", *(f"no {n}" for n in range(600))]
    )


def _block(*body: str) -> str:
    return "\n".join(["Nov 03, 2024  9:07:45 PM", "Ana", *body, "", ""])


CASES = {
    "plain": (("ok",), "Ana: ok"),
    "nothing": ((), "Ana: "),
    "reactions": (("ok", "Tapbacks:", "    Loved by Me", "    Liked by Ben"), "Ana: ok"),
    "older reactions": (("ok", "Reactions:", "Loved by Me", ""), "Ana: ok"),
    "photo": (("attachments/ab/IMG 1.HEIC",), "Ana: [photo] "),
    "photo in place": (("look", "/Users/ana/Library/Messages/Attachments/a/b.png"),
                       "Ana: [photo] look"),
    "file": (("~/Library/Messages/Attachments/a/plan.pdf",), "Ana: [file: plan.pdf] "),
    "lost file": (("Attachment missing!",), "Ana: [file] "),
    "effect": (("ok", "Sent with Confetti"), "Ana: ok"),
    "edited": (("ko", "Edited 15 seconds later: ok"), "Ana: ok"),
    "edited twice": (("ko", "Edited 1 minute later: kk", "Edited 2 minutes later: o\nk"),
                     "Ana: o\nk"),
    "unsent": (("Ana unsent this message part 5 seconds after sending!",),
               "* Ana unsent this message part 5 seconds after sending!"),
    "deleted": (("You deleted a message.",), "* You deleted a message."),
    "words with a date": (("Jan 05, 2021 10:30:00 AM was great",),
                          "Ana: Jan 05, 2021 10:30:00 AM was great"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_message_is_parted_from_what_is_told_about_it(case: str, tmp_path: Path) -> None:
    body, expected = CASES[case]
    assert shown(_read(tmp_path, _block(*body) + _block("end"))) == [expected, "Ana: end"]


def test_what_makes_no_sense_is_skipped_alone(tmp_path: Path) -> None:
    broken = "Feb 31, 2024  9:07:45 PM\nAna\nx\n\nNov 03, 2024  9:07:45 PM\n\n"
    items = _read(tmp_path, f"hello\n\n{_block('a')}{broken}{_block('b')}")
    assert [m.text for m in messages(items)] == ["a", "b"]
    assert [s.where for s in skipped(items)] == ["line 1", "line 7", "line 11"]


def test_other_texts_are_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dear diary,\n\nNov 03, 2024 was a good day.\n")
    (tmp_path / "b.txt").write_text("03/11/2024, 21:07 - Ana: hi\n")
    (tmp_path / "c.txt").write_text(CHAT)
    with open_archive(tmp_path) as archive:
        assert IMessage().claims(archive) == ["c.txt"]


_bodies = st.lists(
    st.lists(st.sampled_from(["ok", "café", "a: b", "👩\u200d👧", "12:30 PM", "東京", "x by y"]),
             min_size=1, max_size=4).map(" ".join),
    min_size=1, max_size=4,
).map("\n".join)  # fmt: skip
_said = st.tuples(
    st.sampled_from(["Ana", "Ben Low", "+351 900 000 000", "a@x.org"]),
    _bodies,
    st.datetimes(datetime(2008, 1, 1), datetime(2030, 1, 1)).map(
        lambda d: d.replace(microsecond=0)
    ),
)


def _written(who: str, text: str, at: datetime) -> str:
    return f"{at:%b %d, %Y} {at.hour % 12 or 12:2}:{at:%M:%S %p}\n{who}\n{text}\n\n"


@settings(max_examples=60, deadline=None)
@given(st.lists(_said, min_size=1, max_size=12))
def test_a_chat_is_read_back_whole(said: list[tuple[str, str, datetime]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        items = _read(Path(folder), "".join(_written(*one) for one in said))
    assert [(m.author, m.text, m.said_at) for m in messages(items)] == said
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mangled_chat_is_read_or_refused(seed: int) -> None:
    mangled(IMessage(), {"Ana.txt": CHAT}, seed)


def test_a_message_knows_its_line(tmp_path: Path) -> None:
    first = messages(_read(tmp_path, CHAT))[0]
    assert first == Message(
        where="line 1", author="", said_at=datetime(2024, 11, 3, 21, 7, 45), text="on my way"
    )
