"""LINE's text exports ("Export chat history"), of a phone or of a computer.

Facts of 2018 to 2026: a heading for each day, then lines of time, sender and text, parted by tabs
(on a computer by spaces), local times, no ids; text of several lines stands in quotes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Literal

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.line_head import Head, read_day, read_head
from ingest.sources.lines import LONGEST_LINE, Line, decode_start, read_lines

_GROUP = re.compile(r"Chat history in (?P<a>.+)|(?P<b>.+?)(?<!と)のトーク履歴")
_PAIR = re.compile(
    r"Chat history with (?P<a>.+)|(?P<b>.+)とのトーク履歴|[与與](?P<c>.+)的聊天[记記][录錄]|"
    r"(?P<d>.+)的聊天[记記][录錄]|ประวัติการสนทนากับ ?(?P<e>.+)"
)
_MEDIA = {
    "photo": "photo|写真|画像|照片|圖片|图片|ภาพ|รูป",
    "video": "video|動画|影片|视频|視訊|วิดีโอ",
    "sticker": "sticker|スタンプ|貼圖|贴图|สติกเกอร์",
    "voice message": "voice message|audio|ボイスメッセージ|語音訊息|语音消息",
    "file": "file|ファイル|檔案|文件|ไฟล์",
    "location": "location|位置情報|位置資訊|位置信息",
    "contact card": "contact|contact info|連絡先|聯絡資訊|联系方式",
    "album": "albums?|アルバム|相簿|相册",
    "note": "notes?|ノート|記事本|记事本",
}
_IN_BRACKETS = re.compile(
    r"\[(?:" + "|".join(f"({words})" for words in _MEDIA.values()) + r")\]\s?(.*)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"☎|(?:\S.{0,60} )?unsent a message\.?$|.{0,60}メッセージの送信を取り消しました$"
)
_TRIED_LINES = 60
_HEADER_LINES = 3
_OFTEN = 5


class LineChat:
    """Reads LINE's text exports."""

    format = "line"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the text files with a heading of a day and a message below it."""
        names = (name for name in archive.names if name.casefold().endswith(".txt"))
        return [name for name in names if _opens_as_chat(decode_start(head(archive, name)))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield the chat."""
        yield _conversation(archive, name)
        yield from _Chat(options, _survey(archive, name)).items(archive, name)


def _opens_as_chat(start: str) -> bool:
    heading = ""
    for line in start.splitlines()[:_TRIED_LINES]:
        if heading and any(read_head(line, spaced=spaced) for spaced in (False, "." in heading)):
            return True
        heading = line if _day_in(line) else heading
    return False


def _day_in(line: str) -> bool:
    try:
        return read_day(line, None) is not None
    except ValueError:
        return False


def _conversation(archive: Archive, name: str) -> Conversation:
    first = decode_start(head(archive, name)).lstrip("\ufeff").partition("\n")[0].strip()
    header = first.removeprefix("[LINE]").strip()
    group, pair = _GROUP.fullmatch(header), _PAIR.fullmatch(header)
    form: Literal["chat", "group"] = "group" if group and not pair else "chat"
    found = pair or group
    title = next((text for text in found.groups() if text), "") if found else ""
    title = title or PurePosixPath(name).stem.removeprefix("[LINE]").strip()
    return Conversation(key=title, title=title, form=form)


@dataclass(slots=True)
class _Names:
    """Who writes in a chat whose lines are parted by spaces."""

    spaced: bool
    double: frozenset[str]
    """Names of two words, by their first."""

    def part(self, rest: str) -> tuple[str | None, str]:
        """Part what stands behind a time into who and what; nobody is None."""
        if not self.spaced:
            author, tab, text = rest.partition("\t")
            return (author, text) if tab and author else (None, text if tab else author)
        words = rest.split(" ", 2 if rest.split(" ", 1)[0] in self.double else 1)
        return " ".join(words[:-1]) or None, words[-1]


