"""Of ChatGPT's conversations the branch that was shown is read, the user's side as the owner's."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.record import Conversation, Item, Message
from ingest.sources.chatgpt import LONGEST_TYPED, ChatGpt
from tests.ingest.exports import messages, opened, read, shown, skipped


def _node(number: str, parent: str | None, text: Any = None, role: str = "user", **more: Any):
    message: dict[str, Any] | None = None
    if text is not None:
        content = text if isinstance(text, dict) else {"content_type": "text", "parts": [text]}
        message = {"id": number, "author": {"role": role}, "create_time": 1730668065.5,
                   "content": content, **more}  # fmt: skip
    return {"id": number, "parent": parent, "children": [], "message": message}


def _conversation(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "Roof", "id": "c1", "create_time": 1.0, "current_node": nodes[-1]["id"],
            "mapping": {node["id"]: node for node in nodes}, **more}  # fmt: skip


def _read(folder: Path, *conversations: Any) -> list[Item]:
    return read(ChatGpt(), folder, json.dumps(conversations), "conversations.json")


def test_the_users_side_is_the_owners(tmp_path: Path) -> None:
    items = _read(
        tmp_path,
        _conversation(
            _node("r", None), _node("a", "r", "why?"), _node("b", "a", "rain", "assistant")
        ),
    )
    said_at = datetime(2024, 11, 3, 21, 7, 45, 500_000, tzinfo=UTC)
    assert items == [
        Conversation(key="c1", title="Roof", form="chat"),
        Message(where="conversation 1, message 2", author="", said_at=said_at, text="why?",
                external_id="a"),
        Message(where="conversation 1, message 3", author="ChatGPT", author_key="assistant",
                said_at=said_at, text="rain", external_id="b"),
    ]  # fmt: skip


def test_versions_that_were_given_up_are_told(tmp_path: Path) -> None:
    items = _read(
        tmp_path,
        _conversation(
            _node("r", None), _node("x", "r", "old"), _node("y", "x", "old answer", "assistant"),
            _node("a", "r", "new"),
        ),
    )  # fmt: skip
    assert shown(items) == [": new", "! conversation 1: 2 messages of versions that were given up"]


CONTENT: list[tuple[Any, str]] = [
    ({"content_type": "multimodal_text", "parts": [
        {"content_type": "image_asset_pointer", "asset_pointer": "x"}, "look"]}, ": [image] look"),
    ({"content_type": "multimodal_text", "parts": [
        {"content_type": "audio_transcription", "text": "spoken"},
        {"content_type": "audio_asset_pointer"}]}, ": [audio] spoken"),
    ({"content_type": "text", "parts": ["a", "b"]}, ": a\nb"),
    ({"content_type": "text", "parts": [""]}, "* "),
    ({"content_type": "user_editable_context", "user_profile": "x"}, "* "),
]  # fmt: skip


@pytest.mark.parametrize(("content", "line"), CONTENT)
def test_content_of_each_kind_is_read(content: Any, line: str, tmp_path: Path) -> None:
    assert shown(_read(tmp_path, _conversation(_node("a", None, content)))) == [line]


@pytest.mark.parametrize(
    "more",
    [
        {"weight": 0},
        {"metadata": {"is_visually_hidden_from_conversation": True}},
        {"author": {"role": "system"}},
        {"author": {"role": "tool"}},
        {"recipient": "python"},
        {"content": {"content_type": "thoughts", "thoughts": []}},
    ],
)
def test_what_is_not_shown_is_a_notice(more: dict[str, Any], tmp_path: Path) -> None:
    items = _read(tmp_path, _conversation(_node("a", None, "hidden", **more)))
    assert [message.system for message in messages(items)] == [True]


@pytest.mark.parametrize("text", ["x" * (LONGEST_TYPED + 1), "fix:\n```\nx\n```", "> a\n> b\nwhy?"])
def test_what_was_pasted_is_not_the_owners_manner(text: str, tmp_path: Path) -> None:
    items = _read(tmp_path, _conversation(_node("a", None, text)))
    assert [message.quoted for message in messages(items)] == [True]


def test_attachments_are_named_and_a_missing_time_is_none(tmp_path: Path) -> None:
    more = {"metadata": {"attachments": [{"name": "plan.pdf"}]}, "create_time": None}
    items = _read(tmp_path, _conversation(_node("a", None, "look", **more)))
    assert shown(items) == [": [file: plan.pdf] look"]
    assert messages(items)[0].said_at is None


def test_a_tree_that_runs_in_a_circle_ends(tmp_path: Path) -> None:
    items = _read(tmp_path, _conversation(_node("a", "b", "one"), _node("b", "a", "two")))
    assert shown(items) == [": one", ": two"]


BROKEN: list[Any] = [
    5, None, {"mapping": 5}, {"mapping": {"a": 5}, "current_node": "a"},
    _conversation(_node("a", None, {"parts": 5})), _conversation(_node("a", [])),
    _conversation(_node("a", None, "x", create_time="soon")),
    _conversation(_node("a", None, "x", create_time=1e300)),
    _conversation(_node("a", None, "x", author=[])), {"title": [], "mapping": {}},
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_what_makes_no_sense_is_skipped_alone(broken: Any, tmp_path: Path) -> None:
    items = _read(tmp_path, broken, _conversation(_node("a", None, "end")))
    assert shown(items)[-1] == ": end"
    assert len(messages(items)) == 1
    assert len(skipped(items)) <= 1


def test_only_its_files_are_claimed(tmp_path: Path) -> None:
    content = json.dumps([_conversation(_node("a", None, "x"))])
    (tmp_path / "conversations.json").write_text(content)
    (tmp_path / "conversations-000.json").write_text("\ufeff" + content, encoding="utf-8")
    (tmp_path / "user.json").write_text('{"id": "user-1"}')
    (tmp_path / "feedback.json").write_text('[{"id": "1"}]')
    with open_archive(tmp_path) as archive:
        assert ChatGpt().claims(archive) == ["conversations-000.json", "conversations.json"]


def test_cut_off_files_keep_what_was_before(tmp_path: Path) -> None:
    content = json.dumps([_conversation(_node("a", None, "one")), _conversation(_node("b", None))])
    items = read(ChatGpt(), tmp_path, content[:-30], "conversations.json")
    assert opened(items).title == "Roof"
    assert shown(items)[0] == ": one"
    assert [found.where for found in skipped(items)] == ["after conversation 1"]


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(lambda t: f"so {t}")


@settings(max_examples=80, deadline=None)
@given(turns=st.lists(st.tuples(st.sampled_from(["user", "assistant"]), _texts), min_size=1))
def test_what_is_written_is_read_back_whole(turns: list[tuple[str, str]]) -> None:
    nodes = [
        _node(f"n{n}", f"n{n - 1}" if n else None, text, role)
        for n, (role, text) in enumerate(turns)
    ]
    with tempfile.TemporaryDirectory() as folder:
        items = _read(Path(folder), _conversation(*nodes))
    assert skipped(items) == []
    assert [(m.text, m.author) for m in messages(items)] == [
        (text, "" if role == "user" else "ChatGPT") for role, text in turns
    ]
