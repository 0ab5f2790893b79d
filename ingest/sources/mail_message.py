"""One mail: its headers and the text of its body, whatever charset and encoding they are in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as Mail
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from ingest.sources.html_text import html_to_text
from ingest.sources.values import clean

_DEEPEST = 30
_IDS = re.compile(r"<([^<>\s]{1,500})>")
_ENCODED = re.compile(r"(\?=)\s+(=\?)")
_LONGEST_HEADER = 20_000


def parse_mail(raw: bytes) -> Mail:
    """Return a mail in its parts.

    Raises:
        ValueError: the parts are nested without end, or in no sensible way.
    """
    try:
        return message_from_bytes(raw)
    except (MessageError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"no mail: {type(error).__name__}") from error


def header(mail: Mail, name: str) -> str:
    """Return a header as text, with its encoded words decoded; empty if there is none."""
    return decoded(_raw(mail, name))


def _raw(mail: Mail, name: str) -> str:
    """Return a header as it stands, cut where no sensible one goes on."""
    wanted = name.casefold()
    found = (str(value) for key, value in mail.raw_items() if key.casefold() == wanted)
    return next(found, "")[:_LONGEST_HEADER]


def decoded(raw: str) -> str:
    """Return a header's value in plain characters, on one line."""
    try:
        pieces = decode_header(_ENCODED.sub(r"\1\2", " ".join(raw.split())))
    except (MessageError, ValueError, LookupError):
        pieces = [(raw, None)]
    text = "".join(
        piece if isinstance(piece, str) else decode_bytes(piece, charset)
        for piece, charset in pieces
    )
    return " ".join(_unescaped(text).split())


def decode_bytes(raw: bytes, charset: str | None) -> str:
    """Return bytes as text: by the charset named, or UTF-8, or Windows' western one."""
    for tried in (charset, "utf-8"):
        try:
            return clean(raw.decode(tried or "ascii"))
        except (UnicodeError, LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def _unescaped(text: str) -> str:
    """Undo how Python keeps raw bytes of headers."""
    if not any("\udc80" <= c <= "\udcff" for c in text):
        return clean(text)
    return decode_bytes(text.encode("utf-8", "surrogateescape"), None)


def sender(mail: Mail) -> tuple[str, str]:
    """Return name and address of who wrote it; the name is the address if there is none."""
    raw = _raw(mail, "From")
    name, address = parseaddr(" ".join(raw.split()))
    address = _unescaped(address).strip().casefold()
    if "@" not in address:
        return decoded(raw), ""
    return decoded(name) or address, address


def sent_at(mail: Mail) -> datetime | None:
    """Return when it was sent; None if it doesn't say so, or not in a sensible way."""
    try:
        moment = parsedate_to_datetime(_raw(mail, "Date")[:200])
        return moment.replace(tzinfo=moment.tzinfo or UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def ids(mail: Mail, name: str) -> list[str]:
    """Return the message ids in a header."""
    return [clean(found) for found in _IDS.findall(_raw(mail, name))]


def is_automatic(mail: Mail) -> bool:
    """Say whether it went to a list, or was written by no person."""
    answered = (_raw(mail, "Auto-Submitted") or "no").strip().casefold()
    precedence = _raw(mail, "Precedence").strip().casefold()
    return (
        any(name in mail for name in ("List-Id", "List-Unsubscribe", "X-Autoreply"))
        or not answered.startswith("no")
        or precedence in ("bulk", "list", "junk", "auto_reply")
    )


def body(mail: Mail) -> str:
    """Return the text of a mail: its plain parts, or else those in HTML with the tags removed."""
    return "\n\n".join(text for text in _texts(mail, 0) if text.strip())


def attachments(mail: Mail) -> list[str]:
    """Return the names of what is attached."""
    names: list[str] = []
    for part in _leaves(mail, 0):
        if _is_attached(part):
            names.append(decoded(str(part.get_filename() or "")) or part.get_content_type())
    return names


def part_of_type(mail: Mail, kind: str) -> bytes | None:
    """Return the content of the first part of a type, if there is one."""
    found = (part for part in _leaves(mail, 0) if part.get_content_type() == kind)
    part = next(found, None)
    return None if part is None else _content(part)


def _leaves(part: Mail, depth: int) -> Iterator[Mail]:
    if part.get_content_maintype() == "message" or not part.is_multipart() or depth > _DEEPEST:
        yield part
        return
    for inner in _inner(part):
        yield from _leaves(inner, depth + 1)


def _inner(part: Mail) -> list[Mail]:
    payload = part.get_payload()
    inner = cast("list[object]", payload) if isinstance(payload, list) else []
    return [found for found in inner if isinstance(found, Mail)]


def _texts(part: Mail, depth: int) -> Iterator[str]:
    if not part.is_multipart() or part.get_content_maintype() == "message":
        if not _is_attached(part):
            yield _text(part)
    elif depth <= _DEEPEST and part.get_content_subtype() == "alternative":
        options = [list(_texts(inner, depth + 1)) for inner in _inner(part)]
        kinds = [inner.get_content_type() for inner in _inner(part)]
        plain = [o for o, kind in zip(options, kinds, strict=True) if kind == "text/plain"]
        filled = [o for o in (*plain, *options) if any(text.strip() for text in o)]
        yield from filled[0] if filled else []
    elif depth <= _DEEPEST:
        for inner in _inner(part):
            yield from _texts(inner, depth + 1)


def _is_attached(part: Mail) -> bool:
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return True
    return part.get_content_type() not in ("text/plain", "text/html")


def _text(part: Mail) -> str:
    raw, charset = _content(part), part.get_content_charset()
    if part.get_content_subtype() == "html":
        return html_to_text(decode_bytes(raw, charset))
    text = decode_bytes(raw, charset).replace("\r\n", "\n")
    flowed = str(part.get_param("format", "")).casefold() == "flowed"
    return _unwrapped(text, str(part.get_param("delsp", ""))) if flowed else text


def _content(part: Mail) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _unwrapped(text: str, delete_space: str) -> str:
    """Join lines that were broken for the way only, as RFC 3676 tells them by a space."""
    lines: list[str] = []
    open_line = False
    for line in text.split("\n"):
        continues = open_line and not line.startswith(">") and line != "-- "
        shown = line.removeprefix(" ")
        open_line = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if open_line and delete_space.casefold() == "yes":
            shown = shown[:-1]
        if continues:
            lines[-1] += shown
        else:
            lines.append(shown)
    return "\n".join(lines)
