"""Messenger and Instagram are read thread by thread, oldest first, with whole letters."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.record import Conversation, Item, Message
from ingest.sources.messenger import Messenger
from tests.ingest.exports import messages, shown, skipped
from tests.ingest.hostile import mangled, read_files

FACEBOOK = "your_facebook_activity/messages/inbox/ben_12"
INSTAGRAM = "your_instagram_activity/messages/inbox/ben_12"


def broken(value: Any) -> Any:
    """Break the letters of every text as the export does."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [broken(inner) for inner in value]  # pyright: ignore
    if isinstance(value, dict):
        return {key: broken(inner) for key, inner in value.items()}  # pyright: ignore
    return value


def said(minute: int = 0, **fields: Any) -> dict[str, Any]:
    moment = 1730668065123 + minute * 60_000
    return {"sender_name": "Ana", "timestamp_ms": moment, "content": "ok", **fields}


def thread(*content: Any, **fields: Any) -> dict[str, Any]:
    """Return a part of a thread; its messages are given oldest first."""
    return {
        "participants": [{"name": "Ben"}, {"name": "Ana"}],
        "messages": list(reversed(content)),
        "title": "Ben",
        "is_still_participant": True,
        "thread_path": "inbox/ben_12",
        "magic_words": [],
        **fields,
    }


def messenger_export(*parts: Any, folder: str = FACEBOOK) -> dict[str, str]:
    """Return an export of one thread; its parts are given oldest first."""
    newest_first = enumerate(reversed(parts), 1)
    return {f"{folder}/message_{n}.json": json.dumps(broken(part)) for n, part in newest_first}


def encrypted_export(*content: Any) -> dict[str, str]:
    found = {"participants": ["Ana", "Zoë"], "threadName": "Zoë_4", "messages": list(content)}
    return {"Zoë_4.json": json.dumps(found, ensure_ascii=False)}


def _read(files: dict[str, str]) -> list[Item]:
    return read_files(Messenger(), {name: text.encode() for name, text in files.items()})


@dataclass(frozen=True)
class Case:
    name: str
    fields: dict[str, Any]
    shown: str


