"""The archive of X, formerly Twitter: posts, long posts and direct messages.

Facts as of 2019 to 2026: each file assigns a list to `window.YTD.NAME.partN`; items are wrapped in
an object of one key, older ones are not; ids are strings; only direct messages have others in them.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from ingest.archive_seam import Archive, head
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.json_stream import Listed
from ingest.sources.values import Fields, fields_of, list_of, moment, word

_ASSIGNED = re.compile(rb"^\s*window\.YTD\.(\w+?)(?:_part\d+)?\.part\d+\s*=\s*\[")
_KINDS = {
    b"tweet": "tweet",
    b"tweets": "tweet",
    b"note_tweet": "note",
    b"direct_messages": "talk",
    b"direct_message": "talk",
    b"direct_messages_group": "group",
    b"direct_message_group": "group",
}
_MEDIA = {"photo": "photo", "video": "video", "animated_gif": "GIF"}
_WRITTEN = "%a %b %d %H:%M:%S %z %Y"
_BEGUN = 2006
"""The first year of the network; the archive has seen stranger ones."""
_CUT = 100
"""Characters by which a post that was cut short is known in its long form."""
_MOST_NOTES = 64 * 1024**2


class XArchive:
    """Reads the posts and direct messages of an archive of X."""

    format = "x"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files with posts and messages."""
        names = (name for name in archive.names if name.casefold().endswith(".js"))
        return [name for name in names if _kind(archive, name)]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield post by post, or conversation by conversation."""
        kind = _kind(archive, name)
        if kind is None:
            raise ImportProblem(f"{name} is no file of an X archive that holds posts or messages")
        own_id = _own_id(archive, name)
        if kind in ("talk", "group"):
            talks = _Talks(own_id, group=kind == "group")
            yield from _listed(archive, name).each(talks.items, "conversation")
            return
        yield Conversation(key=f"posts of {own_id}", title="Posts on X", form="post")
        posts = _Posts(_openings(archive, name) if kind == "tweet" else frozenset())
        read = posts.tweet if kind == "tweet" else posts.note
        yield from _listed(archive, name).each(read, "post" if kind == "tweet" else "long post")


def _kind(archive: Archive, name: str) -> str | None:
    found = _ASSIGNED.match(head(archive, name, 200).removeprefix(b"\xef\xbb\xbf"))
    return _KINDS.get(found[1].lower()) if found else None


def _listed(archive: Archive, name: str) -> Listed:
    """Return the list that a file assigns, from its bracket on."""
    return Listed(archive, name, start=max(0, head(archive, name, 200).find(b"[")))


def _beside(archive: Archive, name: str, wanted: str) -> str | None:
    path = str(PurePosixPath(name).with_name(wanted))
    return path if path in archive.names else None


def _own_id(archive: Archive, name: str) -> str:
    """Return the id of the account; empty when `account.js` is not there or says none."""
    path = _beside(archive, name, "account.js")
    if path is None:
        return ""
    text = head(archive, path).decode("utf-8", "replace")
    try:
        first = fields_of(list_of(json.loads(text[text.index("[") :].rstrip("; \r\n")))[0])
        return word(fields_of(first.get("account")).get("accountId"))
    except (ValueError, TypeError, LookupError, RecursionError):
        return ""


def _openings(archive: Archive, name: str) -> frozenset[str]:
    """Return how the long posts begin, to know those among the posts that were cut short."""
    path = _beside(archive, name, "note-tweet.js")
    if path is None or archive.size(path) > _MOST_NOTES:
        return frozenset()
    notes = _listed(archive, path).each(_Posts(frozenset()).note)
    return frozenset(_opening(note.text) for note in notes if isinstance(note, Message))


def _opening(text: str) -> str:
    return " ".join(re.sub(r"https?://\S*", "", text).split())[:_CUT]


class _Posts:
    """Makes messages of posts; all of them are the owner's, or passed on by the owner."""

    def __init__(self, openings: frozenset[str]) -> None:
        self._openings = openings

    def tweet(self, value: Any, where: str) -> Iterator[Item]:
        """Yield a post."""
        fields = fields_of(value)
        fields = fields_of(fields.get("tweet", fields))
        text, media = _expanded(fields)
        number = word(fields.get("id_str") or fields.get("id"))
        if "full_text" not in fields and "text" not in fields:
            yield Skipped(where=where, why="a post without text")
            return
        if len(text) > 2 * _CUT and _opening(text) in self._openings:
            yield Skipped(where=where, why="cut short here; read whole among the long posts")
            return
        yield Message(
            where=f"post {number}" if number else where,
            author="",
            said_at=_written_at(word(fields.get("created_at"))),
            text=text,
            external_id=number or None,
            attachment=media,
            reply_to=word(fields.get("in_reply_to_status_id_str")) or None,
            quoted=text.startswith("RT @") or fields.get("retweeted") is True,
        )

    def note(self, value: Any, where: str) -> Iterator[Item]:
        """Yield a long post."""
        fields = fields_of(value)
        fields = fields_of(fields.get("noteTweet", fields))
        number = word(fields.get("noteTweetId"))
        text = _note_text(fields)
        if not text:
            yield Skipped(where=where, why="a long post without text")
            return
        yield Message(
            where=f"long post {number}" if number else where,
            author="",
            said_at=moment(word(fields.get("createdAt"))),
            text=text,
            external_id=f"note {number}" if number else None,
        )


