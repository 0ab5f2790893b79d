"""Google Chat as Google Takeout gives it: a folder for each conversation with `messages.json`.

Facts of 2021 to 2026: dates are sentences in the language of the account, ids hold the topic that a
message answers, and `user_info.json` tells who the owner is.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.attached import describe_one, join
from ingest.sources.date_sentence import read_date_sentence
from ingest.sources.json_stream import Listed, load, opens_as
from ingest.sources.values import Fields, fields_in, fields_of, id_in, listed_in, text_in

UNKNOWN = "Unknown"
_MESSAGES = re.compile(rb'\W*\{\s*"messages"\s*:\s*\[')
_MESSAGE = re.compile(rb'"(?:creator|created_date|topic_id|message_id)"\s*:')


class GoogleChat:
    """Reads Google Chat out of Google Takeout, as one source."""

    format = "google-chat"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the first conversation of each export."""
        firsts: dict[PurePosixPath, str] = {}
        for name in _conversations(archive):
            firsts.setdefault(_root(name), name)
        return list(firsts.values())

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield conversation by conversation."""
        owner = _owner(archive)
        files = [file for file in _conversations(archive) if _root(file) == _root(name)]
        for file in files or [name]:
            path = PurePosixPath(file)
            about = load(archive, path.with_name("group_info.json").as_posix())
            yield _conversation(path.parent.name or path.stem, fields_in({"": about}, ""), owner)
            place = f"{path.parent.name}, " if path.parent.name else ""
            yield from Listed(archive, file, "messages").each(partial(_items, owner), place=place)


def _conversations(archive: Archive) -> list[str]:
    names = (name for name in archive.names if name.casefold().endswith(".json"))
    return [name for name in names if _opens_as_chat(head(archive, name, 8192))]


def _opens_as_chat(start: bytes) -> bool:
    if not (opens_as(start, b"{") and _MESSAGES.match(start)):
        return False
    return len({found[0] for found in _MESSAGE.finditer(start)}) >= 2


def _root(name: str) -> PurePosixPath:
    return PurePosixPath(name).parent.parent


def _owner(archive: Archive) -> str | None:
    """Return the mail address of the owner, where the export tells it."""
    names = [name for name in archive.names if PurePosixPath(name).name == "user_info.json"]
    users = [fields_in(fields_in({"": load(archive, name)}, ""), "user") for name in names]
    addresses = {user["email"] for user in users if isinstance(user.get("email"), str)}
    return addresses.pop() if len(addresses) == 1 else None


def _conversation(folder: str, about: Fields, owner: str | None) -> Conversation:
    members = listed_in(about, "members")
    people = [str(m.get("name") or m.get("email")) for m in members if m.get("email") != owner]
    direct = folder.startswith("DM") and len(members) <= 2
    return Conversation(
        key=folder,
        title=str(about.get("name") or ", ".join(people) or folder),
        form="chat" if direct else "group",
    )


def _items(owner: str | None, value: object, where: str) -> Iterator[Item]:
    """Yield a message; one whose date can't be read has none, and a note tells so."""
    fields, said_at = fields_of(value), None
    if written := text_in(fields, "created_date"):
        try:
            said_at = read_date_sentence(written)
        except ValueError:
            yield Skipped(
                where=where, why=f"no date: {written[:60]!r}; the message is kept without"
            )
    yield _message(owner, fields, where, said_at)


def _message(owner: str | None, fields: Fields, where: str, said_at: datetime | None) -> Item:
    creator, written = fields_in(fields, "creator"), text_in(fields, "created_date")
    deleted = text_in(fields, "message_state") == "DELETED" or "deletion_metadata" in fields
    if not creator and not written:
        return Skipped(where=where, why="a message without a creator or a date")
    email = id_in(creator, "email")
    own = email is not None and email == owner
    message_id = id_in(fields, "message_id")
    return Message(
        where=where,
        # A text without an author is the owner's.
        author="" if own else text_in(creator, "name", "email") or UNKNOWN,
        author_key=None if own else email,
        said_at=said_at,
        text=text_in(fields, "text"),
        external_id=message_id,
        attachment=_attachment(fields),
        reply_to=_answered(fields, message_id),
        quoted=text_in(creator, "user_type").casefold() == "bot",
        system=deleted,
    )


def _answered(fields: Fields, message_id: str | None) -> str | None:
    """Return the message that is quoted, or else the first of the topic."""
    if quoted := id_in(fields_in(fields, "quoted_message_metadata"), "message_id"):
        return quoted
    space, _, rest = (message_id or "").partition("/")
    topic, _, number = rest.partition("/")
    return f"{space}/{topic}/{topic}" if number and number != topic else None


def _attachment(fields: Fields) -> str | None:
    files = listed_in(fields, "attached_files")
    kinds = [describe_one(text_in(file, "original_name", "export_name")) for file in files]
    if not kinds and not fields.get("text") and fields.get("annotations"):
        kinds = ["card"]
    return join(kinds)
