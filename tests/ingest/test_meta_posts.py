"""Posts and comments of Facebook and Instagram are read, with their letters made whole."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.record import Conversation, Item, Message
from ingest.sources.meta_posts import MetaPosts
from tests.ingest.exports import messages, shown, skipped
from tests.ingest.hostile import mangled, read_files
from tests.ingest.test_messenger import broken

SECOND = 1730668065
FACEBOOK = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
GROUPS = "your_facebook_activity/groups/group_posts_and_comments.json"
COMMENTS = "your_facebook_activity/comments_and_reactions/comments.json"
INSTAGRAM = "your_instagram_activity/media/posts_1.json"
REELS = "your_instagram_activity/media/reels.json"
REMARKS = "your_instagram_activity/comments/post_comments_1.json"
REEL_REMARKS = "your_instagram_activity/comments/reels_comments.json"


def facebook_post(text: str | None = "ok", second: int = SECOND, **fields: Any) -> dict[str, Any]:
    data = [{"post": text}] if text is not None else []
    return {"timestamp": second, "data": [*data, {"update_timestamp": second}], **fields}


def facebook_comment(text: str = "ok", second: int = SECOND) -> dict[str, Any]:
    said = {"timestamp": second, "comment": text, "author": "Zoë"}
    return {"timestamp": second, "data": [{"comment": said}], "title": "Zoë commented on a post."}


def instagram_post(*titles: str, second: int = SECOND, **fields: Any) -> dict[str, Any]:
    media = [
        {"uri": f"media/{number}.jpg", "creation_timestamp": second, "title": title}
        for number, title in enumerate(titles)
    ]
    return {"media": media, **fields}


def instagram_comment(text: str = "ok", named: str = "Comment") -> dict[str, Any]:
    return {
        "media_list_data": [{"uri": ""}],
        "string_map_data": {
            named: {"value": text},
            "Media Owner": {"value": "ben"},
            "Time": {"timestamp": SECOND},
        },
    }


def meta_file(name: str, *content: Any, key: str | None = None) -> dict[str, str]:
    whole = list(content) if key is None else {key: list(content)}
    return {name: json.dumps(broken(whole))}


def _read(files: dict[str, str]) -> list[Item]:
    return read_files(MetaPosts(), {name: text.encode() for name, text in files.items()})


def _attached(*data: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"data": [part]} for part in data]


PHOTO = {"media": {"uri": "posts/a.jpg", "description": "the roof"}}
LINK = {"external_context": {"url": "https://x.example"}}


@dataclass(frozen=True)
class Case:
    name: str
    files: dict[str, str]
    title: str
    shown: list[str]


CASES = [
    Case("post", meta_file(FACEBOOK, facebook_post("Zoë ☕")), "Posts on Facebook", [": Zoë ☕"]),
    Case("photo with words below",
         meta_file(FACEBOOK, facebook_post(None, attachments=_attached(PHOTO, PHOTO))),
         "Posts on Facebook", [": [photo, photo] the roof"]),
    Case("words above a photo", meta_file(FACEBOOK, facebook_post(attachments=_attached(PHOTO))),
         "Posts on Facebook", [": [photo] ok"]),
    Case("link", meta_file(FACEBOOK, facebook_post(None, attachments=_attached(LINK))),
         "Posts on Facebook", [": [link] "]),
    Case("in a group", meta_file(GROUPS, facebook_post(), key="group_posts_v2"),
         "Posts on Facebook", [": ok"]),
    Case("comment", meta_file(COMMENTS, facebook_comment("é"), key="comments_v2"),
         "Comments on Facebook", [": é"]),
    Case("one picture", meta_file(INSTAGRAM, instagram_post("sea ☀")),
         "Posts on Instagram", [": [photo] sea ☀"]),
    Case("several pictures",
         meta_file(INSTAGRAM, instagram_post("", "", title="sea", creation_timestamp=SECOND)),
         "Posts on Instagram", [": [photo, photo] sea"]),
    Case("reel", meta_file(REELS, instagram_post("run"), key="ig_reels_media"),
         "Posts on Instagram", [": [photo] run"]),
    Case("remark", meta_file(REMARKS, instagram_comment()), "Comments on Instagram", [": ok"]),
    Case("remark in another language", meta_file(REMARKS, instagram_comment("ja", "Kommentar")),
         "Comments on Instagram", [": ja"]),
    Case("remark on a reel",
         meta_file(REEL_REMARKS, instagram_comment(), key="comments_reels_comments"),
         "Comments on Instagram", [": ok"]),
    Case("nothing written", meta_file(FACEBOOK, facebook_post(None), facebook_post()),
         "Posts on Facebook", ["! post 1: nothing was written there", ": ok"]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_written_is_read(case: Case) -> None:
    items = _read(case.files)
    assert items[0] == Conversation(key=case.title, title=case.title, form="post")
    assert shown(items) == case.shown
    assert {message.said_at for message in messages(items)} == {datetime.fromtimestamp(SECOND, UTC)}


def test_all_of_it_is_the_owners_own() -> None:
    assert _read(meta_file(COMMENTS, facebook_comment(), key="comments_v2"))[1:] == [
        Message(
            where="comment 1",
            author="",
            said_at=datetime.fromtimestamp(SECOND, UTC),
            text="ok",
        )
    ]


def test_the_newest_first_comes_out_oldest_first() -> None:
    posts = [facebook_post(f"{n}", SECOND - 60 * n) for n in range(3)]
    assert [m.text for m in messages(_read(meta_file(FACEBOOK, *posts)))] == ["2", "1", "0"]


@pytest.mark.parametrize(
    "files",
    [
        meta_file(COMMENTS, key="comments_v2"),
        meta_file(FACEBOOK),
        meta_file("posts/videos.json", facebook_post(), key="videos_v2"),
        {"posts_1.json": '{"posts": [{"timestamp": 1}]}'},
    ],
)
def test_other_lists_and_empty_ones_are_not_claimed(files: dict[str, str]) -> None:
    assert _read(files) == []


_TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, st.sampled_from([FACEBOOK, COMMENTS, INSTAGRAM, REMARKS]))
def test_what_a_writer_writes_is_read_back_whole(texts: list[str], name: str) -> None:
    said = [f"so {text}" for text in texts]
    times = range(SECOND, SECOND + len(said))
    files = {
        FACEBOOK: lambda: meta_file(name, *map(facebook_post, said, times)),
        COMMENTS: lambda: meta_file(name, *map(facebook_comment, said, times), key="comments_v2"),
        INSTAGRAM: lambda: meta_file(name, *map(instagram_post, said)),
        REMARKS: lambda: meta_file(name, *map(instagram_comment, said)),
    }[name]()
    items = _read(files)
    assert [message.text for message in messages(items)] == said
    assert skipped(items) == []


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(CASES))
def test_a_mangled_export_is_read_or_refused(seed: int, case: Case) -> None:
    mangled(MetaPosts(), case.files, seed)
