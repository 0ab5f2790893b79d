"""Posts, long posts and direct messages of an X archive are read, with one's own told apart."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message
from ingest.source import ReadOptions
from ingest.sources.x_archive import XArchive
from tests.ingest.exports import messages, opened, read, read_path, shown, skipped

ACCOUNT = 'window.YTD.account.part0 = [ {"account": {"accountId": "42", "username": "ana"}} ]'
WHEN = "Sun Nov 03 21:07:45 +0000 2024"


def _tweet(text: str = "hi", **fields: Any) -> dict[str, Any]:
    return {"id_str": "7", "id": "7", "full_text": text, "created_at": WHEN, **fields}


def _js(name: str, content: Any, part: int = 0) -> str:
    return f"window.YTD.{name}.part{part} = {json.dumps(content)}"


def _read(folder: Path, content: Any, name: str = "tweets") -> list[Item]:
    (folder / "account.js").write_text(ACCOUNT)
    (folder / "x.js").write_text(_js(name, content), encoding="utf-8")
    return read_path(XArchive(), folder)


@pytest.mark.parametrize("name", ["tweets", "tweet", "tweets_part1"])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_post_is_the_owners(name: str, wrapped: bool, tmp_path: Path) -> None:
    tweet = _tweet("a &amp; b", in_reply_to_status_id_str="5")
    assert _read(tmp_path, [{"tweet": tweet} if wrapped else tweet], name) == [
        Conversation(key="posts of 42", title="Posts on X", form="post"),
        Message(
            where="post 7",
            author="",
            said_at=datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC),
            text="a & b",
            external_id="7",
            reply_to="5",
        ),
    ]


def test_links_are_written_out_and_pictures_named(tmp_path: Path) -> None:
    tweet = _tweet(
        "see https://t.co/a https://t.co/b",
        entities={
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://example.org/long"}],
            "media": [{"url": "https://t.co/b", "type": "photo"}],
        },
        extended_entities={"media": [{"url": "https://t.co/b", "type": "animated_gif"}] * 2},
    )
    assert shown(_read(tmp_path, [{"tweet": tweet}])) == [
        ": [GIF, GIF] see https://example.org/long"
    ]


def test_what_is_passed_on_is_quoted(tmp_path: Path) -> None:
    found = messages(_read(tmp_path, [{"tweet": _tweet("RT @ben: hi")}, {"tweet": _tweet()}]))
    assert [message.quoted for message in found] == [True, False]


def test_a_time_before_the_network_is_unknown(tmp_path: Path) -> None:
    old = _tweet(created_at="Thu Jan 01 00:00:00 +0000 1970")
    assert messages(_read(tmp_path, [old]))[0].said_at is None


def test_a_long_post_is_read_whole_and_not_twice(tmp_path: Path) -> None:
    long = "It began with rain. " * 40
    note = {"noteTweet": {"noteTweetId": "9", "createdAt": "2024-11-03T21:07:45.000Z",
                          "core": {"text": long, "urls": []}}}  # fmt: skip
    (tmp_path / "account.js").write_text(ACCOUNT)
    (tmp_path / "note-tweet.js").write_text(_js("note_tweet", [note]))
    tweet = _tweet(long[:270] + "… https://t.co/z")
    (tmp_path / "tweets.js").write_text(_js("tweets", [{"tweet": tweet}, {"tweet": _tweet()}]))
    with open_archive(tmp_path) as archive:
        names = XArchive().claims(archive)
        assert names == ["note-tweet.js", "tweets.js"]
    assert shown(read_path(XArchive(), tmp_path)) == [f": {long}"]
    (tmp_path / "first").mkdir()
    posts = _items(tmp_path, "tweets.js")
    assert shown(posts) == ["! post 1: cut short here; read whole among the long posts", ": hi"]


def _items(folder: Path, name: str) -> list[Item]:
    with open_archive(folder) as archive:
        return list(XArchive().read(archive, name, ReadOptions()))


def _sent(number: str, sender: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"messageCreate": {"id": number, "senderId": sender, "recipientId": "1", "text": text,
                              "createdAt": "2024-11-03T21:07:45.000Z", **fields}}  # fmt: skip


def test_direct_messages_come_oldest_first_with_ones_own_told_apart(tmp_path: Path) -> None:
    url = [{"url": "https://t.co/a", "expanded": "https://example.org"}]
    talk = {"conversationId": "42-77", "messages": [
        _sent("2", "77", "see https://t.co/a", urls=url, mediaUrls=["https://x"]),
        _sent("1", "42", "hi &lt;3"),
    ]}  # fmt: skip
    items = _read(tmp_path, [{"dmConversation": talk}], "direct_messages")
    assert opened(items) == Conversation(key="42-77", title="Messages with 77", form="chat")
    assert shown(items) == [": hi <3", "77: [photo or video] see https://example.org"]
    assert [message.external_id for message in messages(items)] == ["1", "2"]


def test_in_a_group_what_is_no_message_is_a_notice(tmp_path: Path) -> None:
    talk = {"conversationId": "99", "messages": [
        {"participantsLeave": {"userIds": ["3"], "createdAt": "2024-11-03T21:07:45.000Z"}},
        _sent("1", "77", "hi"),
    ]}  # fmt: skip
    items = _read(tmp_path, [{"dmConversation": talk}], "direct_messages_group")
    assert opened(items).form == "group"
    assert shown(items) == ["77: hi", "* participantsLeave"]


def test_without_the_account_everybody_goes_by_id(tmp_path: Path) -> None:
    talk = {"conversationId": "42-77", "messages": [_sent("1", "42", "hi")]}
    content = _js("direct_messages", [{"dmConversation": talk}])
    assert shown(read(XArchive(), tmp_path, content, "x.js")) == ["42: hi"]


SKIPPED: list[Any] = [
    5, None, [], {"tweet": 5}, {"tweet": _tweet(full_text=[])}, {"tweet": {}},
    {"tweet": _tweet(created_at="soon")}, {"tweet": _tweet(entities=[1])},
]  # fmt: skip


@pytest.mark.parametrize("broken", SKIPPED)
def test_a_post_that_makes_no_sense_is_skipped_alone(broken: Any, tmp_path: Path) -> None:
    items = _read(tmp_path, [{"tweet": _tweet()}, broken, {"tweet": _tweet()}])
    assert [found.where for found in skipped(items)] == ["post 2"]
    assert len(messages(items)) == 2


def test_a_file_cut_off_keeps_what_was_before(tmp_path: Path) -> None:
    whole = _js("tweets", [{"tweet": _tweet()}, {"tweet": _tweet()}])
    items = read(XArchive(), tmp_path, whole[:-40], "tweets.js")
    assert len(messages(items)) == 1
    assert [found.where for found in skipped(items)] == ["after post 1"]
    assert skipped(read(XArchive(), tmp_path, whole + ";\n", "tweets.js")) == []


def test_nesting_without_end_is_left_soon(tmp_path: Path) -> None:
    content = "window.YTD.tweets.part0 = [" + '{"tweet":[' * 100_000
    items = read(XArchive(), tmp_path, content, "tweets.js")
    assert messages(items) == []
    assert len(skipped(items)) == 1


def test_other_files_of_the_archive_are_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "like.js").write_text(_js("like", []))
    (tmp_path / "account.js").write_text(ACCOUNT)
    (tmp_path / "app.js").write_text("console.log('hi')")
    with open_archive(tmp_path) as archive:
        assert XArchive().claims(archive) == []
        with pytest.raises(ImportProblem, match="is no file of an X archive"):
            list(_items(tmp_path, "like.js"))


_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(_texts.map(lambda text: f"so {text}."), max_size=8))
def test_what_is_written_is_read_back_whole(texts: list[str]) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    tweets = [{"tweet": _tweet(escaped(text), id_str=str(n))} for n, text in enumerate(texts)]
    talk = [_sent(str(n), "77", escaped(text)) for n, text in enumerate(texts)]
    dms = [{"dmConversation": {"conversationId": "42-77", "messages": talk[::-1]}}]
    with tempfile.TemporaryDirectory() as folder:
        posts = _read(Path(folder), tweets)
        talks = _read(Path(folder), dms, "direct_messages")
    assert skipped(posts) == skipped(talks) == []
    assert [message.text for message in messages(posts)] == texts
    assert [message.text for message in messages(talks)] == texts
