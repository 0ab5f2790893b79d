"""iMessage and SMS as `imessage-exporter -f txt` writes them, a text file for each chat.

Facts of its versions 1 to 4 (2022 to 2026): a block for each message, times in English and local,
`Me` is the owner; answers stand indented below what they answer and once more in their own place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from pathlib import PurePosixPath

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.attached import describe_one, join
from ingest.sources.lines import LONGEST_LINE, Line, decode_start, read_lines

_TIME = r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d, \d{4} [ \d]\d:\d\d:\d\d [AP]M)"
_HEAD = re.compile(rf"(\s{{0,40}}){_TIME}(?: \((?:Read by|Delivered)[^\n]{{1,80}}\))?\s?", re.ASCII)
_NOTICE = re.compile(rf"{_TIME} (\S.*)", re.ASCII)
_ME = "Me"
_REACTIONS = ("Reactions:", "Tapbacks:")
_REACTION = re.compile(r"\s*(?:\S.{0,60} by \S.*|Sticker from .*)")
_ANSWER = "This message responded to an earlier message."
_EFFECT = re.compile(
    r"Sent with (?:Confetti|Echo|Fireworks|Balloons|Heart|Lasers|Shooting Star\w*|Sparkles|"
    r"Spotlight|Slam|Loud|Gentle|Invisible Ink)"
)
_EDITED = re.compile(r"Edited .{1,80}? later: ")
_UNSENT = re.compile(r".{1,80} (?:unsent|deleted) (?:a|this) message\b.*")
_FILE = re.compile(r"(?:/|~/|\./)?(?:[^\n]*/)?attachments/[^\n]*|(?:/|~/)\S[^\n]*/[^\n/]+\.\w{2,5}",
                   re.IGNORECASE)  # fmt: skip
_MISSING = "Attachment missing!"
_TRIED_LINES = 60
MOST_AHEAD = 10_000
"""Answers that are held at once until they come in their own place."""
_A_DAY = timedelta(days=1)


class IMessage:
    """Reads the text files of imessage-exporter."""

    format = "imessage"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the text files with a line that is a time in the exporter's form."""
        names = (name for name in archive.names if name.casefold().endswith(".txt"))
        return [name for name in names if _has_heads(decode_start(head(archive, name)))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield the chat; an answer that stands only below what it answers comes in its time."""
        title = PurePosixPath(name).stem
        form = "group" if ", " in title else "chat"
        yield Conversation(key=title, title=title, form=form)
        ahead = _Ahead()
        for item, depth in _items(archive, name):
            if not isinstance(item, Message):
                yield item
            elif depth:
                yield from ahead.expect(item)
            else:
                yield from ahead.passed(item)
                yield item
        yield from ahead.rest()


def _has_heads(start: str) -> bool:
    lines = start.split("\n")[:_TRIED_LINES]
    return any(_HEAD.fullmatch(line) or _NOTICE.fullmatch(line.rstrip()) for line in lines)


class _Ahead:
    """Answers seen below what they answer, until they stand in their own place, or their time goes.

    Only what lies ahead is held, whatever the length of the chat.
    """

    def __init__(self) -> None:
        self._held: dict[int, list[Message]] = {}
        self._times: list[tuple[datetime, int]] = []

    def expect(self, answer: Message) -> Iterator[Message]:
        """Hold an answer; yield the one next in time if there are too many."""
        if answer.said_at is None:
            yield answer
            return
        key = _key(answer)
        self._held.setdefault(key, []).append(answer)
        heappush(self._times, (answer.said_at, key))
        if len(self._times) > MOST_AHEAD:
            yield from self._let_go()

    def passed(self, message: Message) -> Iterator[Message]:
        """Forget the answer that a message is; yield those whose time has gone by."""
        while self._times and message.said_at and self._times[0][0] < message.said_at - _A_DAY:
            yield from self._let_go()
        if same := self._held.get(_key(message)):
            same.pop()

    def rest(self) -> Iterator[Message]:
        """Yield the answers that stood in no place of their own."""
        while self._times:
            yield from self._let_go()

    def _let_go(self) -> Iterator[Message]:
        yield from self._held.pop(heappop(self._times)[1], [])


def _key(message: Message) -> int:
    """Return what tells a message from another, wherever it stands."""
    return hash((message.author, message.said_at, message.text, message.attachment))


@dataclass(slots=True)
class _Open:
    """A message whose lines are still coming."""

    number: int
    depth: int
    time: str
    sender: str | None = None
    lines: list[str] = field(default_factory=list[str])
    size: int = 0


def _items(archive: Archive, name: str) -> Iterator[tuple[Item, int]]:
    """Yield every item with the depth to which it is indented."""
    stack: list[_Open] = []
    blank = True
    for line in read_lines(archive, name):
        if line.damage:
            yield Skipped(where=f"line {line.number}", why=line.damage), 0
        found = _HEAD.fullmatch(line.text)
        notice = _NOTICE.fullmatch(line.text.rstrip()) if blank and not found else None
        if found and (blank or found[1]):
            depth = len(found[1])
            while stack and stack[-1].depth >= depth:
                yield from _closed(stack.pop())
            stack.append(_Open(line.number, depth, found[2]))
        elif notice:
            yield from _all_closed(stack)
            yield _notice(line, notice), 0
        elif stack:
            yield from _taken(stack, line)
        elif line.text.strip():
            why = "stands before the first message"
            yield Skipped(where=f"line {line.number}", why=why), 0
        blank = not line.text.strip()
    yield from _all_closed(stack)


def _taken(stack: list[_Open], line: Line) -> Iterator[tuple[Item, int]]:
    """Give a line to the message it belongs to: below an answer goes on what it answers."""
    indent = len(line.text) - len(line.text.lstrip(" "))
    while len(stack) > 1 and line.text.strip() and indent < stack[-1].depth:
        yield from _closed(stack.pop())
    message = stack[-1]
    text = line.text[message.depth :]
    message.size += len(text) + 1
    if message.sender is None:
        message.sender = text.strip()
    elif message.size <= LONGEST_LINE:
        message.lines.append(text)
    elif message.size - len(text) - 1 <= LONGEST_LINE:
        why = f"the message is longer than {LONGEST_LINE:,} characters; the rest is left out"
        yield Skipped(where=f"line {line.number}", why=why), 0


def _all_closed(stack: list[_Open]) -> Iterator[tuple[Item, int]]:
    while stack:
        yield from _closed(stack.pop())


def _notice(line: Line, found: re.Match[str]) -> Item:
    where = f"line {line.number}"
    try:
        return Message(where=where, author="", said_at=_moment(found[1]), text=found[2],
                       system=True)  # fmt: skip
    except ValueError:
        return Skipped(where=where, why=f"there is no such day or time: {found[1]!r}")


def _closed(message: _Open) -> Iterator[tuple[Item, int]]:
    where = f"line {message.number}"
    if not message.sender:
        yield Skipped(where=where, why="a time without a message"), message.depth
        return
    try:
        said_at = _moment(message.time)
    except ValueError:
        yield Skipped(where=where, why=f"there is no such day or time: {message.time!r}"), 0
        return
    words, files = _parted(message.lines)
    read = Message(
        where=where,
        # A text without an author is the owner's.
        author="" if message.sender == _ME else message.sender,
        said_at=said_at,
        text=words,
        attachment=join(files),
        system=_UNSENT.fullmatch(words) is not None,
    )
    yield read, message.depth


def _parted(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Part the words of a message from its files, and from what the exporter tells about it."""
    words: list[str] = []
    files: list[str] = []
    reacted = False
    for line in lines:
        bare = line.strip()
        if bare in _REACTIONS:
            reacted = True
        elif reacted and _REACTION.fullmatch(line):
            continue
        elif bare == _ANSWER or _EFFECT.fullmatch(bare):
            reacted = False
        elif bare == _MISSING or _FILE.fullmatch(bare):
            files.append("file" if bare == _MISSING else describe_one(bare))
        else:
            reacted = reacted and not bare
            words.append(line)
    text = "\n".join(words).strip("\n")
    edits = [found for line in words if (found := _EDITED.match(line))]
    return (text.rpartition(edits[-1][0])[2] if edits else text), files


def _moment(written: str) -> datetime:
    return datetime.strptime(written, "%b %d, %Y %I:%M:%S %p")