CASES = [
    Case("plain", {}, "Ana: ok"),
    Case("letters", {"content": "café 👩\u200d👧", "sender_name": "Zoë"}, "Zoë: café 👩\u200d👧"),
    Case("nobody", {"sender_name": ""}, "Facebook user: ok"),
    Case("photos", {"content": None, "photos": [{"uri": "a"}, {"uri": "b"}]},
         "Ana: [photo, photo] "),
    Case("video", {"videos": [{"uri": "a"}]}, "Ana: [video] ok"),
    Case("voice", {"content": None, "audio_files": [{"uri": "a"}]}, "Ana: [voice message] "),
    Case("gif", {"content": None, "gifs": [{"uri": "a"}]}, "Ana: [GIF] "),
    Case("file", {"files": [{"uri": "x/plan.pdf"}]}, "Ana: [file: plan.pdf] ok"),
    Case("sticker", {"content": None, "sticker": {"uri": "a"}}, "Ana: [sticker] "),
    Case("shared", {"content": "Ana sent an attachment.", "share": {"link": "https://x.org"}},
         "Ana: [link: https://x.org] "),
    Case("shared by address", {"content": "https://x.org", "share": {"link": "https://x.org"}},
         "Ana: https://x.org"),
    Case("reactions", {"reactions": [{"reaction": "❤", "actor": "Ben"}]}, "Ana: ok"),
    Case("reacted", {"content": "Reacted ❤ to your message "}, "* Reacted ❤ to your message "),
    Case("liked", {"content": "Liked a message"}, "* Liked a message"),
    Case("unsent", {"content": None, "is_unsent": True}, "* "),
    Case("call", {"content": "Ana called Ben.", "call_duration": 7}, "* Ana called Ben."),
    Case("words like a notice", {"content": "Mum sent a photo."}, "Ana: Mum sent a photo."),
    Case("poll", {"content": "Ana created a poll: when?"}, "* Ana created a poll: when?"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_message_is_read_with_what_came_with_it(case: Case) -> None:
    assert shown(_read(messenger_export(thread(said(**case.fields))))) == [case.shown]


@pytest.mark.parametrize(
    "folder",
    [FACEBOOK, INSTAGRAM, "messages/inbox/ben_12", "messages/archived_threads/ben_12",
     "messages/filtered_threads/ben_12", "x/messages/message_requests/ben_12"],
)  # fmt: skip
def test_a_thread_is_read_from_its_oldest_part_wherever_it_lies(folder: str) -> None:
    parts = [
        thread(said(n * 2, content=f"{n}a"), said(n * 2 + 1, content=f"{n}b")) for n in range(11)
    ]
    items = _read(messenger_export(*parts, folder=folder))
    assert items[0] == Conversation(key="inbox/ben_12", title="Ben", form="chat")
    assert sum(isinstance(item, Conversation) for item in items) == 1
    assert [m.text for m in messages(items)] == [f"{n}{side}" for n in range(11) for side in "ab"]


def test_a_message_keeps_its_place_and_its_exact_time() -> None:
    assert messages(_read(messenger_export(thread(said())))) == [
        Message(
            where=f"{FACEBOOK}/message_1.json, message 1",
            author="Ana",
            said_at=datetime(2024, 11, 3, 21, 7, 45, 123000, tzinfo=UTC),
            text="ok",
        )
    ]


def test_threads_stay_apart_and_groups_are_groups() -> None:
    group = thread(said(), title="Zoës", thread_path="inbox/z_1",
                   participants=[{"name": n} for n in ("Ana", "Ben", "Zoë")])  # fmt: skip
    files = messenger_export(thread(said())) | messenger_export(group, folder="messages/inbox/z_1")
    items = _read(files)
    assert [(c.title, c.form) for c in items if isinstance(c, Conversation)] == [
        ("Zoës", "group"), ("Ben", "chat")
    ]  # fmt: skip


def test_letters_that_are_right_already_stay() -> None:
    content = json.dumps(thread(said(content="café €")), ensure_ascii=False)
    assert shown(_read({"messages/inbox/b_1/message_1.json": content})) == ["Ana: café €"]


def test_an_encrypted_thread_is_read_in_its_own_form() -> None:
    base = {"senderName": "Zoë", "timestamp": 1730668065123, "text": "é", "type": "text",
            "media": [], "reactions": [], "isUnsent": False}  # fmt: skip
    photo = {**base, "text": "", "type": "media", "media": [{"uri": "./media/1.jpeg"}]}
    unsent = {**base, "text": "", "isUnsent": True}
    items = _read(encrypted_export(base, photo, unsent, {**base, "type": "placeholder"}, {}))
    assert items[0] == Conversation(key="Zoë_4", title="Zoë_4", form="chat")
    assert shown(items)[:4] == ["Zoë: é", "Zoë: [photo] ", "* ", "* é"]
    assert len(skipped(items)) == 1


BROKEN: list[Any] = [
    {}, None, 5, said(timestamp_ms="soon"), said(timestamp_ms=10**17), said(content=5),
    said(sender_name=[]), said(timestamp_ms=True), said(files=[{"uri": 5}]),
]  # fmt: skip


@pytest.mark.parametrize("bad", BROKEN)
def test_a_message_that_makes_no_sense_is_skipped_alone(bad: Any) -> None:
    items = _read(messenger_export(thread(said(1), bad, said(2))))
    assert len(messages(items)) == 2
    assert [s.where for s in skipped(items)] == [f"{FACEBOOK}/message_1.json, message 2"]


_texts = st.text(st.characters(exclude_categories=["Cs"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_texts, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_thread_is_read_back_whole(parts: list[list[str]]) -> None:
    written = [
        thread(*(said(number * 10 + n, content=f"so {text}") for n, text in enumerate(part)))
        for number, part in enumerate(parts)
    ]
    items = _read(messenger_export(*written))
    assert [m.text for m in messages(items)] == [f"so {text}" for part in parts for text in part]
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_a_mangled_export_is_read_or_refused(seed: int, encrypted: bool) -> None:
    content = {"senderName": "Zoë", "timestamp": 1, "text": "é", "media": [{"uri": "a"}]}
    files = encrypted_export(content) if encrypted else messenger_export(thread(said(), said(1)))
    mangled(Messenger(), files, seed)
