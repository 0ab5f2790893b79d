"""What an import found, counted so that every message is accounted for."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ingest.record import DatesUnclear, Message, Skipped

MOST_LISTED = 200
"""How many skipped places a report lists; it counts them all."""


@dataclass(slots=True, kw_only=True)
class Report:
    """Counts of one file; `messages` = `own` + `others`, and `media` of them carry an attachment.

    What the platform itself says is counted in `system` and not kept.
    """

    file: str
    format: str
    conversations: int = 0
    messages: int = 0
    own: int = 0
    others: int = 0
    system: int = 0
    media: int = 0
    added: int = 0
    skipped_count: int = 0
    skipped: list[Skipped] = field(default_factory=list[Skipped])
    first: datetime | None = None
    last: datetime | None = None
    authors: Counter[str] = field(default_factory=Counter[str])
    titles: list[str] = field(default_factory=list[str])
    private: Counter[str] = field(default_factory=Counter[str])
    """In how many messages each kind of private data was found."""
    dates_unclear: DatesUnclear | None = None
    """What is to be asked about the order of day and month."""
    samples: list[Message] = field(default_factory=list[Message])
    unwanted: bool = False
    """True where nobody is known to be the owner: it is left out, and `skipped` says so."""

    def count(self, message: Message, said_at: datetime | None, *, own: bool) -> None:
        """Count a message."""
        if message.system:
            self.system += 1
            return
        self.messages += 1
        self.own += own
        self.others += not own
        self.media += message.attachment is not None
        self.authors[message.author] += 1
        if said_at is not None:
            self.first = min(self.first or said_at, said_at)
            self.last = max(self.last or said_at, said_at)
        if len(self.samples) < 5 and message.text:
            self.samples.append(message)

    def skip(self, skipped: Skipped) -> None:
        """Note a part that couldn't be read."""
        self.skipped_count += 1
        if len(self.skipped) < MOST_LISTED:
            self.skipped.append(skipped)

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command line prints it."""
        return {
            "file": self.file,
            "format": self.format,
            "conversations": self.conversations,
            "messages": self.messages,
            "own": self.own,
            "others": self.others,
            "system": self.system,
            "media": self.media,
            "added": self.added,
            "skipped": [{"where": s.where, "why": s.why} for s in self.skipped],
            "skipped_count": self.skipped_count,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "dates_unclear": self.dates_unclear.example if self.dates_unclear else None,
            "authors": dict(self.authors.most_common()),
            "private": dict(self.private.most_common()),
        }
