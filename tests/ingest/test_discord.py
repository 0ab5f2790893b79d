"""Discord is read as DiscordChatExporter writes it, whole or cut off."""

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.record import Conversation, Message
from ingest.sources.discord import Discord
from tests.ingest.exports import messages, opened, read, shown, skipped
from tests.ingest.hostile import mangled

ANA = {"id": "42", "name": "ana", "discriminator": "0000", "nickname": "Ana R", "isBot": False}


def discord_message(number: int = 7, **fields: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"id": str(number), "type": "Default",
            "timestamp": "2024-11-03T21:07:45.12+00:00",
            "timestampEdited": None, "isPinned": False, "content": "ok", "author": ANA,
            "attachments": [], "embeds": [], "stickers": [], "reactions": []}  # fmt: skip
    return {**base, **fields}


def discord_export(*content: Any, **channel: Any) -> dict[str, Any]:
    return {
        "guild": {"id": "1", "name": "Allotment", "iconUrl": "x"},
        "channel": {"id": "9", "type": "GuildTextChat", "category": "Text", "name": "beans",
                    "topic": None, **channel},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2024-12-01T00:00:00+00:00",
        "messages": list(content),
        "messageCount": len(content),
    }  # fmt: skip


def _read(folder: Path, content: Any):
    return read(Discord(), folder, json.dumps(content, indent=2), "beans.json")


@dataclass(frozen=True)
class Case:
    name: str
    fields: dict[str, Any]
    shown: str


