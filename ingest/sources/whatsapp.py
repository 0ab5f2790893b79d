"""WhatsApp text exports of Android and iOS, bare or in a zip ("Export chat" in the app).

Facts of 2024 to 2026. Times are local without zone; there are no message ids, no reactions and no
reply links.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, DateOrder, DatesUnclear, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.lines import LONGEST_LINE, Line, decode_start, read_lines
from ingest.sources.whatsapp_bodies import is_platform_text, read_body
from ingest.sources.whatsapp_header import Header, read_header, strip_marks
from ingest.sources.whatsapp_survey import Survey, part, survey

_TITLE = re.compile(
    r"(?:WhatsApp Chat with |WhatsApp Chat - |Chat de WhatsApp con |WhatsApp-Chat mit |"
    r"Conversa do WhatsApp com |Discussion WhatsApp avec |Chat WhatsApp con |WhatsApp-chat met |"
    r"Чат WhatsApp с )",
    re.IGNORECASE,
)
_COPY = re.compile(r"\s*\(\d+\)$|(?<=^_chat) \d+$")
_NAMELESS = ("_chat", "chat")
_TRIED_LINES = 40
_MOST_NAMED = 4
LONGEST_MESSAGE = LONGEST_LINE


class WhatsApp:
    """Reads "Export chat" of WhatsApp."""

    format = "whatsapp"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the text files whose first lines have heads of messages."""
        texts = (name for name in archive.names if name.casefold().endswith(".txt"))
        return [name for name in texts if _has_heads(decode_start(head(archive, name)))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield the chat."""
        found = survey(archive, name)
        yield _conversation(archive, name, found)
        settled = options.date_order or (options.if_unclear if found.unclear else None)
        order = settled or found.order
        if found.unclear and not settled:
            yield DatesUnclear(example=found.unclear, read_as=order)
        pending: _Open | None = None
        for line in read_lines(archive, name):
            if line.damage:
                yield Skipped(where=f"line {line.number}", why=line.damage)
            header = read_header(line.text, bracketed=found.bracketed)
            if header is not None:
                if pending is not None:
                    yield pending.close(order, found)
                start = line.text[header.end :]
                pending = _Open(line, header, [start], len(start))
            elif pending is not None:
                yield from pending.go_on(line)
            elif line.text.strip():
                yield Skipped(where=f"line {line.number}", why="stands before the first message")
        if pending is not None:
            yield pending.close(order, found)


def _has_heads(start: str) -> bool:
    return any(read_header(line) for line in start.split("\n")[:_TRIED_LINES])


def _conversation(archive: Archive, name: str, found: Survey) -> Conversation:
    title = _title(archive, name, found)
    people = blake2b("\n".join(sorted(found.people)).encode(), digest_size=6).hexdigest()
    return Conversation(key=f"{title} #{people}", title=title, form=found.form)


def _title(archive: Archive, name: str, found: Survey) -> str:
    """Return the name of the file, else of what holds it, else of who is in it."""
    path = PurePosixPath(name)
    for stem in (path.stem, path.parent.name, PurePosixPath(archive.label).stem):
        bare = _COPY.sub("", stem)
        if bare and bare.casefold() not in _NAMELESS:
            return _TITLE.sub("", bare).strip() or bare
    if found.group or not found.people:
        return found.group or path.stem
    named = sorted(found.people)
    more = ", …" if len(named) > _MOST_NAMED else ""
    return ", ".join(named[:_MOST_NAMED]) + more


@dataclass(slots=True)
class _Open:
    """A message whose lines are still coming."""

    line: Line
    header: Header
    parts: list[str]
    size: int

    def go_on(self, line: Line) -> Iterator[Item]:
        """Take one more line, up to the longest message that is kept."""
        if self.size > LONGEST_MESSAGE:
            return
        self.size += len(line.text) + 1
        if self.size > LONGEST_MESSAGE:
            why = f"the message is longer than {LONGEST_MESSAGE:,} characters; the rest is left out"
            yield Skipped(where=f"line {line.number}", why=why)
        else:
            self.parts.append(line.text)

    def close(self, order: DateOrder, found: Survey) -> Message | Skipped:
        """Return the message."""
        where = f"line {self.line.number}"
        try:
            said_at = self.header.moment(order)
        except ValueError:
            head = self.line.text[: self.header.end].strip(" -")
            return Skipped(where=where, why=f"there is no such day or time: {head!r}")
        author, raw = part("\n".join(self.parts).rstrip("\n"))
        if not author:
            return Message(where=where, author="", said_at=said_at, text=raw, system=True)
        body = read_body(raw)
        return Message(
            where=where,
            author=author,
            said_at=said_at,
            text=strip_marks(body.text),
            attachment=body.attachment,
            system=body.system or (not body.attachment and _is_notice(author, raw, found)),
        )


def _is_notice(author: str, raw: str, found: Survey) -> bool:
    """Say whether the platform speaks, in the name of a person or of the group."""
    if not raw.startswith("\u200e"):
        return False
    return is_platform_text(raw) or (found.bracketed and author not in found.people)