def _survey(archive: Archive, name: str) -> _Names:
    """Find out how the lines are parted, and which names have two words."""
    first: Counter[str] = Counter()
    second: dict[str, set[str]] = defaultdict(set)
    for line in read_lines(archive, name):
        if read_head(line.text, spaced=False):
            return _Names(spaced=False, double=frozenset())
        if found := read_head(line.text, spaced=True):
            words = found.rest.split(" ", 2)
            first[words[0]] += 1
            second[words[0]].add(words[1] if len(words) > 2 else "")
    double = (word for word, count in first.items() if count >= _OFTEN and len(second[word]) == 1)
    return _Names(spaced=True, double=frozenset(word for word in double if "" not in second[word]))


class _Chat:
    """Walks a chat line by line."""

    def __init__(self, options: ReadOptions, names: _Names) -> None:
        self._options = options
        self._names = names
        self._day: date | None = None
        self._first: Line | None = None
        self._head: Head | None = None
        self._lines: list[str] = []
        self._size = 0

    def items(self, archive: Archive, name: str) -> Iterator[Item]:
        """Yield the items of the chat."""
        blank = True
        for line in read_lines(archive, name):
            if line.damage:
                yield Skipped(where=f"line {line.number}", why=line.damage)
            found = read_head(line.text, spaced=self._names.spaced)
            if found and self._day:
                yield from self._close()
                self._first, self._head = line, found
                self._lines, self._size = [], 0
            elif (blank or self._names.spaced or self._head is None) and self._is_heading(line):
                yield from self._close()
                yield from self._open_day(line)
            elif self._head is not None:
                yield from self._go_on(line)
            elif line.text.strip() and (found or line.number > _HEADER_LINES):
                why = "stands below no day" if found else "stands before the first message"
                yield Skipped(where=f"line {line.number}", why=why)
            blank = not line.text.strip()
        yield from self._close()

    def _is_heading(self, line: Line) -> bool:
        if self._lines and self._in_quotes():
            return False
        try:
            return read_day(line.text, self._options.date_order) is not None
        except ValueError:
            return True

    def _in_quotes(self) -> bool:
        _, text = self._names.part(self._head.rest if self._head else "")
        return text.startswith('"') and not any(line.endswith('"') for line in self._lines)

    def _open_day(self, line: Line) -> Iterator[Item]:
        try:
            self._day = read_day(line.text, self._options.date_order)
        except ValueError:
            self._day = None
            yield Skipped(where=f"line {line.number}", why=f"no such day: {line.text.strip()!r}")

    def _go_on(self, line: Line) -> Iterator[Item]:
        if self._size > LONGEST_LINE:
            return
        self._size += len(line.text) + 1
        if self._size > LONGEST_LINE:
            why = f"the message is longer than {LONGEST_LINE:,} characters; the rest is left out"
            yield Skipped(where=f"line {line.number}", why=why)
        else:
            self._lines.append(line.text)

    def _close(self) -> Iterator[Item]:
        if self._first is None or self._head is None or self._day is None:
            return
        where, opened = f"line {self._first.number}", self._head
        self._head = None
        author, start = self._names.part(opened.rest)
        text = _unquoted("\n".join([start, *self._lines]).rstrip("\n"))
        try:
            said_at = datetime.combine(self._day, opened.time())
        except ValueError:
            written = f"{opened.hour}:{opened.minute:02}"
            yield Skipped(where=where, why=f"there is no such time: {written!r}")
            return
        attachment = _attachment(text)
        yield Message(
            where=where,
            author=author or "",
            said_at=said_at,
            text="" if attachment else text,
            attachment=attachment,
            system=author is None or _NOTICE.match(text) is not None,
        )


def _unquoted(text: str) -> str:
    """Take the quotes off a text of several lines."""
    if "\n" in text and text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('""', '"')
    return text


def _attachment(text: str) -> str | None:
    if not (found := _IN_BRACKETS.fullmatch(text)):
        return None
    kind = next(kind for kind, word in zip(_MEDIA, found.groups(), strict=False) if word)
    name = found[len(_MEDIA) + 1].strip()
    if not name:
        return kind
    return f"file: {name}" if kind == "file" else None
