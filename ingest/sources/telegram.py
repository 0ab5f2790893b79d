"""Telegram Desktop's `result.json`, of one chat or the whole account.

Facts as of Telegram Desktop 5 (2024 to 2026): `date_unixtime` is exact and a string, `date` is
local without zone, ids are unique inside a chat only.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import ijson

from ingest.archive import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions

_FORMS: dict[str, Any] = {
    "personal_chat": "chat",
    "bot_chat": "chat",
    "saved_messages": "chat",
    "private_group": "group",
    "private_supergroup": "group",
    "public_supergroup": "group",
    "private_channel": "post",
    "public_channel": "post",
}
_MEDIA = {
    "voice_message": "voice message",
    "video_message": "video message",
    "video_file": "video",
    "animation": "GIF",
    "audio_file": "audio",
}
DELETED = "Deleted Account"
_Fields = dict[str, Any]


class Telegram:
    """Reads `result.json` of Telegram Desktop."""

    format = "telegram"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the JSON files that open as Telegram's exports do."""
        names = (name for name in archive.names if name.casefold().endswith(".json"))
        return [name for name in names if _opens_as_export(head(archive, name, 4096))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield chat by chat, message by message."""
        with archive.open(name) as file:
            try:
                yield from _Walk().items(ijson.parse(file, use_float=True, multiple_values=True))
            except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
                reason = f"the file is broken from here: {error}".splitlines()[0]
                yield Skipped("end of what can be read", reason[:200])


def _opens_as_export(start: bytes) -> bool:
    text = start.lstrip(b"\xef\xbb\xbf \r\n\t")
    if not text.startswith(b"{"):
        return False
    account = (
        b'"personal_information"' in text or b'"about": "Here is the data you requested' in text
    )
    chat = b'"messages"' in text and b'"type"' in text and b'"name"' in text
    return account or b'"chats"' in text or chat


class _Walk:
    """Walks the events of the JSON and builds one message at a time."""

    def __init__(self) -> None:
        self._chat: _Fields = {}
        self._opened = False
        self._chats = 0

    def items(self, events: Any) -> Iterator[Item]:
        """Yield the items of the export."""
        stream = iter(events)
        for prefix, event, value in stream:
            if event == "start_array" and prefix.split(".")[-1] == "messages":
                self._opened = False
                yield from self._messages(stream, prefix)
            elif event == "start_map" and prefix.endswith("list.item"):
                self._chat = {}
                self._chats += 1
            elif event in ("string", "number", "null") and _of_chat(prefix):
                self._chat[prefix.split(".")[-1]] = value

    def _messages(self, stream: Any, prefix: str) -> Iterator[Item]:
        number = 0
        for inner, event, value in stream:
            if event == "end_array" and inner == prefix:
                return
            number += 1
            content = _build(stream, event, value)
            if not self._opened:
                self._opened = True
                yield self._conversation()
            yield self._read(content, number)

    def _conversation(self) -> Conversation:
        kind = str(self._chat.get("type") or "")
        title = self._chat.get("name") or ("Saved Messages" if kind == "saved_messages" else "")
        key = str(self._chat.get("id") or title or self._chats)
        form = _FORMS.get(kind, "chat")
        return Conversation(key=key, title=str(title or DELETED), form=form)

    def _read(self, content: Any, number: int) -> Item:
        if not isinstance(content, dict):
            return Skipped(self._where(number), "not a message but a bare value")
        fields = cast(_Fields, content)
        where = f"message {fields['id']}" if "id" in fields else self._where(number)
        try:
            return _message(fields, where)
        except (TypeError, ValueError, KeyError, OverflowError, OSError) as error:
            return Skipped(where, f"a field has an unexpected value: {error}"[:200])

    def _where(self, number: int) -> str:
        return f"chat {self._chats or 1}, item {number}"


def _of_chat(prefix: str) -> bool:
    """Say whether a value is one of the chat's own: its name, type or id."""
    *parents, last = prefix.split(".")
    return last in ("name", "type", "id") and (not parents or parents[-2:] == ["list", "item"])


def _build(stream: Any, event: str, value: Any) -> Any:
    """Return the value that opens with `event`, reading as far as it goes."""
    if event not in ("start_map", "start_array"):
        return value
    builder = ijson.ObjectBuilder()
    builder.event(event, value)
    depth = 1
    while depth:
        _, event, value = next(stream)
        depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
        builder.event(event, value)
    return builder.value


def _message(fields: _Fields, where: str) -> Item:
    kind = fields.get("type")
    if kind not in ("message", "service"):
        return Skipped(where, f"a message of the type {kind!r}")
    service = kind == "service"
    author = fields.get("actor" if service else "from")
    key = fields.get("actor_id" if service else "from_id")
    return Message(
        where=where,
        author=str(author or DELETED),
        author_key=str(key) if key else None,
        said_at=_moment(fields),
        text=_service_text(fields) if service else _text(fields.get("text", "")),
        external_id=str(fields["id"]) if "id" in fields else None,
        attachment=None if service else _attachment(fields),
        reply_to=str(fields["reply_to_message_id"]) if "reply_to_message_id" in fields else None,
        quoted="forwarded_from" in fields or "via_bot" in fields,
        system=service,
    )


def _moment(fields: _Fields) -> datetime | None:
    if fields.get("date_unixtime"):
        return datetime.fromtimestamp(int(fields["date_unixtime"]), UTC)
    return datetime.fromisoformat(fields["date"]) if fields.get("date") else None


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise TypeError(f"text is {type(content).__name__}")
    pieces = cast("list[Any]", content)
    return "".join(p if isinstance(p, str) else str(p["text"]) for p in pieces)


def _service_text(fields: _Fields) -> str:
    return str(fields.get("action", "")).replace("_", " ")


def _attachment(fields: _Fields) -> str | None:
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


def _other_attachment(fields: _Fields) -> str | None:
    if isinstance(poll := fields.get("poll"), dict):
        return f"poll: {cast(_Fields, poll).get('question', '')}"
    if "location_information" in fields:
        return "location"
    if "contact_information" in fields:
        return "contact card"
    return None
