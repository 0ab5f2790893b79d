"""A Slack export is read as one source, with names for ids and without markup."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.record import Conversation, Item, Message
from ingest.sources.slack import Slack
from tests.ingest.exports import messages, shown, skipped
from tests.ingest.hostile import mangled, read_files

USERS: list[dict[str, Any]] = [
    {"id": "U1", "name": "ana", "real_name": "Ana Reis", "profile": {"display_name": "ana.r"}},
    {"id": "U2", "name": "ben", "profile": {"display_name": "", "real_name": "Ben Low"}},
    {"id": "U3", "name": "cleo", "profile": None},
]


def slack_message(ts: str | None = "1730668065.000200", **fields: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U1", "ts": ts, "text": "ok", **fields}


def slack_export(*content: Any, folder: str = "general") -> dict[str, str]:
    return {
        "users.json": json.dumps(USERS),
        "channels.json": json.dumps([{"id": "C1", "name": "general", "members": ["U1", "U2"]}]),
        "groups.json": json.dumps([{"id": "G1", "name": "secret", "members": ["U1"]}]),
        "mpims.json": json.dumps([{"id": "M1", "name": "mpdm-1", "members": ["U1", "U2", "U3"]}]),
        "dms.json": json.dumps([{"id": "D1", "members": ["U1", "U2"]}]),
        "integration_logs.json": "[]",
        f"{folder}/2024-11-03.json": json.dumps(list(content)),
    }


def _read(files: dict[str, str]) -> list[Item]:
    return read_files(Slack(), {name: text.encode() for name, text in files.items()})


@dataclass(frozen=True)
class Case:
    name: str
    fields: dict[str, Any]
    shown: str


CASES = [
    Case("plain", {}, "ana.r: ok"),
    Case("real name", {"user": "U2"}, "Ben Low: ok"),
    Case("user name", {"user": "U3"}, "cleo: ok"),
    Case("nobody known", {"user": "U9"}, "U9: ok"),
    Case("known from the message", {"user": "U9", "user_profile": {"real_name": "Dan"}}, "Dan: ok"),
    Case("nobody", {"user": None}, "Unknown: ok"),
    Case("names and channels", {"text": "<@U2> see <#C1|general> and <#C1> and <@U9>"},
         "ana.r: @Ben Low see #general and #general and @U9"),
    Case("emoji", {"text": "done :tada: :man-shrugging: :flag-it: :+1::skin-tone-3: :ok_hand:"},
         "ana.r: done \U0001f389 \U0001f937\u200d\u2642\ufe0f \U0001f1ee\U0001f1f9 "
         "\U0001f44d\U0001f3fc \U0001f44c"),
    Case("no emoji", {"text": "10:100:45 at :our-parrot: :"}, "ana.r: 10:100:45 at :our-parrot: :"),
    Case("everybody", {"text": "<!here> <!subteam^S1|@cooks> <!date^1^{date}|today>"},
         "ana.r: @here @cooks today"),
    Case("links", {"text": "<https://x.org> <https://x.org|x.org> <https://x.org/a|beans>"},
         "ana.r: https://x.org https://x.org beans (https://x.org/a)"),
    Case("mail", {"text": "<mailto:a@x.org|a@x.org>"}, "ana.r: a@x.org"),
    Case("escaped", {"text": "a &lt;b&gt; &amp; &amp;lt; :bean:"}, "ana.r: a <b> & &lt; :bean:"),
    Case("file", {"text": "", "files": [{"name": "plan.pdf"}, {"name": "a.png"}]},
         "ana.r: [file: plan.pdf, photo] "),
    Case("file without ending", {"files": [{"name": "image", "filetype": "png"}]},
         "ana.r: [photo] ok"),
    Case("deleted file", {"text": "", "files": [{"id": "F1", "mode": "tombstone"}]},
         "ana.r: [deleted file] "),
    Case("old file", {"subtype": "file_share", "file": {"name": "a.mp4"}}, "ana.r: [video] ok"),
    Case("me", {"subtype": "me_message"}, "ana.r: ok"),
    Case("somebody joins", {"subtype": "channel_join", "text": "<@U1> has joined"},
         "* @ana.r has joined"),
    Case("deleted", {"subtype": "tombstone", "text": "This message was deleted."},
         "* This message was deleted."),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_message_is_read_as_people_saw_it(case: Case) -> None:
    assert shown(_read(slack_export(slack_message(**case.fields)))) == [case.shown]


def test_a_reply_keeps_its_ids_its_author_and_its_exact_time() -> None:
    reply = slack_message(thread_ts="1730668000.000100", parent_user_id="U2")
    assert _read(slack_export(reply)) == [
        Conversation(key="C1", title="general", form="group"),
        Message(
            where="general/2024-11-03.json, message 1",
            author="ana.r",
            author_key="U1",
            said_at=datetime.fromtimestamp(1730668065.0002, UTC),
            text="ok",
            external_id="1730668065.000200",
            reply_to="1730668000.000100",
        ),
    ]


def test_the_first_of_a_thread_answers_nobody() -> None:
    first = slack_message(thread_ts="1730668065.000200")
    assert messages(_read(slack_export(first)))[0].reply_to is None


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("general", Conversation(key="C1", title="general", form="group")),
        ("secret", Conversation(key="G1", title="secret", form="group")),
        ("mpdm-1", Conversation(key="M1", title="ana.r, Ben Low, cleo", form="group")),
        ("D1", Conversation(key="D1", title="ana.r, Ben Low", form="chat")),
        ("gone", Conversation(key="gone", title="gone", form="group")),
    ],
)
def test_each_kind_of_channel_opens_as_what_it_is(folder: str, expected: Conversation) -> None:
    assert _read(slack_export(slack_message(), folder=folder))[0] == expected


def test_words_of_bots_and_passed_on_words_are_marked_as_quoted() -> None:
    bot = slack_message(
        "1.1", subtype="bot_message", username="deploy", user=None, text="",
        attachments=[{"fallback": "built"}],
    )  # fmt: skip
    passed = slack_message("2.1", text="", attachments=[{"is_share": True, "text": "from <@U2>"}])
    comment = slack_message("3.1", text="look", attachments=[{"text": "a page"}])
    items = _read(slack_export(bot, passed, comment))
    assert [message.quoted for message in messages(items)] == [True, True, False]
    assert shown(items) == ["deploy: built", "ana.r: from @Ben Low", "ana.r: look"]


def test_a_day_out_of_order_comes_out_in_order_and_days_follow_each_other() -> None:
    day = [slack_message("3.1", text="c"), slack_message("1.1", text="a")]
    files = slack_export(*day, "broken", slack_message("2.1", text="b"))
    files["general/2024-11-04.json"] = json.dumps([slack_message("4.1", text="d")])
    items = _read({f"export/{name}": content for name, content in files.items()})
    assert [message.text for message in messages(items)] == ["a", "b", "c", "d"]
    assert sum(isinstance(item, Conversation) for item in items) == 1
    assert [s.where for s in skipped(items)] == ["general/2024-11-03.json, message 3"]


def test_a_day_by_itself_is_read() -> None:
    assert shown(_read({"2024-11-03.json": json.dumps([slack_message()])})) == ["U1: ok"]


BROKEN: list[Any] = [
    {}, None, 5, slack_message(type="file"), slack_message(ts=None), slack_message(ts="soon"),
    slack_message(text=["x"]), slack_message(user={}), slack_message(ts="9" * 30),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_a_message_that_makes_no_sense_is_skipped_alone(broken: Any) -> None:
    items = _read(slack_export(slack_message("1.1"), broken, slack_message("3.1")))
    assert [message.external_id for message in messages(items)] == ["1.1", "3.1"]
    assert [s.where for s in skipped(items)] == ["general/2024-11-03.json, message 2"]


def _marked(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=12))
def test_a_channel_is_read_back_whole(texts: list[str]) -> None:
    said = [slack_message(f"{n}.5", text=_marked(text)) for n, text in enumerate(texts)]
    items = _read(slack_export(*said))
    assert [message.text for message in messages(items)] == texts
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mangled_export_is_read_or_refused(seed: int) -> None:
    mangled(Slack(), slack_export(slack_message(), slack_message("2.1", subtype="x")), seed)
