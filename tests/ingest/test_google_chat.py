"""Google Chat is read out of a Takeout as one source that knows its owner."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.identity import OwnerNames
from ingest.record import Conversation, Item, Message
from ingest.sources.google_chat import GoogleChat
from tests.ingest.exports import messages, shown, skipped
from tests.ingest.hostile import mangled, read_files

ANA = {"name": "Ana", "email": "ana@x.org", "user_type": "Human"}
BEN = {"name": "Ben", "email": "ben@x.org", "user_type": "Human"}
DATE = "Sunday, November 3, 2024 at 9:07:45\u202fPM UTC"


def said(**fields: Any) -> dict[str, Any]:
    return {"creator": BEN, "created_date": DATE, "text": "ok", "topic_id": "t",
            "message_id": "DM1/t/t", **fields}  # fmt: skip


def google_export(*content: Any, top: str = "Takeout/Google Chat", owner: bool = True):
    groups = f"{top}/Groups"
    files = {
        f"{groups}/DM 1/messages.json": json.dumps({"messages": list(content)}),
        f"{groups}/DM 1/group_info.json": json.dumps({"members": [ANA, BEN]}),
        f"{groups}/Space 2/messages.json": json.dumps({"messages": [said(message_id="S/a/b")]}),
        f"{groups}/Space 2/group_info.json": json.dumps({"name": "Beans", "members": [ANA, BEN]}),
    }
    user = {f"{top}/Users/User 7/user_info.json": json.dumps({"user": ANA})}
    return files | user if owner else files


def _read(files: dict[str, str]) -> list[Item]:
    return read_files(GoogleChat(), {name: text.encode() for name, text in files.items()})


def test_a_takeout_is_read_conversation_by_conversation() -> None:
    items = _read(google_export(said(), said(creator=ANA, text="café")))
    assert [item for item in items if isinstance(item, Conversation)] == [
        Conversation(key="DM 1", title="Ben", form="chat"),
        Conversation(key="Space 2", title="Beans", form="group"),
    ]
    assert shown(items) == ["Ben: ok", ": café", "Ben: ok"]
    assert [OwnerNames([]).is_own(m) for m in messages(items)] == [False, True, False]


def test_without_knowing_the_owner_everybody_has_a_name() -> None:
    items = _read(google_export(said(creator=ANA), owner=False, top="Google Chat"))
    assert shown(items) == ["Ana: ok", "Ben: ok"]


def test_a_message_keeps_its_ids_its_author_and_its_exact_time() -> None:
    assert messages(_read(google_export(said(message_id="DM1/t/u"))))[0] == Message(
        where="DM 1, message 1",
        author="Ben",
        author_key="ben@x.org",
        said_at=datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC),
        text="ok",
        external_id="DM1/t/u",
        reply_to="DM1/t/t",
    )


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "file": ({"text": None, "attached_files": [{"original_name": "plan.pdf"}]},
             "Ben: [file: plan.pdf] "),
    "photo": ({"attached_files": [{"export_name": "File-a.png"}]}, "Ben: [photo] ok"),
    "card": ({"text": "", "annotations": [{"video_call_metadata": {}}]}, "Ben: [card] "),
    "deleted": ({"message_state": "DELETED", "text": None}, "* "),
    "nobody": ({"creator": None}, "Unknown: ok"),
    "only an address": ({"creator": {"email": "c@x.org"}}, "c@x.org: ok"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_message_is_read_with_what_came_with_it(case: str) -> None:
    fields, expected = CASES[case]
    assert shown(_read(google_export(said(**fields))))[0] == expected


def test_words_of_bots_are_marked_and_a_quoted_message_is_the_one_answered() -> None:
    bot = said(creator={**BEN, "user_type": "Bot"})
    answer = said(quoted_message_metadata={"message_id": "DM1/a/a"})
    found = messages(_read(google_export(bot, answer)))
    assert (found[0].quoted, found[1].quoted, found[1].reply_to) == (True, False, "DM1/a/a")


BROKEN: list[Any] = [
    {}, None, 5, said(text=5), said(created_date=[]),
    said(creator={"name": 5}),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_a_message_that_makes_no_sense_is_skipped_alone(broken: Any) -> None:
    items = _read(google_export(said(), broken, said()))
    assert len(messages(items)) == 3
    assert [s.where for s in skipped(items)] == ["DM 1, message 2"]


@pytest.mark.parametrize(
    "written", ["soon", DATE.replace("3,", "39,"), "۱۴۰۳ آبان ۱۳ ساعت ۲۱:۰۷:۴۵"]
)
def test_words_without_a_date_that_can_be_read_are_kept_and_told_of(written: str) -> None:
    items = _read(google_export(said(created_date=written)))
    assert messages(items)[0].said_at is None
    assert shown(items)[:2] == [
        f"! DM 1, message 1: no date: {written!r}; the message is kept without", "Ben: ok"
    ]  # fmt: skip


_times = st.datetimes(datetime(2017, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"])),
            _times.map(lambda moment: moment.replace(microsecond=0)),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_a_conversation_is_read_back_whole(chat: list[tuple[str, datetime]]) -> None:
    written = [
        said(text=text, created_date=f"{at:%A, %B} {at.day}, {at:%Y} at {at:%I:%M:%S %p} UTC")
        for text, at in chat
    ]
    items = _read(google_export(*written))
    assert [(m.text, m.said_at) for m in messages(items)][:-1] == chat
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mangled_takeout_is_read_or_refused(seed: int) -> None:
    mangled(GoogleChat(), google_export(said(), said()), seed)
