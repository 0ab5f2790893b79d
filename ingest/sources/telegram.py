"""Telegram Desktop's `result.json`, of one chat or the whole account.

Facts as of Telegram Desktop 5 (2024 to 2026): `date_unixtime` is exact and a string, `date` is
local without zone, ids are unique inside a chat only.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, cast

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.json_stream import (
    BROKEN,
    Events,
    open_events,
    opens_as,
    pass_over,
    value_of,
    why_broken,
)
from ingest.sources.values import Fields, attempt

_FORMS: dict[str, Literal["chat", "group", "post"]] = {
    "personal_chat": "chat",
    "bot_chat": "chat",
    "saved_messages": "chat",
    "private_group": "group",
    "private_supergroup": "group",
    "public_supergroup": "group",
    "private_channel": "post",
    "public_channel": "post",
}
_NUMBERED_APART = {
    "personal_chat": "user",
    "bot_chat": "user",
    "saved_messages": "user",
    "private_group": "chat",
}
"""Ids are unique among users, among small groups, and among channels and large groups."""
_MEDIA = {
    "voice_message": "voice message",
    "video_message": "video message",
    "video_file": "video",
    "animation": "GIF",
    "audio_file": "audio",
}
DELETED = "Deleted Account"
_CHAT = re.compile(
    rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|(?:private|public)_\w+)"'
)
_ACCOUNT = re.compile(rb'"(?:personal_information|chats|left_chats)"\s*:\s*\{')


class Telegram:
    """Reads `result.json` of Telegram Desktop."""

    format = "telegram"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the JSON files that open as Telegram's exports do."""
        names = (name for name in archive.names if name.casefold().endswith(".json"))
        return [name for name in names if _opens_as_export(head(archive, name, 4096))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield chat by chat, message by message."""
        walk = _Walk()
        with open_events(archive, name) as events:
            try:
                yield from walk.items(events)
            except BROKEN as error:
                yield Skipped(where=f"after {walk.place}", why=why_broken(error))


def _opens_as_export(start: bytes) -> bool:
    return opens_as(start, b"{") and bool(_CHAT.search(start) or _ACCOUNT.search(start))


class _Walk:
    """Walks the events of the JSON and builds one message at a time."""

    def __init__(self) -> None:
        self.place = "the start"
        """What was read last."""
        self._chats = 0

    def items(self, events: Events) -> Iterator[Item]:
        """Yield the items of the export."""
        for event, _ in events:
            if event == "start_map":
                yield from self._opened(events)

    def _opened(self, events: Events) -> Iterator[Item]:
        """Yield the items of a chat, or of the account that holds chats."""
        about: Fields = {}
        for event, name in events:
            if event == "end_map":
                return
            event, value = next(events)
            if name == "messages" and event == "start_array":
                self._chats += 1
                yield from self._messages(events, about)
            elif name in ("chats", "left_chats") and event == "start_map":
                yield from self._opened(events)
            elif name == "list" and event == "start_array":
                yield from self._listed(events)
            else:
                about[name] = pass_over(events, event, value)

    def _listed(self, events: Events) -> Iterator[Item]:
        for event, value in events:
            if event == "end_array":
                return
            if event == "start_map":
                yield from self._opened(events)
            else:
                pass_over(events, event, value)

    def _messages(self, events: Events, about: Fields) -> Iterator[Item]:
        for number, (event, value) in enumerate(events):
            if event == "end_array":
                return
            content = value_of(events, event, value)
            if not number:
                yield _conversation(about)
            yield self._read(content, number + 1)

    def _read(self, content: Any, item: int) -> Item:
        self.place = f"chat {self._chats or 1}, item {item}"
        number = cast(Fields, content).get("id") if isinstance(content, dict) else None
        if isinstance(number, int):
            self.place = f"message {number}"
        return attempt(_message, content, self.place)


def _conversation(about: Fields) -> Conversation:
    kind = str(about.get("type") or "")
    title = str(about.get("name") or ("Saved Messages" if kind == "saved_messages" else DELETED))
    number = about.get("id")
    key = f"{_NUMBERED_APART.get(kind, 'channel')}{number}" if number else title
    return Conversation(key=key, title=title, form=_FORMS.get(kind, "chat"))


def _message(fields: Fields, where: str) -> Item:
    kind = fields.get("type")
    if kind not in ("message", "service"):
        return Skipped(where=where, why=f"a message of the type {kind!r}")
    service = kind == "service"
    author = fields.get("actor" if service else "from")
    key = fields.get("actor_id" if service else "from_id")
    return Message(
        where=where,
        author=str(author or DELETED),
        author_key=str(key) if key else None,
        said_at=_moment(fields),
        text=_service_text(fields) if service else _text(fields),
        external_id=str(fields["id"]) if "id" in fields else None,
        attachment=None if service else _attachment(fields),
        reply_to=str(fields["reply_to_message_id"]) if "reply_to_message_id" in fields else None,
        quoted="forwarded_from" in fields or "via_bot" in fields,
        system=service,
    )


def _moment(fields: Fields) -> datetime | None:
    if fields.get("date_unixtime"):
        return datetime.fromtimestamp(int(fields["date_unixtime"]), UTC)
    return datetime.fromisoformat(fields["date"]) if fields.get("date") else None


def _text(fields: Fields) -> str:
    content = fields.get("text") or fields.get("text_entities") or ""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise TypeError(f"text is {type(content).__name__}")
    pieces = cast("list[Any]", content)
    return "".join(p if isinstance(p, str) else p["text"] for p in pieces)


def _service_text(fields: Fields) -> str:
    return str(fields.get("action", "")).replace("_", " ")


def _attachment(fields: Fields) -> str | None:
    kind = fields.get("media_type")
    if kind == "sticker":
        return f"sticker {fields.get('sticker_emoji', '')}".strip()
    if kind in _MEDIA:
        return _MEDIA[kind]
    if "photo" in fields:
        return "photo"
    if "file" in fields:
        return f"file: {fields.get('file_name') or 'unnamed'}"
    return _other_attachment(fields)


def _other_attachment(fields: Fields) -> str | None:
    if isinstance(poll := fields.get("poll"), dict):
        return f"poll: {cast(Fields, poll).get('question', '')}"
    if "location_information" in fields:
        return "location"
    if "contact_information" in fields:
        return "contact card"
    return None
