"""Telegram's `result.json` is read message by message, one chat or the whole account."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import open_archive
from ingest.record import Conversation, Message, Skipped
from ingest.sources.telegram import Telegram
from tests.ingest.exports import messages, opened, read, shown, skipped

SIX = {"date": "2024-11-03T21:07:45", "date_unixtime": "1730668065"}


def _message(number: int = 7, **fields: Any) -> dict[str, Any]:
    base = {"id": number, "type": "message", **SIX, "from": "Ana", "from_id": "user42"}
    return {**base, "text": "ok", "text_entities": [], **fields}


def _chat(*content: Any, **fields: Any) -> dict[str, Any]:
    return {"name": "Ben", "type": "personal_chat", "id": 9, **fields, "messages": list(content)}


def _read(folder: Path, content: Any):
    return read(Telegram(), folder, json.dumps(content), "result.json")


@dataclass(frozen=True)
class Case:
    name: str
    fields: dict[str, Any]
    shown: str


CASES = [
    Case("plain", {}, "Ana: ok"),
    Case("empty", {"text": ""}, "Ana: "),
    Case("mixed", {"text": ["see ", {"type": "link", "text": "ex.org"}, "!"]}, "Ana: see ex.org!"),
    Case("parts without spaces", {"text": ["a", {"type": "bold", "text": "b"}, "c"]}, "Ana: abc"),
    Case("entities alone", {"text": None, "text_entities": [{"type": "plain", "text": "a"}]},
         "Ana: a"),
    Case("newlines and joined emoji", {"text": "a\n\n👩\u200d👧 é"}, "Ana: a\n\n👩\u200d👧 é"),
    Case("sticker", {"text": "", "media_type": "sticker", "sticker_emoji": "😀", "file": "s.webp"},
         "Ana: [sticker 😀] "),
    Case("sticker without emoji", {"text": "", "media_type": "sticker"}, "Ana: [sticker] "),
    Case("voice", {"text": "", "media_type": "voice_message", "file": "(File not included.)"},
         "Ana: [voice message] "),
    Case("round video", {"media_type": "video_message"}, "Ana: [video message] ok"),
    Case("video", {"media_type": "video_file"}, "Ana: [video] ok"),
    Case("gif", {"media_type": "animation"}, "Ana: [GIF] ok"),
    Case("audio", {"media_type": "audio_file"}, "Ana: [audio] ok"),
    Case("photo with caption", {"photo": "photos/1.jpg", "text": "look"}, "Ana: [photo] look"),
    Case("file", {"text": "", "file": "(File not included.)", "file_name": "plan.pdf"},
         "Ana: [file: plan.pdf] "),
    Case("file without name", {"text": "", "file": "files/x"}, "Ana: [file: unnamed] "),
    Case("poll", {"text": "", "poll": {"question": "where?", "closed": False, "answers": []}},
         "Ana: [poll: where?] "),
    Case("location", {"text": "", "location_information": {"latitude": 41.1}},
         "Ana: [location] "),
    Case("contact", {"text": "", "contact_information": {"first_name": "Cleo"}},
         "Ana: [contact card] "),
    Case("deleted account", {"from": None}, "Deleted Account: ok"),
    Case("reactions", {"reactions": [{"type": "emoji", "count": 1, "emoji": "❤"}]}, "Ana: ok"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_message_is_read_with_what_came_with_it(case: Case, tmp_path: Path) -> None:
    assert shown(_read(tmp_path, _chat(_message(**case.fields)))) == [case.shown]


def test_a_message_keeps_its_ids_its_author_and_its_exact_time(tmp_path: Path) -> None:
    items = _read(tmp_path, _chat(_message(reply_to_message_id=5)))
    assert items == [
        Conversation(key="user9", title="Ben", form="chat"),
        Message(
            where="message 7",
            author="Ana",
            author_key="user42",
            said_at=datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC),
            text="ok",
            external_id="7",
            reply_to="5",
        ),
    ]


def test_without_an_exact_time_the_local_one_stands(tmp_path: Path) -> None:
    content = _message()
    del content["date_unixtime"]
    assert messages(_read(tmp_path, _chat(content)))[0].said_at == datetime(2024, 11, 3, 21, 7, 45)


@pytest.mark.parametrize("field", ["forwarded_from", "via_bot"])
def test_words_of_others_are_marked_as_quoted(field: str, tmp_path: Path) -> None:
    found = messages(_read(tmp_path, _chat(_message(**{field: "Cleo"}), _message(8))))
    assert [message.quoted for message in found] == [True, False]


def test_a_service_message_is_a_notice(tmp_path: Path) -> None:
    service = {"id": 1, "type": "service", **SIX, "actor": "Ana", "actor_id": "user42",
               "action": "invite_members", "members": ["Ben"], "text": ""}  # fmt: skip
    assert shown(_read(tmp_path, _chat(service))) == ["* invite members"]


SKIPPED: list[tuple[Any, str, str]] = [
    (_message(type="unsupported"), "message 7", "a message of the type 'unsupported'"),
    ({"id": 7}, "message 7", "a message of the type None"),
    (_message(date_unixtime="soon"), "message 7", "a field has an unexpected value"),
    (_message(date_unixtime="9" * 17), "message 7", "a field has an unexpected value"),
    (_message(date=5, date_unixtime=None), "message 7", "a field has an unexpected value"),
    (_message(text=5), "message 7", "a field has an unexpected value"),
    (_message(text=[5]), "message 7", "a field has an unexpected value"),
    (_message(text=[{"type": "bold"}]), "message 7", "a field has an unexpected value"),
    (_message(text=[{"type": "bold", "text": 5}]), "message 7", "a field has an unexpected value"),
    (5, "chat 1, item 2", "not a message but a bare value"),
    ([], "chat 1, item 2", "not a message but a bare value"),
]


@pytest.mark.parametrize(("broken", "where", "why"), SKIPPED)
def test_a_message_that_makes_no_sense_is_skipped_alone(
    broken: Any, where: str, why: str, tmp_path: Path
) -> None:
    items = _read(tmp_path, _chat(_message(1), broken, _message(2)))
    assert [message.external_id for message in messages(items)] == ["1", "2"]
    assert [found.where for found in skipped(items)] == [where]
    assert skipped(items)[0].why.startswith(why)


def _account() -> dict[str, Any]:
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 42, "first_name": "Ana", "messages": [1]},
        "contacts": {"about": "", "list": [{"first_name": "Ben", "name": "x", "type": "y"}]},
        "chats": {
            "about": "",
            "list": [
                _chat(_message(1), _message(2)),
                _chat(name="Nobody", id=3),
                _chat(_message(1), name=None, id=4),
                _chat(_message(1, text="note"), name=None, type="saved_messages", id=42),
                _chat(_message(1), name="Ours", type="private_supergroup", id=9),
            ],
        },
        "left_chats": {"list": [_chat(_message(1), name="News", type="public_channel", id=5)]},
    }


def test_an_account_is_read_chat_by_chat(tmp_path: Path) -> None:
    items = _read(tmp_path, _account())
    assert [item for item in items if isinstance(item, Conversation)] == [
        Conversation(key="user9", title="Ben", form="chat"),
        Conversation(key="user4", title="Deleted Account", form="chat"),
        Conversation(key="user42", title="Saved Messages", form="chat"),
        Conversation(key="channel9", title="Ours", form="group"),
        Conversation(key="channel5", title="News", form="post"),
    ]
    assert len(messages(items)) == 6
    assert skipped(items) == []


def test_an_export_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    content = "\ufeff" + json.dumps(_chat(_message()))
    assert shown(read(Telegram(), tmp_path, content, "x.json")) == ["Ana: ok"]


@pytest.mark.parametrize("size", [1, 60, 5_000])
def test_of_a_file_cut_off_in_the_middle_everything_before_is_kept(
    size: int, tmp_path: Path
) -> None:
    content = json.dumps(_chat(*(_message(number) for number in range(1, size + 2))))
    cut = content[: content.rindex('"from_id"')]
    items = read(Telegram(), tmp_path, cut, "result.json")
    assert [message.external_id for message in messages(items)] == [
        str(number) for number in range(1, size + 1)
    ]
    assert [found.where for found in skipped(items)] == [f"after message {size}"]


def test_a_broken_byte_ends_the_file_there(tmp_path: Path) -> None:
    content = json.dumps(_chat(_message(1), _message(2, text="X"), _message(3))).encode()
    items = read(Telegram(), tmp_path, content.replace(b'"X"', b'"\xff"'), "result.json")
    assert shown(items)[0] == "Ana: ok"
    assert isinstance(items[-1], Skipped)
    assert len(items) == 3


@pytest.mark.parametrize("opening", ['{"messages": [', '{"about": ', '{"chats": {"list": '])
def test_a_file_that_nests_without_end_is_left_soon(opening: str, tmp_path: Path) -> None:
    items = read(Telegram(), tmp_path, opening + '[{"a":' * 100_000, "result.json")
    assert messages(items) == []
    assert isinstance(items[-1], Skipped)


def test_other_json_is_not_claimed(tmp_path: Path) -> None:
    discord = {"guild": {"id": "1", "name": "x"}, "channel": {"type": "DM"}, "messages": []}
    for number, content in enumerate([discord, {"name": "x", "type": "y", "messages": []}, []]):
        (tmp_path / f"{number}.json").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "result.json").write_text(json.dumps(_account()), encoding="utf-8")
    (tmp_path / "chat.json").write_text(json.dumps(_chat(), indent=1), encoding="utf-8")
    with open_archive(tmp_path) as archive:
        assert Telegram().claims(archive) == ["chat.json", "result.json"]


def test_a_chat_opens_with_its_title_even_when_it_has_no_id(tmp_path: Path) -> None:
    assert opened(_read(tmp_path, _chat(_message(), id=None))).key == "Ben"
