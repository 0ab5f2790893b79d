"""Posts and comments of Facebook and Instagram, as "Download your information" gives them in JSON.

Facts of 2018 to 2026: all in these files is the owner's, letters are broken (`mojibake`), times are
seconds since 1970. Facebook keeps posts as a list, comments and what was written in groups under a
key that ends in `_v2`. A caption of Instagram stands at its only picture, or above several.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from ingest.archive_seam import Archive, head
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.attached import describe
from ingest.sources.backwards import oldest_first
from ingest.sources.json_stream import BOM, Listed
from ingest.sources.mojibake import repair_all
from ingest.sources.values import Fields, fields_of, list_of, word


class _Kind(NamedTuple):
    """What a file holds, and how it is known."""

    start: re.Pattern[bytes]
    """How the file begins."""
    name: re.Pattern[str]
    """What the file is called; these services tell their lists apart by that alone."""
    what: str
    title: str


def _under(*keys: str) -> re.Pattern[bytes]:
    named = "|".join(keys)
    return re.compile(rf'\s*\{{\s*"({named})"\s*:\s*\[\s*\{{'.encode())


def _list_with(field: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\s*\[\s*\{.*" + field, re.DOTALL)


_ANY = re.compile(".*", re.DOTALL)
_POSTS = re.compile(r"(?:your_)?posts.*\.json", re.IGNORECASE)
_KINDS = (
    _Kind(_under("comments_v2", "group_comments_v2"), _ANY, "comment", "Comments on Facebook"),
    _Kind(_under("posts_v2", "group_posts_v2"), _ANY, "post", "Posts on Facebook"),
    _Kind(
        _under("comments_media_comments", "comments_reels_comments"),
        _ANY, "comment", "Comments on Instagram",
    ),
    _Kind(
        _under("ig_reels_media", "ig_igtv_media", "ig_archived_post_media"),
        _ANY, "post", "Posts on Instagram",
    ),
    _Kind(
        _list_with(rb'"string_map_data"\s*:'),
        re.compile(r"(?:post|reels)_comments.*\.json", re.IGNORECASE),
        "comment", "Comments on Instagram",
    ),
    _Kind(_list_with(rb'"creation_timestamp"\s*:\s*\d'), _POSTS, "post", "Posts on Instagram"),
    _Kind(_list_with(rb'"timestamp"\s*:\s*\d'), _POSTS, "post", "Posts on Facebook"),
)  # fmt: skip


class MetaPosts:
    """Reads posts and comments out of the accounts of Facebook and Instagram."""

    format = "meta-posts"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files with posts or comments of the owner."""
        names = (name for name in archive.names if name.casefold().endswith(".json"))
        return [name for name in names if _known(archive, name)]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield post by post, or comment by comment, the oldest first."""
        known = _known(archive, name)
        if known is None:
            raise ImportProblem(f"{name} holds no posts or comments of Facebook or Instagram")
        kind, key = known
        yield Conversation(key=kind.title, title=kind.title, form="post")
        yield from oldest_first(Listed(archive, name, key).each(_read, kind.what))


def _known(archive: Archive, name: str) -> tuple[_Kind, str | None] | None:
    """Return what a file holds and the key of its list; None where the file is the list."""
    start, file = head(archive, name).removeprefix(BOM), PurePosixPath(name).name
    for kind in _KINDS:
        found = kind.start.match(start)
        if found and kind.name.fullmatch(file):
            return kind, found[1].decode() if found.re.groups else None
    return None


def _read(value: Any, where: str) -> Iterator[Item]:
    fields = fields_of(repair_all(value))
    if "string_map_data" in fields:
        yield from _instagram_comment(fields, where)
    elif "media" in fields or "creation_timestamp" in fields:
        yield from _instagram_post(fields, where)
    else:
        yield from _of_facebook(fields, where)


def _of_facebook(fields: Fields, where: str) -> Iterator[Item]:
    parts = [fields_of(part) for part in list_of(fields.get("data"))]
    comments = [fields_of(part["comment"]) for part in parts if "comment" in part]
    texts = [word(comment.get("comment")) for comment in comments]
    texts += [word(part["post"]) for part in parts if "post" in part]
    media, links = _attached(fields)
    texts = [text for text in texts if text] or _captions(media)
    with_it = describe(word(medium.get("uri")) for medium in media) or ("link" if links else None)
    yield from _message(where, "\n".join(texts), fields.get("timestamp"), with_it)


def _attached(fields: Fields) -> tuple[list[Fields], list[str]]:
    """Return the media and the links that came with a post."""
    media: list[Fields] = []
    links: list[str] = []
    for attachment in list_of(fields.get("attachments")):
        for part in map(fields_of, list_of(fields_of(attachment).get("data"))):
            if "media" in part:
                media.append(fields_of(part["media"]))
            elif "external_context" in part:
                links.append(word(fields_of(part["external_context"]).get("url")))
    return media, links


def _captions(media: Sequence[Fields]) -> list[str]:
    """Return what stands below pictures, each text once."""
    return [text for text in dict.fromkeys(word(m.get("description")) for m in media) if text]


def _instagram_post(fields: Fields, where: str) -> Iterator[Item]:
    media = [fields_of(medium) for medium in list_of(fields.get("media"))]
    first = media[0] if media else {}
    text = word(fields.get("title")) or word(first.get("title"))
    moment = fields.get("creation_timestamp") or first.get("creation_timestamp")
    yield from _message(where, text, moment, describe(word(m.get("uri")) for m in media))


def _instagram_comment(fields: Fields, where: str) -> Iterator[Item]:
    """Yield a comment; the names of its fields are in the language of the account."""
    named = {key: fields_of(value) for key, value in fields_of(fields["string_map_data"]).items()}
    said = named.get("Comment") or next(iter(named.values()), Fields())
    times = [value["timestamp"] for value in named.values() if value.get("timestamp")]
    yield from _message(where, word(said.get("value")), times[0] if times else None, None)


def _message(where: str, text: str, moment: Any, attachment: str | None) -> Iterator[Item]:
    if not text.strip() and not attachment:
        yield Skipped(where=where, why="nothing was written there")
        return
    at = datetime.fromtimestamp(int(moment), UTC) if moment else None
    yield Message(where=where, author="", said_at=at, text=text, attachment=attachment)
