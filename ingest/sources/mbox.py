"""E-mail as mbox: Gmail Takeout, Thunderbird, Apple Mail and others, one mail at a time.

Facts as of 2024 to 2026: a mail begins at a line `From ` after an empty one; Gmail adds labels and
a thread, and keeps its old chats as mails labelled `Chat`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.message import Message as Mail
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from ingest.archive import Archive, head
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.mail_body import part_body
from ingest.sources.mail_message import (
    attachments,
    body,
    header,
    ids,
    is_automatic,
    parse_mail,
    part_of_type,
    sender,
    sent_at,
)
from ingest.sources.values import clean, guarded, since_1970

LARGEST = 48 * 1024**2
"""Bytes of one mail that are kept; more than any mail service lets through."""
_LINE = 65_536
_START = re.compile(rb"From [^\r\n]{0,300}\d{4}|From - |From \S+\s*$")
_FIELD = re.compile(rb"[!-9;-~]{1,80}:")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_ANSWERING = re.compile(
    r"^(?:(?:re|aw|fw|fwd|wg|sv|vs|antw|rv|res|r|tr|odp)(?:\[\d+\])?:\s*)+", re.I
)
_SPAM = {"spam", "junk"}


class Mbox:
    """Reads mbox files."""

    format = "mbox"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files that open as mbox does."""
        return [name for name in archive.names if _opens_as_mbox(archive, name)]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield mail by mail, each in its thread."""
        if not _opens_as_mbox(archive, name):
            raise ImportProblem(f"{name} is no mbox: it doesn't begin with a mail")
        seen: set[int] = set()
        with archive.open(name) as file:
            for raw in _mails(file):
                if raw.cut:
                    yield Skipped(
                        where=raw.where, why=f"larger than {LARGEST >> 20} MiB; cut there"
                    )
                yield from guarded(raw.where, lambda raw=raw: _items(raw, seen))


class _Raw(NamedTuple):
    where: str
    content: bytes
    cut: bool


def _opens_as_mbox(archive: Archive, name: str) -> bool:
    start = head(archive, name, 4096).lstrip(b"\r\n")
    first, _, rest = start.partition(b"\n")
    return first.startswith(b"From ") and bool(_START.match(first) and _FIELD.match(rest))


def _mails(file: BinaryIO) -> Iterator[_Raw]:
    """Yield the mails of an mbox; a line is held at a time, and one mail."""
    number, size, blank, whole = 0, 0, True, True
    lines: list[bytes] = []
    while line := file.readline(_LINE):
        if blank and whole and line.startswith(b"From ") and _START.match(line):
            if lines:
                yield _raw(number, lines, size)
            number, size, lines = number + 1, 0, []
        elif number or line.strip():
            size += len(line)
            if size <= LARGEST:
                lines.append(line)
        blank = whole and not line.rstrip(b"\r\n")
        whole = line.endswith(b"\n")
    if lines:
        yield _raw(number, lines, size)


def _raw(number: int, lines: list[bytes], size: int) -> _Raw:
    content = _QUOTED_FROM.sub(rb"\1", b"".join(lines))
    return _Raw(f"mail {number}", content, size > LARGEST)


def _items(raw: _Raw, seen: set[int]) -> Iterator[Item]:
    mail = parse_mail(raw.content)
    if not mail.keys():
        yield Skipped(where=raw.where, why="a mail without headers")
        return
    labels = {label.strip().casefold() for label in header(mail, "X-Gmail-Labels").split(",")}
    if "chat" in labels and (talk := part_of_type(mail, "text/xml")):
        yield from _talk(mail, talk, raw.where)
        return
    subject = header(mail, "Subject")
    title = _ANSWERING.sub("", subject).strip() or "(no subject)"
    message_id = _message_id(mail, raw.content)
    yield Conversation(key=_thread(mail, message_id), title=title[:300], form="mail")
    yield from _message(mail, raw.where, message_id, seen, spam=bool(labels & _SPAM))


def _message(
    mail: Mail, where: str, message_id: str, seen: set[int], *, spam: bool
) -> Iterator[Message]:
    """Yield the author's words, and what they quote unless that mail was read already."""
    author, address = sender(mail)
    own, quoted = part_body(body(mail))
    files = attachments(mail)
    answered = (ids(mail, "In-Reply-To") or ids(mail, "References")[-1:] or [None])[0]
    written = Message(
        where=where,
        author=author or "unknown sender",
        author_key=address or None,
        said_at=sent_at(mail),
        text=own,
        external_id=message_id,
        attachment=("file: " + ", ".join(files))[:300] if files else None,
        reply_to=answered,
        quoted=is_automatic(mail),
        system=spam,
    )
    seen.add(hash(message_id))
    yield written
    if quoted and not spam and (answered is None or hash(answered) not in seen):
        yield Message(
            where=where,
            author=written.author,
            author_key=written.author_key,
            said_at=written.said_at,
            text=quoted,
            external_id=f"{message_id}#quoted",
            quoted=True,
        )


def _message_id(mail: Mail, raw: bytes) -> str:
    found = ids(mail, "Message-ID")
    if found:
        return found[0]
    plain = header(mail, "Message-ID").strip()
    return plain[:500] if plain else f"sha256:{sha256(raw.strip()).hexdigest()[:32]}"


def _thread(mail: Mail, message_id: str) -> str:
    gmail = header(mail, "X-GM-THRID")
    if gmail:
        return f"thread {gmail}"
    return (ids(mail, "References") or ids(mail, "In-Reply-To") or [message_id])[0]


def _talk(mail: Mail, content: bytes, where: str) -> Iterator[Item]:
    """Yield the messages of an old Gmail chat."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        yield Skipped(where=where, why=f"a chat that can't be read: {type(error).__name__}")
        return
    key = _message_id(mail, content)
    yield Conversation(key=key, title=header(mail, "Subject") or "Chat", form="chat")
    for number, entry in enumerate(root.iter("{jabber:client}message"), 1):
        text = clean(entry.findtext("{jabber:client}body") or "")
        author = clean(entry.get("from") or "").partition("/")[0].casefold()
        yield Message(
            where=f"{where}, line {number} of the chat",
            author=author or "unknown sender",
            author_key=author or None,
            said_at=_stamp(dict(entry.attrib)),
            text=text,
            external_id=f"{key}#{number}",
            system=not text,
        )


def _stamp(attributes: dict[str, str]) -> datetime | None:
    stamps = [value for name, value in attributes.items() if name.endswith("time-stamp")]
    try:
        return since_1970(float(stamps[0])).astimezone(UTC) if stamps else None
    except ValueError:
        return None