def _note_text(fields: Fields) -> str:
    core = fields_of(fields.get("core"))
    return _linked(html.unescape(word(core.get("text"))), list_of(core.get("urls")))


def _expanded(fields: Fields) -> tuple[str, str | None]:
    """Return the text of a post with its links written out, and what pictures came with it."""
    text = word(fields["full_text"] if "full_text" in fields else fields.get("text"))
    entities = fields_of(fields.get("entities"))
    more = fields_of(fields.get("extended_entities"))
    pictures = [fields_of(m) for m in list_of(more.get("media")) or list_of(entities.get("media"))]
    for picture in pictures:
        text = _replaced(text, word(picture.get("url")), "")
    text = _linked(text, list_of(entities.get("urls")))
    kinds = [_MEDIA.get(word(picture.get("type")), "photo") for picture in pictures]
    return html.unescape(text).strip(), ", ".join(kinds)[:200] or None


def _linked(text: str, links: list[Any]) -> str:
    for link in links:
        fields = fields_of(link)
        whole = word(fields.get("expanded_url") or fields.get("expandedUrl"))
        whole = whole or word(fields.get("expanded"))
        short = word(fields.get("url") or fields.get("shortUrl"))
        text = _replaced(text, short, whole or short)
    return text


def _replaced(text: str, short: str, whole: str) -> str:
    return text.replace(short, whole) if short.startswith("http") else text


def _written_at(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.strptime(text, _WRITTEN)
    except ValueError:
        found = moment(text.removesuffix(" UTC") + "Z" if text.endswith(" UTC") else text)
    return found if found and found.year >= _BEGUN else None


class _Talks:
    """Makes messages of direct messages; there are ids of people in them, no names."""

    def __init__(self, own_id: str, *, group: bool) -> None:
        self._own_id = own_id
        self._group = group

    def items(self, value: Any, where: str) -> Iterator[Item]:
        """Yield a conversation and its messages, the oldest first."""
        fields = fields_of(value)
        fields = fields_of(fields.get("dmConversation", fields))
        key = word(fields.get("conversationId")) or where
        others = [part for part in key.split("-") if part and part != self._own_id]
        title = "Group" if self._group else "Messages with"
        yield Conversation(
            key=key, title=f"{title} {' '.join(others)}", form="group" if self._group else "chat"
        )
        for number, entry in reversed(list(enumerate(list_of(fields.get("messages")), 1))):
            place = f"{where}, message {number}"
            try:
                yield self._message(fields_of(entry), place)
            except (TypeError, ValueError) as error:
                yield Skipped(where=place, why=f"a field has an unexpected value: {error}"[:200])

    def _message(self, entry: Fields, where: str) -> Item:
        kind = next(iter(entry), "")
        fields = fields_of(entry.get(kind))
        author = word(fields.get("senderId") or fields.get("initiatingUserId"))
        own = bool(self._own_id) and author == self._own_id
        said_at = moment(word(fields.get("createdAt")))
        if kind != "messageCreate":
            return Message(where=where, author=author, said_at=said_at, text=kind, system=True)
        text = _linked(html.unescape(word(fields.get("text"))), list_of(fields.get("urls")))
        return Message(
            where=where,
            author="" if own else author or "unknown",
            author_key=None if own else author or None,
            said_at=said_at,
            text=text,
            external_id=word(fields.get("id")) or None,
            attachment="photo or video" if list_of(fields.get("mediaUrls")) else None,
        )