CASES = [
    Case("plain", {}, "ana: ok"),
    Case("lines and emoji", {"content": "a\n\n👩\u200d👧 é"}, "ana: a\n\n👩\u200d👧 é"),
    Case("reactions", {"reactions": [{"emoji": {"name": "❤"}, "count": 1, "users": []}]},
         "ana: ok"),
    Case("photo", {"content": "", "attachments": [{"fileName": "a.PNG", "url": "https://x/1"}]},
         "ana: [photo] "),
    Case("file and words", {"attachments": [{"fileName": "plan.pdf", "url": "https://x/1"}]},
         "ana: [file: plan.pdf] ok"),
    Case("several", {"attachments": [{"fileName": "a.png"}, {"fileName": "b.mp4"}]},
         "ana: [photo, video] ok"),
    Case("only an address", {"attachments": [{"url": "https://x/1/b%20c.zip?ex=1"}]},
         "ana: [file: b c.zip] ok"),
    Case("sticker", {"content": "", "stickers": [{"name": "Wave", "format": "Lottie"}]},
         "ana: [sticker Wave] "),
    Case("embed alone", {"content": "", "embeds": [{"title": "A page", "url": "https://x"}]},
         "ana: [embed: A page] "),
    Case("preview of a link", {"content": "https://x", "embeds": [{"title": "A page"}]},
         "ana: https://x"),
    Case("no name", {"author": {"id": "42", "name": None, "nickname": None}}, "Unknown: ok"),
    Case("somebody joins", {"type": "RecipientAdd", "content": "Added Ben to the group."},
         "* Added Ben to the group."),
    Case("call", {"type": "Call", "content": "Started a call that lasted 3 minutes."},
         "* Started a call that lasted 3 minutes."),
    Case("a type without a name", {"type": "46", "content": ""}, "* "),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_message_is_read_with_what_came_with_it(case: Case, tmp_path: Path) -> None:
    assert shown(_read(tmp_path, discord_export(discord_message(**case.fields)))) == [case.shown]


def test_a_reply_keeps_its_ids_its_author_and_its_exact_time(tmp_path: Path) -> None:
    reply = discord_message(
        type="Reply",
        timestamp="2024-11-03T22:07:45+01:00",
        reference={"messageId": "5", "channelId": "9", "guildId": "1"},
    )
    assert _read(tmp_path, discord_export(reply)) == [
        Conversation(key="9", title="Allotment / beans", form="group"),
        Message(
            where="message 1",
            author="ana",
            author_key="42",
            said_at=datetime(2024, 11, 3, 22, 7, 45, tzinfo=timezone(timedelta(hours=1))),
            text="ok",
            external_id="7",
            reply_to="5",
        ),
    ]


def test_words_of_bots_and_forwarded_words_are_marked_as_quoted(tmp_path: Path) -> None:
    bot = discord_message(1, author={**ANA, "isBot": True})
    answer = discord_message(2, type="20", author={**ANA, "isBot": True})
    forward = discord_message(
        3,
        content="",
        forwardedMessage={"content": "from afar", "attachments": [{"fileName": "a.gif"}]},
    )
    items = _read(tmp_path, discord_export(bot, answer, forward, discord_message(4)))
    assert [message.quoted for message in messages(items)] == [True, True, True, False]
    assert shown(items)[2] == "ana: [GIF] from afar"


@pytest.mark.parametrize(
    ("channel", "title", "form"),
    [
        ({"type": "DirectTextChat", "name": "ben"}, "ben", "chat"),
        ({"type": "DirectGroupTextChat", "name": "ben, cleo"}, "ben, cleo", "group"),
        ({"name": None, "id": None}, "Allotment / beans", "group"),
    ],
)
def test_a_channel_opens_as_what_it_is(
    channel: dict[str, Any], title: str, form: str, tmp_path: Path
) -> None:
    found = opened(_read(tmp_path, discord_export(discord_message(), **channel)))
    assert (found.title, found.form) == (title, form)


SKIPPED: list[tuple[Any, str]] = [
    ({}, "a message without a type or an author"),
    (discord_message(author=None), "a message without a type or an author"),
    (discord_message(timestamp="soon"), "a field has an unexpected value"),
    (discord_message(timestamp=5), "a field has an unexpected value"),
    (discord_message(content=["x"]), "a field has an unexpected value"),
    (discord_message(id=[]), "a field has an unexpected value"),
    (5, "not a message but a bare value"),
    (None, "not a message but a bare value"),
]


@pytest.mark.parametrize(("broken", "why"), SKIPPED)
def test_a_message_that_makes_no_sense_is_skipped_alone(
    broken: Any, why: str, tmp_path: Path
) -> None:
    items = _read(tmp_path, discord_export(discord_message(1), broken, discord_message(3)))
    assert [message.external_id for message in messages(items)] == ["1", "3"]
    assert [found.where for found in skipped(items)] == ["message 2"]
    assert skipped(items)[0].why.startswith(why)


@pytest.mark.parametrize("size", [1, 60, 3_000])
def test_of_an_export_that_was_stopped_everything_before_is_kept(size: int, tmp_path: Path) -> None:
    export = discord_export(*(discord_message(number) for number in range(size + 1)))
    content = json.dumps(export, indent=2)
    items = read(Discord(), tmp_path, content[: content.rindex('"author"')], "x.json")
    assert len(messages(items)) == size
    assert [found.where for found in skipped(items)] == [f"after message {size}"]


def test_an_export_without_its_end_is_read_whole(tmp_path: Path) -> None:
    content = json.dumps(discord_export(discord_message(1), discord_message(2)))
    items = read(Discord(), tmp_path, content[: content.rindex("]")], "x.json")
    assert [message.external_id for message in messages(items)] == ["1", "2"]
    assert len(skipped(items)) == 1


def test_an_empty_channel_holds_nothing(tmp_path: Path) -> None:
    assert shown(_read(tmp_path, discord_export())) == []


def test_other_json_is_not_claimed(tmp_path: Path) -> None:
    telegram: dict[str, Any] = {"name": "x", "type": "personal_chat", "id": 1, "messages": []}
    others: list[Any] = [telegram, {"guild": {}}, {"channel": {}}, []]
    for number, content in enumerate(others):
        (tmp_path / f"{number}.json").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "a.json").write_text("\ufeff" + json.dumps(discord_export()), encoding="utf-8")
    with open_archive(tmp_path) as archive:
        assert Discord().claims(archive) == ["a.json"]


_said = st.tuples(
    st.text(min_size=1),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_said, max_size=12))
def test_a_channel_is_read_back_whole(said: list[tuple[str, str, datetime]]) -> None:
    export = discord_export(
        *(
            discord_message(n, content=text, timestamp=at.isoformat(), author={**ANA, "name": who})
            for n, (who, text, at) in enumerate(said)
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        items = _read(Path(folder), export)
    assert [(m.author, m.text, m.said_at) for m in messages(items)] == said
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mangled_export_is_read_or_refused(seed: int) -> None:
    mangled(
        Discord(),
        {"x.json": json.dumps(discord_export(discord_message(), discord_message()))},
        seed,
    )
