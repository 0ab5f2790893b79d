"""Who is likely to be the owner is found, offered with the authors, and remembered by their ids."""

import json
import zipfile
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import open_archive
from ingest.errors import OwnerUnclear
from ingest.likely import Cast, likely_owner
from ingest.pipeline import Plan, preview, run, who_wrote
from ingest.record import Conversation, Message
from ingest.told import told_names
from memory.store import Memory
from tests.ingest.seeds import SEEDS

PLAN = Plan(owner_names=[], zone=UTC)
TOLD: dict[str, tuple[dict[str, Any], list[str]]] = {
    "facebook": (
        {"personal_information/profile_information/profile_information.json": {
            "profile_v2": {"name": {"full_name": "Zo\u00c3\u00ab Reis"}}}},
        ["Zoë Reis"],
    ),
    "instagram": (
        {"personal_information/personal_information/personal_information.json": {
            "profile_user": [{"string_map_data": {"Name": {"value": "Ana"},
                                                  "Username": {"value": "ana.r"}}}]}},
        ["Ana", "ana.r"],
    ),
    "google": (
        {"Takeout/Profile/Profile.json": {"name": {"formattedName": "Ana Reis"},
                                          "emails": [{"value": "ana@example.org"}]},
         "Takeout/Google Chat/Users/User 1/user_info.json": {
             "user": {"name": "Ana", "email": "ana@example.org"}}},
        ["Ana", "ana@example.org", "Ana Reis"],
    ),
    "discord": (
        {"account/user.json": {"id": "42", "username": "ana", "global_name": "Ana"}},
        ["ana", "42", "Ana"],
    ),
    "telegram": (
        {"result.json": {"about": "x", "personal_information": {
            "user_id": 42, "first_name": "Ana", "last_name": "Reis", "phone_number": "+351 9",
            "username": "@ana"}, "chats": {"list": []}}},
        ["Ana Reis", "user42", "@ana", "+351 9"],
    ),
    "x": ({"data/account.js": SEEDS["x"][0]["data/account.js"]}, ["42", "ana"]),
    "linkedin": ({"Profile.csv": "First Name,Last Name,Headline\nAna,Reis,Boats\n"}, ["Ana Reis"]),
    "nobody": ({"user.json": {"id": "42"}, "result.json": [1], "Profile.csv": "a,b\n",
                "profile.json": "{", "account.js": "x", "user_info.json": {"user": 5}}, []),
}  # fmt: skip


@pytest.mark.parametrize("account", TOLD)
def test_accounts_tell_whose_they_are(account: str, tmp_path: Path) -> None:
    files, names = TOLD[account]
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, str) else json.dumps(content))
    with open_archive(path) as opened:
        assert sorted(told_names(opened)) == sorted(names)


def _cast(*chats: tuple[str, list[str]], **keys: str) -> Cast:
    cast = Cast()
    for number, (title, authors) in enumerate(chats):
        for author in authors:
            conversation = Conversation(key=str(number), title=title)
            cast.meet(conversation, Message(where="", author=author, author_key=keys.get(author)))
    return cast


@pytest.mark.parametrize(
    ("cast", "told", "owner", "likely"),
    [
        (_cast(("x", ["Ana", "Ben"]), Ana="user42"), ["user42"], "", ["Ana"]),
        (_cast(("x", ["A. Reis", "Ben"])), ["a. reis"], "", ["A. Reis"]),
        (_cast(("x", ["Ana", "Ben"])), [], "Ana Reis", ["Ana"]),
        (_cast(("x", ["Ana Reis 🌊", "Ben"])), [], "Ana Reis", ["Ana Reis 🌊"]),
        (_cast(("x", ["ana.reis", "Ben"])), [], "Ana Reis", ["ana.reis"]),
        (_cast(("x", ["Ana Silva", "Ben"])), [], "Ana Reis", []),
        (_cast(("Ben", ["M", "Ben"]), ("Zoë", ["M", "Zoë"])), [], "", ["M"]),
        (_cast(("x", ["M", "Ben"]), ("y", ["M", "Ben"])), [], "", []),
        (_cast(("Ben", ["M", "Ben"])), [], "", ["M"]),
        (_cast(("Roof", ["M", "Ben", "Zoë"])), [], "", []),
        (_cast(), ["Ana"], "Ana", []),
    ],
)
def test_the_first_sign_that_there_is_tells(
    cast: Cast, told: list[str], owner: str, likely: list[str]
) -> None:
    assert likely_owner([cast], told, owner) == likely


def _telegram(name: str, *texts: str) -> str:
    said = [
        {"id": n, "type": "message", "date_unixtime": str(1730668065 + n), "from": name,
         "from_id": "user42", "text": text}
        for n, text in enumerate(texts)
    ]  # fmt: skip
    other = {**said[0], "id": 99, "from": "Ben", "from_id": "user7", "text": "ho"}
    return json.dumps({"name": "Ben", "type": "personal_chat", "id": 7, "messages": [*said, other]})


def test_the_likely_owner_is_offered(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(_telegram("Annie", "hi", "there"))
    assert who_wrote([path], PLAN).likely == ["Annie"]
    with pytest.raises(OwnerUnclear, match="likely 'Annie': --as Annie"):
        preview([path], memory, PLAN)


def test_the_owner_is_known_again_by_their_id_under_another_name(
    memory: Memory, tmp_path: Path
) -> None:
    path = tmp_path / "result.json"
    path.write_text(_telegram("Annie", "hi"))
    run([path], memory, replace(PLAN, owner_names=["Annie"]))
    assert set(memory.sources.aliases()) == {"Annie", "user42"}
    path.write_text(_telegram("A 🌊", "hi", "a word more"))
    assert preview([path], memory, PLAN)[0].own == 2
