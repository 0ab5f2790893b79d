"""What a reader yields: conversations, the messages in them, and what had to be skipped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DateOrder = Literal["day-first", "month-first", "year-first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Opens a conversation: the messages that follow belong to it until the next one opens."""

    key: str
    """Names the conversation inside its export, e.g. a chat id or the chat's title."""
    title: str
    """Title as people see it."""
    form: Literal["chat", "group", "document", "interview", "post", "mail"] = "chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as the export has it; `text` is never altered beyond decoding."""

    where: str
    """Place in the export for a person to look at, e.g. `line 12` or `message 7`."""
    author: str
    """Name as the export has it; empty when the export gives none."""
    author_key: str | None = None
    """The platform's stable id of the author, where it has one."""
    said_at: datetime | None = None
    """Aware when the export is exact; naive means local time of the owner; None when unknown."""
    text: str = ""
    external_id: str | None = None
    """The platform's id of the message, unique inside its conversation, where it has one."""
    attachment: str | None = None
    """What came with the text, in a few words: `photo`, `voice message`, `file: plan.pdf`."""
    reply_to: str | None = None
    """`external_id` of the message this one answers."""
    prompt: str | None = None
    """The question this message answers, in an interview."""
    quoted: bool = False
    """True when the words are not the author's own (forwarded, sent via a bot, pasted)."""
    system: bool = False
    """True for what the platform says, not a person; kept out of memory but counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A part of the export that couldn't be read, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesUnclear:
    """Nothing in the export tells the day from the month; it is read as said, until settled."""

    example: str
    """A date as it stands in the export."""
    read_as: DateOrder


Item = Conversation | Message | Skipped | DatesUnclear
