"""Slack's export of a workspace: a folder for each channel, a file for each day.

Facts of 2020 to 2026: `ts` is the time and the id at once, people are ids that `users.json`
resolves, and the messages of a day are not always in order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Literal, cast

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.attached import describe_one, join
from ingest.sources.json_stream import Listed, opens_as
from ingest.sources.slack_text import plain_text
from ingest.sources.values import Fields, fields_in, id_in, listed_in, text_in, values_in

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json", re.ASCII)
_MESSAGE = re.compile(rb'"ts"\s*:\s*"\d+\.\d+"')
_USERS = ("users.json", "org_users.json")
_LISTS: dict[str, Literal["chat", "group"]] = {
    "channels.json": "group",
    "groups.json": "group",
    "mpims.json": "group",
    "dms.json": "chat",
}
_SAID = frozenset(
    {"bot_message", "file_comment", "file_share", "me_message", "reply_broadcast",
     "thread_broadcast"}
)  # fmt: skip
"""Subtypes of messages that somebody said; what has none was said too."""


class Slack:
    """Reads a Slack export, as one source."""

    format = "slack"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return one file for each export: the list of its users or channels, or its first day."""
        claimed: dict[PurePosixPath, str] = {}
        for name in _days(archive):
            root = PurePosixPath(name).parent.parent
            if root not in claimed and _MESSAGE.search(_start(archive, name)):
                claimed[root] = _anchor(archive, root) or name
        return list(claimed.values())

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield channel by channel, day by day."""
        path = PurePosixPath(name)
        root = path.parent.parent if _DAY.fullmatch(path.name) else path.parent
        workspace = _workspace(archive, root)
        folder = ""
        days = [d for d in _days(archive) if PurePosixPath(d).parent.parent == root]
        for day in days or [name]:
            if not folder or PurePosixPath(day).parent.name != folder:
                folder = PurePosixPath(day).parent.name
                yield workspace.conversation(folder or path.stem)
            yield from _in_order(workspace.day(archive, day))


def _days(archive: Archive) -> Iterator[str]:
    """Yield the files of days, channel by channel."""
    names = (name for name in archive.names if _DAY.fullmatch(PurePosixPath(name).name))
    return (name for name in names if opens_as(_start(archive, name), b"["))


def _start(archive: Archive, name: str) -> bytes:
    return head(archive, name, 8192)


def _anchor(archive: Archive, root: PurePosixPath) -> str | None:
    names = ((root / name).as_posix() for name in (*_USERS, *_LISTS))
    return next((name for name in names if name in archive.names), None)


@dataclass(slots=True)
class _Workspace:
    """Who is in the workspace, and which channels it has."""

    names: dict[str, str] = field(default_factory=dict[str, str])
    """What users and channels are called, by their ids."""
    channels: dict[str, Conversation] = field(default_factory=dict[str, Conversation])
    """The channels by the names of their folders."""

    def conversation(self, folder: str) -> Conversation:
        """Return the channel that a folder holds."""
        return self.channels.get(folder) or Conversation(key=folder, title=folder, form="group")

    def day(self, archive: Archive, name: str) -> Iterator[Item]:
        """Yield the messages of a day."""
        path = PurePosixPath(name)
        return Listed(archive, name).items(self._message, f"{path.parent.name}/{path.name}, ")

    def _message(self, fields: Fields, where: str) -> Item:
        ts = id_in(fields, "ts")
        if fields.get("type") != "message" or ts is None:
            return Skipped(where=where, why="not of the type `message`, or without `ts`")
        subtype, thread = text_in(fields, "subtype"), id_in(fields, "thread_ts")
        words, shared = text_in(fields, "text"), listed_in(fields, "attachments")
        bot = subtype == "bot_message" or "bot_id" in fields
        return Message(
            where=where,
            author=self._author(fields),
            author_key=id_in(fields, "user") or id_in(fields, "bot_id"),
            said_at=datetime.fromtimestamp(float(ts), UTC),
            text=plain_text(words or _shared_text(shared), self.names),
            external_id=ts,
            attachment=_attachment(fields),
            reply_to=thread if thread != ts else None,
            quoted=bot or (bool(shared) and not words),
            system=bool(subtype) and subtype not in _SAID,
        )

    def _author(self, fields: Fields) -> str:
        user = id_in(fields, "user")
        if user in self.names:
            return self.names[user]
        profile = fields_in(fields, "user_profile")
        bot = fields_in(fields, "bot_profile")
        named = text_in(profile, "display_name", "real_name", "name")
        named = named or text_in(fields, "username") or text_in(bot, "name")
        return named or user or id_in(fields, "bot_id") or "Unknown"


def _workspace(archive: Archive, root: PurePosixPath) -> _Workspace:
    known = _Workspace()
    for name in _USERS:
        for user in _listed(archive, root / name):
            known.names[str(user.get("id"))] = _user_name(user)
    for name, form in _LISTS.items():
        for channel in _listed(archive, root / name):
            key, title = str(channel.get("id")), channel.get("name")
            members = values_in(channel, "members")
            people = ", ".join(known.names.get(str(m), str(m)) for m in members)
            folder = str(title or key)
            shown = people if people and (form == "chat" or name == "mpims.json") else folder
            known.names.setdefault(key, folder)
            known.channels[folder] = Conversation(key=key, title=shown, form=form)
    return known


def _listed(archive: Archive, path: PurePosixPath) -> Iterator[Fields]:
    if (name := path.as_posix()) in archive.names:
        values = Listed(archive, name)
        yield from (cast(Fields, value) for value in values if isinstance(value, dict))


def _user_name(user: Fields) -> str:
    profile = fields_in(user, "profile")
    tried = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    return str(next((name for name in (*tried, user.get("name")) if name), user.get("id")))


def _shared_text(shared: Sequence[Fields]) -> str:
    """Return the words of messages that somebody passed on, or of a bot's cards."""
    return "\n".join(text for one in shared if (text := text_in(one, "text", "fallback")))


def _attachment(fields: Fields) -> str | None:
    files = listed_in(fields, "files") or listed_in({"": [fields.get("file")]}, "")
    return join(
        "deleted file" if file.get("mode") == "tombstone" else describe_one(_file_name(file))
        for file in files
    )


def _file_name(file: Fields) -> str:
    name, kind = text_in(file, "name", "title"), text_in(file, "filetype")
    return f"{name}.{kind}" if name and kind and "." not in name else name


def _in_order(day: Iterator[Item]) -> list[Item]:
    """Return a day's items by time; what was skipped stays behind the message before it."""
    last = datetime.min.replace(tzinfo=UTC)
    dated: list[tuple[datetime, Item]] = []
    for item in day:
        last = (item.said_at or last) if isinstance(item, Message) else last
        dated.append((last, item))
    return [item for _, item in sorted(dated, key=lambda entry: entry[0])]
