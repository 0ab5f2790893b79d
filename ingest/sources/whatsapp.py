"""WhatsApp text exports of Android and iOS, bare or in a zip ("Export chat" in the app).

Facts of 2024 to 2026. Times are local without zone; there are no message ids, no reactions and no
reply links. The first pass over a file finds the order of day and month and who is in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from ingest.archive import Archive, head
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import DateOrder, ReadOptions
from ingest.sources.lines import LONGEST_LINE, Line, decode_start, read_lines
from ingest.sources.whatsapp_bodies import is_group_notice, is_platform_text, read_body
from ingest.sources.whatsapp_header import Header, OrderVote, clean_name, read_header, strip_marks

_TITLE = re.compile(
    r"^(?:WhatsApp Chat with |WhatsApp Chat - |Chat de WhatsApp con |WhatsApp-Chat mit |"
    r"Conversa do WhatsApp com |Discussion WhatsApp avec |Chat WhatsApp con |WhatsApp-chat met )",
    re.IGNORECASE,
)
_COPY = re.compile(r"\s*\(\d+\)$")
_TRIED_LINES = 40
LONGEST_MESSAGE = LONGEST_LINE


class _Survey(NamedTuple):
    bracketed: bool
    order: DateOrder
    group: bool


@dataclass(slots=True)
class _Open:
    """A message whose lines are still coming."""

    line: Line
    header: Header
    parts: list[str]
    size: int


class WhatsApp:
    """Reads "Export chat" of WhatsApp."""

    format = "whatsapp"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the text files whose first lines have heads of messages."""
        texts = (name for name in archive.names if name.casefold().endswith(".txt"))
        return [name for name in texts if _has_heads(decode_start(head(archive, name)))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield the chat."""
        survey = _survey(archive, name)
        title = _title(archive, name)
        yield Conversation(key=title, title=title, form="group" if survey.group else "chat")
        order = options.date_order or survey.order
        pending: _Open | None = None
        for line in read_lines(archive, name):
            if line.damage:
                yield Skipped(f"line {line.number}", line.damage)
            header = read_header(line.text, bracketed=survey.bracketed)
            if header is not None:
                yield from _closed(pending, order)
                start = line.text[header.end :]
                pending = _Open(line, header, [start], len(start))
            elif pending is None:
                yield from _before_first(line)
            else:
                yield from _continued(pending, line)
        yield from _closed(pending, order)


def _has_heads(start: str) -> bool:
    lines = start.splitlines()[:_TRIED_LINES]
    return any(read_header(line) for line in lines)


def _survey(archive: Archive, name: str) -> _Survey:
    vote = OrderVote()
    bracketed: bool | None = None
    authors: set[str] = set()
    notices_of_group = False
    for line in read_lines(archive, name):
        header = read_header(line.text, bracketed=bracketed)
        if header is None:
            continue
        if bracketed is None:
            bracketed = strip_marks(line.text).startswith("[")
        vote.see(header)
        author, colon, body = line.text[header.end :].partition(": ")
        if colon and len(authors) < 4:
            authors.add(clean_name(author))
        elif not colon:
            notices_of_group = notices_of_group or is_group_notice(body or author)
    if bracketed is None:
        raise ImportProblem(f"{name} holds no WhatsApp messages")
    return _Survey(bracketed, vote.order(), len(authors) > 2 or notices_of_group)


def _title(archive: Archive, name: str) -> str:
    stem = PurePosixPath(name).stem
    if stem.casefold() in ("_chat", "chat"):
        stem = PurePosixPath(archive.label).stem
    return _COPY.sub("", _TITLE.sub("", stem)).strip() or stem


def _before_first(line: Line) -> Iterator[Item]:
    if line.text.strip():
        yield Skipped(f"line {line.number}", "stands before the first message")


def _continued(pending: _Open, line: Line) -> Iterator[Item]:
    if pending.size + len(line.text) > LONGEST_MESSAGE:
        yield Skipped(f"line {line.number}", f"the message is longer than {LONGEST_MESSAGE:,}")
        return
    pending.parts.append(line.text)
    pending.size += len(line.text) + 1


def _closed(pending: _Open | None, order: DateOrder) -> Iterator[Item]:
    if pending is None:
        return
    where = f"line {pending.line.number}"
    try:
        said_at = pending.header.moment(order)
    except ValueError:
        yield Skipped(where, f"there is no such day or time: {_quoted(pending)}")
        return
    yield _message("\n".join(pending.parts).rstrip("\n"), where, said_at)


def _quoted(pending: _Open) -> str:
    return repr(pending.line.text[: pending.header.end].strip(" -"))


def _message(content: str, where: str, said_at: datetime) -> Message:
    author, colon, raw = _split(content)
    if not colon:
        return Message(where=where, author="", said_at=said_at, text=content, system=True)
    marked = raw.startswith("\u200e")
    body = read_body(raw)
    return Message(
        where=where,
        author=clean_name(author),
        said_at=said_at,
        text=strip_marks(body.text),
        attachment=body.attachment,
        system=body.system or is_platform_text(raw, marked=marked),
    )


def _split(content: str) -> tuple[str, str, str]:
    """Part the name from the body, at the first `: `; a body may also be empty."""
    first, newline, rest = content.partition("\n")
    author, colon, start = first.partition(": ")
    if not colon and first.endswith(":"):
        author, colon, start = first[:-1], ":", ""
    if not colon or is_group_subject(author):
        return content, "", ""
    return author, colon, start + newline + rest


def is_group_subject(author: str) -> bool:
    """Say whether what stands before a colon is a notice about a subject, not a name."""
    return (
        re.search(r"\b(changed the (subject|group)|created group|cambió|mudou|hat den)\b", author)
        is not None
    )
