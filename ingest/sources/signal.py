"""Signal chats as `sigexport` writes them: `data.json`, or `chat.md` where there is no other.

Facts of its versions 1 to 3 (2021 to 2026): a folder for each chat, `Me` is the owner, times are
local; `chat.md` had a comma and no seconds before. `data.json` has a message in each line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal, cast

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.attached import describe_one, join
from ingest.sources.json_stream import Listed, opens_as
from ingest.sources.lines import LONGEST_LINE, Line, decode_start, read_lines
from ingest.sources.values import Fields, listed_in, text_in

_HEAD = re.compile(
    r"\[(\d{4}-\d\d-\d\d),? (\d\d:\d\d(?::\d\d)?)\] ([^\n]{1,300}?):(?: |$)", re.ASCII
)
_KEYS = re.compile(rb'"(?:date|sender|body|quote|sticker|reactions|attachments)"\s*:')
_FILE = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(\.{1,2}/[^()\n]{0,500}\)(?: {0,2})")
_STICKER = re.compile(r"\(\( (.{1,40}) \)\)")
_NOTICE = re.compile(
    r"\(This message was deleted\)|(?:Incoming|Outgoing|Missed) (?:(?:voice|video|group) )?call"
    r"(?: \([^()\n]{1,60}\))?"
)
_ME = "Me"
_TRIED_LINES = 40


class Signal:
    """Reads the chats of sigexport."""

    format = "signal"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return one file for each chat, `data.json` where there is one."""
        exact = [name for name in archive.names if _is_data(archive, name)]
        done = {PurePosixPath(name).parent for name in exact if PurePosixPath(name).parent.name}
        return exact + [
            name
            for name in archive.names
            if name.casefold().endswith((".md", ".txt"))
            and PurePosixPath(name).parent not in done
            and _has_heads(decode_start(head(archive, name)))
        ]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield the chat."""
        path = PurePosixPath(name)
        title = path.parent.name or PurePosixPath(archive.label).stem
        yield Conversation(key=title, title=title, form=_form(archive, path))
        if _is_data(archive, name):
            yield from Listed(archive, name).items(_message)
        else:
            yield from _chat(archive, name)


def _form(archive: Archive, path: PurePosixPath) -> Literal["chat", "group"]:
    """Return what the chat is; the exporter lists the members of groups beside them."""
    return "group" if path.with_name("members.csv").as_posix() in archive.names else "chat"


def _is_data(archive: Archive, name: str) -> bool:
    if not name.casefold().endswith(".json"):
        return False
    start = head(archive, name)
    keys = {found[0].rstrip(b": ") for found in _KEYS.finditer(start)}
    return opens_as(start, b'{"date"') and len(keys) == 7


def _has_heads(start: str) -> bool:
    lines = [line for line in start.split("\n")[:_TRIED_LINES] if line.strip()]
    return bool(lines) and _HEAD.match(lines[0]) is not None


def _message(fields: Fields, where: str) -> Item:
    sender, date = text_in(fields, "sender"), text_in(fields, "date")
    if not sender or not date:
        return Skipped(where=where, why="a message without a sender or a date")
    sticker = fields.get("sticker")
    emoji = cast(Fields, sticker).get("emoji") if isinstance(sticker, dict) else sticker
    files = [describe_one(text_in(f, "name", "path")) for f in listed_in(fields, "attachments")]
    words = text_in(fields, "body").removesuffix("  ")
    gone = fields.get("deleted") is True
    return Message(
        where=where,
        author=_author(sender),
        said_at=datetime.fromisoformat(date),
        text=words,
        attachment=join([*([f"sticker {emoji}"] if emoji else []), *files]),
        system=gone or fields.get("call") is True or _NOTICE.fullmatch(words.strip()) is not None,
    )


def _author(sender: str) -> str:
    # A text without an author is the owner's.
    return "" if sender == _ME else sender


@dataclass(slots=True)
class _Open:
    """A message of `chat.md` whose lines are still coming."""

    line: Line
    found: re.Match[str]
    lines: list[str]
    size: int = 0


def _chat(archive: Archive, name: str) -> Iterator[Item]:
    pending: _Open | None = None
    for line in read_lines(archive, name):
        if line.damage:
            yield Skipped(where=f"line {line.number}", why=line.damage)
        if found := _HEAD.match(line.text):
            if pending is not None:
                yield _closed(pending)
            pending = _Open(line, found, [line.text[found.end() :]])
        elif pending is not None:
            yield from _taken(pending, line)
        elif line.text.strip():
            yield Skipped(where=f"line {line.number}", why="stands before the first message")
    if pending is not None:
        yield _closed(pending)


def _taken(message: _Open, line: Line) -> Iterator[Item]:
    if message.size > LONGEST_LINE:
        return
    message.size += len(line.text) + 1
    if message.size > LONGEST_LINE:
        why = f"the message is longer than {LONGEST_LINE:,} characters; the rest is left out"
        yield Skipped(where=f"line {line.number}", why=why)
    else:
        message.lines.append(line.text)


def _closed(message: _Open) -> Item:
    where, (day, time, sender) = f"line {message.line.number}", message.found.groups()
    try:
        said_at = datetime.fromisoformat(f"{day}T{time}")
    except ValueError:
        return Skipped(where=where, why=f"there is no such day or time: '{day} {time}'")
    words, kinds = _parted(message.lines)
    return Message(
        where=where,
        author=_author(sender),
        said_at=said_at,
        text=words,
        attachment=join(kinds),
        system=_NOTICE.fullmatch(words.strip()) is not None,
    )


def _parted(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Part a message's own words from what it answers, its reactions, its files and stickers."""
    own = _without_quote(lines)
    kinds: list[str] = []
    words: list[str] = []
    for line in own:
        if found := _STICKER.fullmatch(line.strip()):
            kinds.append(f"sticker {found[1]}")
        elif not _is_reactions(line.strip()):
            kinds += [describe_one(found[1]) for found in _FILE.finditer(line)]
            words.append(_FILE.sub("", line))
    text = "\n".join(words).rstrip("\n")
    return text.removesuffix("  "), kinds


def _is_reactions(line: str) -> bool:
    return line.startswith("(- ") and line.endswith(" -)") and ": " in line


def _without_quote(lines: Sequence[str]) -> Sequence[str]:
    """Leave out the quoted message, which stands before the words between empty lines."""
    if len(lines) < 3 or lines[0].strip() or lines[1].strip() or not lines[2].startswith("> "):
        return lines
    behind = next((n for n, line in enumerate(lines[2:], 2) if not line.startswith(">")), None)
    return lines[behind + 1 :] if behind is not None else []
