"""Discord channels as DiscordChatExporter writes them in JSON.

Facts as of its versions 2.40 to 2.46 (2024 to 2026): times carry their offset, ids are texts, the
types of messages it has no name for are numbers, and an export that was stopped has no end.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import PurePosixPath

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.attached import describe_one, join
from ingest.sources.json_stream import Listed, opens_as
from ingest.sources.values import Fields, fields_in, id_in, listed_in, text_in

UNKNOWN = "Unknown"
_HEAD = 16_384
_CHANNEL = re.compile(rb'"channel"\s*:\s*\{')
_SAID = frozenset({"Default", "Reply", "20", "23"})
"""Types of messages that somebody said; the numbers are answers of bots to commands."""


class Discord:
    """Reads the JSON of DiscordChatExporter, a file for each channel or part of one."""

    format = "discord"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the JSON files that open with a guild and a channel."""
        names = (name for name in archive.names if name.casefold().endswith(".json"))
        return [name for name in names if _opens_as_export(head(archive, name, _HEAD))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield the channel."""
        listed = Listed(archive, name, "messages")
        items = listed.items(_message)
        first = next(items, None)
        yield _conversation(listed.about, PurePosixPath(name).stem)
        if first is not None:
            yield from chain((first,), items)


def _opens_as_export(start: bytes) -> bool:
    return (
        opens_as(start, b"{")
        and re.match(rb'\W*\{\s*"guild"\s*:\s*\{', start) is not None
        and _CHANNEL.search(start) is not None
    )


def _conversation(about: Fields, file: str) -> Conversation:
    channel, guild = fields_in(about, "channel"), fields_in(about, "guild")
    name, kind = str(channel.get("name") or file), str(channel.get("type") or "")
    direct = kind.startswith("Direct")
    server = "" if direct else str(guild.get("name") or "")
    return Conversation(
        key=str(channel.get("id") or file),
        title=f"{server} / {name}" if server else name,
        form="chat" if kind == "DirectTextChat" else "group",
    )


def _message(fields: Fields, where: str) -> Item:
    author, forwarded = fields_in(fields, "author"), fields_in(fields, "forwardedMessage")
    kind = id_in(fields, "type")
    if kind is None or not author:
        return Skipped(where=where, why="a message without a type or an author")
    timestamp, own_words = text_in(fields, "timestamp"), text_in(fields, "content")
    return Message(
        where=where,
        author=text_in(author, "name", "nickname") or UNKNOWN,
        author_key=id_in(author, "id"),
        said_at=datetime.fromisoformat(timestamp) if timestamp else None,
        text=own_words or text_in(forwarded, "content"),
        external_id=id_in(fields, "id"),
        attachment=_attachment(fields) or _attachment(forwarded),
        reply_to=id_in(fields_in(fields, "reference"), "messageId") if kind == "Reply" else None,
        quoted=author.get("isBot") is True or bool(forwarded and not own_words),
        system=kind not in _SAID,
    )


def _attachment(fields: Fields) -> str | None:
    files = [
        describe_one(text_in(file, "fileName", "url")) for file in listed_in(fields, "attachments")
    ]
    stickers = [f"sticker {text_in(s, 'name')}".strip() for s in listed_in(fields, "stickers")]
    embeds = [] if fields.get("content") else listed_in(fields, "embeds")
    shown = [f"embed: {text_in(e, 'title', 'description', 'url')}"[:80] for e in embeds]
    return join([*files, *stickers, *shown])
