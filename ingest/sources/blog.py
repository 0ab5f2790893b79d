"""Blogs: RSS and Atom, Blogger's Atom with comments, and WordPress's export, which is RSS.

Facts as of 2020 to 2026: WordPress puts drafts, pages, attachments and comments beside posts; ids
are `guid` in RSS, `id` in Atom. A post is read entry by entry and never the whole file at once.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from ingest.archive_seam import Archive, head
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.html_text import html_to_text, read_html
from ingest.sources.lines import decode_start
from ingest.sources.values import clean, guarded
from ingest.sources.written import paragraphs

_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_ENTRIES = frozenset({"item", "entry"})
_READ = ("post", "page", "comment")
_LONGEST_NAME = 200
_Fields = dict[str, str]


class Blog:
    """Reads feeds and exports of blogs."""

    format = "blog"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the XML files that open as feeds do."""
        endings = (".xml", ".rss", ".atom")
        names = (name for name in archive.names if name.casefold().endswith(endings))
        return [name for name in names if _opens_as_feed(archive, name)]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield post by post, each with its comments."""
        if not _opens_as_feed(archive, name):
            raise ImportProblem(f"{name} is no RSS, Atom or WordPress export")
        number = 0
        try:
            for number, entry in enumerate(_entries(archive, name), 1):
                where = f"entry {number}"
                yield from guarded(where, lambda e=entry, w=where: _items(e, w))
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            why = f"the file is broken from here: {type(error).__name__}: {error}"
            yield Skipped(where=f"after entry {number}", why=clean(why.splitlines()[0])[:200])


def _opens_as_feed(archive: Archive, name: str) -> bool:
    return bool(_ROOT.search(decode_start(head(archive, name, 4096))))


def _entries(archive: Archive, name: str) -> Iterator[Element]:
    """Yield each entry when it ends, and let go of it."""
    above: list[Element] = []
    with archive.open(name) as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                above.append(element)
                continue
            above.pop()
            inside = any(_tag(parent) in _ENTRIES for parent in above)
            if _tag(element) in _ENTRIES and not inside:
                yield element
            if not inside and above:
                above[-1].remove(element)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _fields(entry: Element) -> _Fields:
    """Return the plain values of an entry by their names; the first of each."""
    fields: _Fields = {}
    for child in entry:
        name = "content" if _tag(child) in ("encoded", "content") else _tag(child)
        if "excerpt" in child.tag:
            name = "excerpt"
        if name == "author" and len(child):
            fields.setdefault("author", _child_text(child, "name"))
        elif name not in ("comment", "postmeta", "category"):
            fields.setdefault(name, _content(child).strip())
    return fields


def _content(element: Element) -> str:
    """Return a value; of XHTML in Atom the markup itself, of plain text its letters."""
    if len(element):
        return clean(tostring(element, encoding="unicode"))
    return clean(element.text or "")


def _child_text(element: Element, name: str) -> str:
    found = (child.text or "" for child in element if _tag(child) == name)
    return clean(next(found, "").strip())


def _kind(entry: Element, fields: _Fields) -> str:
    """Return what an entry is: `post`, `page`, `comment`, or something of the service's own."""
    terms = (child.get("term", "") for child in entry if _tag(child) == "category")
    blogger = next((term for term in terms if "kind#" in term), "")
    return blogger.rpartition("#")[2] or fields.get("post_type") or "post"


def _items(entry: Element, where: str) -> Iterator[Item]:
    fields = _fields(entry)
    kind, title = _kind(entry, fields), _plain(fields.get("title", ""))[:300]
    key = fields.get("guid") or fields.get("id") or fields.get("link") or title or where
    shown = title or "Untitled"
    author = (fields.get("creator") or fields.get("author") or "")[:_LONGEST_NAME]
    answered = _answered(entry)
    yield Conversation(key=answered or key, title=shown, form="post")
    if kind not in _READ:
        yield Message(where=where, author=author, text=f"{kind}: {shown}", system=True)
        return
    if fields.get("status") == "trash":
        yield Skipped(where=where, why="it was thrown away")
        return
    page = read_html(fields.get("content") or fields.get("description") or _summary(fields))
    written = list(
        paragraphs(page.blocks, author=author, written_at=_written_at(fields), external_id=key)
    )
    yield from written
    if not written and (page.pictures or title):
        yield _wordless(key, where, author, fields, shown if not page.pictures else "")
    elif not written:
        yield Skipped(where=where, why="an entry without words")
    for number, child in enumerate((c for c in entry if _tag(c) == "comment"), 1):
        yield from _comment(child, f"{where}, comment {number}", key)


def _wordless(key: str, where: str, author: str, fields: _Fields, text: str) -> Message:
    return Message(
        where=where,
        author=author,
        said_at=_written_at(fields),
        text=text,
        external_id=key,
        attachment=None if text else "picture",
    )


def _summary(fields: _Fields) -> str:
    return fields.get("summary") or fields.get("excerpt") or ""


def _answered(entry: Element) -> str:
    found = (child.get("ref", "") for child in entry if _tag(child) == "in-reply-to")
    return clean(next(found, ""))


def _comment(element: Element, where: str, key: str) -> Iterator[Item]:
    """Yield a comment of WordPress."""
    fields = {_tag(child): clean((child.text or "").strip()) for child in element}
    number, parent = fields.get("comment_id", ""), fields.get("comment_parent", "0")
    text = _plain(fields.get("comment_content", ""))
    if not text:
        yield Skipped(where=where, why="a comment without words")
        return
    approved, kind = fields.get("comment_approved", "1"), fields.get("comment_type", "")
    yield Message(
        where=where,
        author=fields.get("comment_author", "")[:_LONGEST_NAME] or "Anonymous",
        author_key=fields.get("comment_author_email", "").casefold() or None,
        said_at=_local(fields.get("comment_date_gmt", ""), utc=True)
        or _local(fields.get("comment_date", "")),
        text=text,
        external_id=f"{key}#comment {number}" if number else None,
        reply_to=f"{key}#comment {parent}" if parent not in ("", "0") else None,
        system=approved in ("spam", "trash") or kind in ("pingback", "trackback"),
    )


def _plain(text: str) -> str:
    return html_to_text(text) if "<" in text or "&" in text else text.strip()


def _written_at(fields: _Fields) -> datetime | None:
    exact = _local(fields.get("post_date_gmt", ""), utc=True)
    found = exact or _local(fields.get("published", "")) or _local(fields.get("date", ""))
    return found or _dated(fields.get("pubDate", "")) or _local(fields.get("updated", ""))


def _dated(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text[:100])
        # WordPress gives drafts a date before time began.
        return moment.replace(tzinfo=moment.tzinfo or UTC) if moment.year > 1 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return _local(text)


def _local(text: str, *, utc: bool = False) -> datetime | None:
    if not text or text.startswith(("0000", "-0001")):
        return None
    try:
        moment = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if utc and moment.tzinfo is None else moment
