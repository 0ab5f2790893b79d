"""Posts, pages, drafts and comments of RSS, Atom, Blogger and WordPress are read."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message
from ingest.sources.blog import Blog
from tests.ingest.exports import messages, opened, read, shown, skipped

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"'
)


def _rss(*items: str) -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f"<?xml version='1.0'?><rss version='2.0' {SPACES}><channel><title>Blog</title>"
        f"<wp:author><wp:author_login>ana</wp:author_login></wp:author>{inside}</channel></rss>"
    )


def _atom(*entries: str) -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Blog</title>{inside}</feed>"


def _read(folder: Path, content: str | bytes) -> list[Item]:
    return read(Blog(), folder, content, "blog.xml")


def test_a_post_of_rss_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    item = (
        "<title>On rain &amp;amp; roofs</title><guid>g1</guid><dc:creator>ana</dc:creator>"
        "<pubDate>Sun, 03 Nov 2024 21:07:45 +0000</pubDate><description>short</description>"
        "<content:encoded><![CDATA[<p>It rains.</p><blockquote>as Ben said</blockquote>]]>"
        "</content:encoded>"
    )
    said_at = datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC)
    assert _read(tmp_path, _rss(item)) == [
        Conversation(key="g1", title="On rain & roofs", form="post"),
        Message(where="paragraph 1", author="ana", said_at=said_at, text="It rains.",
                external_id="g1#1"),
        Message(where="paragraph 2", author="ana", said_at=said_at, text="as Ben said",
                external_id="g1#2", quoted=True),
    ]  # fmt: skip


ATOM = [
    ("<content type='html'>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</content>", "a & b"),
    ("<content type='text'>plain words</content>", "plain words"),
    ("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x<b>y</b></p></div>"
     "</content>", "xy"),
    ("<summary>in short</summary>", "in short"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "text"), ATOM)
def test_an_entry_of_atom_is_read_in_each_form(content: str, text: str, tmp_path: Path) -> None:
    entry = (
        "<id>e1</id><title>T</title><author><name>Ana</name></author>"
        f"<published>2024-11-03T21:07:45Z</published>{content}"
    )
    items = _read(tmp_path, _atom(entry))
    assert opened(items).key == "e1"
    assert shown(items, times=True) == [f"2024-11-03 21:07:45 Ana: {text}"]


def test_bloggers_comments_belong_to_their_post_and_settings_to_nobody(tmp_path: Path) -> None:
    kind = "<category term='http://schemas.google.com/blogger/2008/kind#{}'/>"
    items = _read(
        tmp_path,
        _atom(
            "<id>s</id><title>Template</title><content>x</content>" + kind.format("settings"),
            "<id>p</id><title>T</title><content>post</content>" + kind.format("post"),
            "<id>c</id><author><name>Ben</name></author><content>nice</content>"
            + kind.format("comment")
            + "<thr:in-reply-to xmlns:thr='http://purl.org/syndication/thread/1.0' ref='p'/>",
        ),
    )
    assert shown(items) == ["* settings: Template", ": post", "Ben: nice"]
    assert [item.key for item in items if isinstance(item, Conversation)] == ["s", "p", "p"]


def _wordpress(kind: str = "post", status: str = "publish", more: str = "") -> str:
    return (
        f"<title>T</title><guid>g</guid><dc:creator>ana</dc:creator><wp:post_type>{kind}"
        f"</wp:post_type><wp:status>{status}</wp:status><excerpt:encoded>e</excerpt:encoded>"
        "<wp:post_date_gmt>2024-11-03 21:07:45</wp:post_date_gmt>"
        f"<content:encoded>words</content:encoded>{more}"
    )


@pytest.mark.parametrize(
    ("item", "line"),
    [
        (_wordpress(), "ana: words"),
        (_wordpress("page"), "ana: words"),
        (_wordpress(status="draft"), "ana: words"),
        (_wordpress(status="trash"), "! entry 1: it was thrown away"),
        (_wordpress("attachment"), "* attachment: T"),
        (_wordpress("nav_menu_item"), "* nav_menu_item: T"),
    ],
)
def test_of_wordpress_posts_pages_and_drafts_are_read(item: str, line: str, tmp_path: Path) -> None:
    assert shown(_read(tmp_path, _rss(item))) == [line]


def test_comments_of_wordpress_have_authors_times_and_answers(tmp_path: Path) -> None:
    def comment(number: int, text: str, parent: int = 0, approved: str = "1") -> str:
        return (
            f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Ben"
            "</wp:comment_author><wp:comment_author_email>B@x.org</wp:comment_author_email>"
            "<wp:comment_date_gmt>2024-11-03 21:07:45</wp:comment_date_gmt>"
            f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>"
            f"{approved}</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent>"
            "</wp:comment>"
        )

    more = comment(1, "nice") + comment(2, "so <i>true</i>", 1) + comment(3, "buy", 0, "spam")
    items = _read(tmp_path, _rss(_wordpress(more=more + comment(4, ""))))
    assert shown(items) == [
        "ana: words", "Ben: nice", "Ben: so true", "* buy",
        "! entry 1, comment 4: a comment without words",
    ]  # fmt: skip
    answer = messages(items)[2]
    assert (answer.author_key, answer.reply_to) == ("b@x.org", "g#comment 1")
    assert answer.said_at == datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC)


def test_a_post_without_words_is_accounted_for(tmp_path: Path) -> None:
    items = _read(
        tmp_path,
        _rss("<guid>1</guid><description>&lt;img src='x'&gt;</description>",
             "<guid>2</guid><title>Only a title</title>", "<guid>3</guid>"),
    )  # fmt: skip
    assert shown(items) == [": [picture] ", ": Only a title", "! entry 3: an entry without words"]


def test_a_file_cut_off_keeps_what_was_before(tmp_path: Path) -> None:
    whole = _rss(*["<description>words</description>"] * 3)
    items = _read(tmp_path, whole[:-60])
    assert len(messages(items)) == 2
    assert [found.where for found in skipped(items)] == ["after entry 2"]


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" + _rss("<title>&b;</title>")
    items = _read(tmp_path, bomb.replace("<?xml version='1.0'?>", ""))
    assert messages(items) == []
    assert "DTDForbidden" in skipped(items)[0].why


def test_only_feeds_are_claimed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_rss())
    (tmp_path / "b.xml").write_text("<?xml version='1.0'?><smses count='1'/>")
    (tmp_path / "c.atom").write_text(_atom())
    with open_archive(tmp_path) as archive:
        assert Blog().claims(archive) == ["a.xml", "c.atom"]
    with pytest.raises(ImportProblem, match="is no RSS"):
        read(Blog(), tmp_path, "<x/>", "d.xml")


def test_mangled_feeds_are_read_or_skipped(tmp_path: Path) -> None:
    seed = _rss(
        _wordpress(more="<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>")
    ).encode()
    for number in range(150):
        chance, content = Random(number), bytearray(seed)
        start = chance.randrange(60, len(content))
        content[start : start + 5] = chance.choice([b"", b"<", b"\xff", b"&#1;", b"<x>", b"\0"])
        assert all(str(item).encode() for item in _read(tmp_path, bytes(content)))


_texts = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=40).map(
    lambda text: f"so {text}."
)


@settings(max_examples=60, deadline=None)
@given(posts=st.lists(st.lists(_texts, min_size=1, max_size=4), max_size=5))
def test_what_is_written_is_read_back_whole(posts: list[list[str]]) -> None:
    pages = ["".join(f"<p>{escape(text)}</p>" for text in post) for post in posts]
    rss = _rss(*(f"<guid>{n}</guid><description>{escape(p)}</description>"
                 for n, p in enumerate(pages)))  # fmt: skip
    atom = _atom(*(f"<id>{n}</id><content type='html'>{escape(p)}</content>"
                   for n, p in enumerate(pages)))  # fmt: skip
    for content in (rss, atom):
        with tempfile.TemporaryDirectory() as folder:
            items = _read(Path(folder), content)
        assert skipped(items) == []
        assert [message.text for message in messages(items)] == [t for post in posts for t in post]
