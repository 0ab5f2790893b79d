"""Facebook Messenger and Instagram, as "Download your information" gives them in JSON.

Facts of 2018 to 2026: a folder for each thread, its newest part first and in it its newest message
first, letters broken (`mojibake`), no ids of messages. End-to-end encrypted threads come apart, one
file each, with right letters and other names for everything.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, groupby
from pathlib import PurePosixPath

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.attached import describe_one, join
from ingest.sources.backwards import oldest_first
from ingest.sources.json_stream import Listed, opens_as
from ingest.sources.mojibake import repair_all
from ingest.sources.values import Fields, fields_in, listed_in, text_in, values_in

DELETED = "Facebook user"
_PARTICIPANTS = re.compile(rb'\W*\{\s*"participants"\s*:\s*\[')
_THREAD = re.compile(rb'"(?:messages|threadName)"\s*:')
_PART = re.compile(r"(?:.*/)?message_(\d+)\.json")
_FILES = {"photos": "photo", "videos": "video", "audio_files": "voice message", "gifs": "GIF"}
_AUTOMATIC = re.compile(
    r"reacted\b.{0,40} to your message|liked a message|this poll is no longer available\.|"
    r"ha reaccionado\b.{0,40} a tu mensaje|hat\b.{0,40} auf deine nachricht reagiert|"
    r"a réagi\b.{0,40} à votre message|reagiu\b.{0,40} à sua mensagem",
    re.IGNORECASE,
)
"""What the platform writes in people's names."""
_DONE = re.compile(
    r"(?:sent an attachment|envió un archivo adjunto|has enviado un archivo adjunto|"
    r"hat einen anhang gesendet|hast einen anhang gesendet|a envoyé une pièce jointe|"
    r"avez envoyé une pièce jointe|enviou um anexo|shared a (?:link|post|story|reel)|"
    r"sent a (?:photo|video|link|voice message|live location)|created a poll|voted for|"
    r"changed (?:their|your) vote|named the group|set (?:the|your|their|his|her) nickname|"
    r"changed the (?:chat )?theme|changed the group photo|left the group|called)\b.{0,200}",
    re.IGNORECASE,
)
"""What follows the name of the sender, or `You`, where the platform tells what somebody did."""


class Messenger:
    """Reads the threads of Messenger and Instagram, as one source."""

    format = "messenger"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the first file of all threads."""
        return list(_thread_files(archive))[:1]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield thread by thread, from its oldest message on."""
        files = sorted(_thread_files(archive) or [name], key=_thread_and_age) or [name]
        for thread, parts in groupby(files, key=lambda file: _thread_and_age(file)[0]):
            opened = False
            for part in parts:
                listed = Listed(archive, part, "messages")
                items = oldest_first(listed.items(_message, f"{part}, "))
                first = next(items, None)
                if not opened:
                    yield _conversation(listed.about, thread)
                    opened = True
                yield from () if first is None else chain((first,), items)


def _thread_files(archive: Archive) -> list[str]:
    names = (name for name in archive.names if name.casefold().endswith(".json"))
    return [name for name in names if _opens_as_thread(head(archive, name))]


def _opens_as_thread(start: bytes) -> bool:
    return (
        opens_as(start, b"{")
        and _PARTICIPANTS.match(start) is not None
        and _THREAD.search(start) is not None
    )


def _thread_and_age(name: str) -> tuple[str, int]:
    """Return which thread a file is of, and how new it is, the oldest first."""
    path, part = PurePosixPath(name), _PART.fullmatch(name)
    return (path.parent.as_posix(), -int(part[1][:9])) if part else (name, 0)


def _conversation(about: Fields, thread: str) -> Conversation:
    fields: Fields = repair_all(about)
    path = PurePosixPath(thread)
    people = [_name(p) for p in values_in(fields, "participants")]
    title = fields.get("title") or fields.get("threadName") or ", ".join(people)
    known = fields.get("thread_path") or fields.get("threadName")
    return Conversation(
        key=str(known or path.name),
        title=str(title or path.stem),
        form="group" if len(people) > 2 else "chat",
    )


def _name(participant: object) -> str:
    return str(fields_in({"": participant}, "").get("name") or participant)


def _message(fields: Fields, where: str) -> Item:
    if "senderName" in fields:
        return _encrypted(fields, where)
    fields = repair_all(fields)
    sender, moment = text_in(fields, "sender_name"), fields.get("timestamp_ms")
    if moment is None and not sender:
        return Skipped(where=where, why="a message without a sender or a time")
    words, attachment = text_in(fields, "content"), _attachment(fields)
    automatic = _is_automatic(words, sender)
    return Message(
        where=where,
        author=sender or DELETED,
        said_at=_moment(moment),
        text="" if automatic and attachment else words,
        attachment=attachment,
        system=fields.get("is_unsent") is True
        or "call_duration" in fields
        or (automatic and not attachment),
    )


def _is_automatic(words: str, sender: str) -> bool:
    line = words.strip()
    names = (sender, sender.split(" ")[0], "You")
    named = next((name for name in names if name and line.startswith(f"{name} ")), None)
    done = line[len(named) + 1 :] if named else ""
    return bool(_AUTOMATIC.fullmatch(line) or _DONE.fullmatch(done))


def _encrypted(fields: Fields, where: str) -> Item:
    media = [describe_one(text_in(file, "uri")) for file in listed_in(fields, "media")]
    kind = text_in(fields, "type")
    return Message(
        where=where,
        author=text_in(fields, "senderName") or DELETED,
        said_at=_moment(fields.get("timestamp")),
        text=text_in(fields, "text"),
        attachment=join(media),
        system=fields.get("isUnsent") is True or kind == "placeholder",
    )


def _moment(milliseconds: object) -> datetime | None:
    if milliseconds is None:
        return None
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int):
        raise TypeError("the time is no whole number")
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _attachment(fields: Fields) -> str | None:
    kinds = [kind for key, kind in _FILES.items() for _ in values_in(fields, key)]
    files = [describe_one(text_in(file, "uri")) for file in listed_in(fields, "files")]
    sticker = ["sticker"] if fields_in(fields, "sticker") else []
    share = fields_in(fields, "share")
    shared = text_in(share, "link", "share_text")
    link = [f"link: {shared}"[:200]] if shared and shared not in text_in(fields, "content") else []
    return join([*kinds, *files, *sticker, *link])
