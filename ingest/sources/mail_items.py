"""The items of one mail: its author's words, what they quote, and old chats of Gmail."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message as Mail
from hashlib import sha256

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from ingest.record import Conversation, Item, Message, Skipped
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
SPAM = frozenset({"spam", "junk"})
_ANSWERING = re.compile(
    r"^(?:(?:re|aw|fw|fwd|wg|sv|vs|antw|rv|res|r|tr|odp)(?:\[\d+\])?:\s*)+", re.I
)


class Mails:
    """Makes items of one mail after the other, and knows which were read already."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def items(
        self, content: bytes, where: str, *, cut: bool = False, spam: bool = False
    ) -> Iterator[Item]:
        """Yield the conversation and the words of a mail.

        Args:
            content: the mail as it was sent.
            where: its place in the export.
            cut: whether there is more of it than was read.
            spam: whether it lay among spam.
        """
        if cut:
            yield Skipped(where=where, why=f"larger than {LARGEST >> 20} MiB; cut there")
        yield from guarded(where, lambda: _items(content, where, self._seen, spam=spam))


def _items(content: bytes, where: str, seen: set[int], *, spam: bool) -> Iterator[Item]:
    mail = parse_mail(content)
    if not mail.keys():
        yield Skipped(where=where, why="a mail without headers")
        return
    labels = {label.strip().casefold() for label in header(mail, "X-Gmail-Labels").split(",")}
    if "chat" in labels and (talk := part_of_type(mail, "text/xml")):
        yield from _talk(mail, talk, where)
        return
    subject = header(mail, "Subject")
    title = _ANSWERING.sub("", subject).strip() or "(no subject)"
    message_id = _message_id(mail, content)
    yield Conversation(key=_thread(mail, message_id), title=title[:300], form="mail")
    yield from _message(mail, where, message_id, seen, spam=spam or bool(labels & SPAM))


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
