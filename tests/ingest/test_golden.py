"""Every kind of export is claimed by its own reader alone, and goes into memory."""

import json
import zipfile
from pathlib import Path

import pytest

from ingest.archive import open_archive
from ingest.detect import find_parts
from ingest.sources import READERS
from tests.ingest import (
    test_discord,
    test_eml,
    test_google_chat,
    test_imessage,
    test_line,
    test_messenger,
    test_meta_posts,
    test_signal,
    test_slack,
)
from tests.ingest.test_discord_package import ROW, as_csv, discord_package

DISCORD = test_discord.discord_export(test_discord.discord_message())
ENCRYPTED = test_messenger.encrypted_export(
    {"senderName": "Zoë", "timestamp": 1, "text": "a", "type": "text"}
)
THREAD = test_messenger.thread(test_messenger.said())
GOLDEN: dict[str, tuple[str, dict[str, str]]] = {
    "discord": ("discord", {"beans.json": json.dumps(DISCORD, indent=2)}),
    "discord cut off": ("discord", {"beans.json": json.dumps(DISCORD)[:-40]}),
    "discord package": ("discord-package", discord_package()),
    "discord package in CSV": ("discord-package", discord_package("Compte", "", older=True)),
    "one channel in JSON": ("discord-package", {"messages.json": json.dumps([ROW])}),
    "one channel in CSV": ("discord-package", {"messages.csv": as_csv(ROW)}),
    "slack": ("slack", test_slack.slack_export(test_slack.slack_message())),
    "facebook": ("messenger", test_messenger.messenger_export(THREAD, THREAD)),
    "instagram": ("messenger", test_messenger.messenger_export(
        THREAD, folder=test_messenger.INSTAGRAM)),
    "encrypted": ("messenger", ENCRYPTED),
    "facebook posts": ("meta-posts", test_meta_posts.meta_file(
        test_meta_posts.FACEBOOK, test_meta_posts.facebook_post())),
    "instagram comments": ("meta-posts", test_meta_posts.meta_file(
        test_meta_posts.REMARKS, test_meta_posts.instagram_comment())),
    "imessage": ("imessage", {"Ana.txt": test_imessage.CHAT}),
    "signal": ("signal", {"Ana/chat.md": test_signal.CHAT, "Ana/index.html": "<html></html>"}),
    "signal in data": ("signal", {"Ana/chat.md": test_signal.CHAT,
                                  "Ana/data.json": test_signal.data(test_signal.said())}),
    "line": ("line", {"[LINE] Ben.txt": test_line.CHAT}),
    "google chat": ("google-chat", test_google_chat.google_export(test_google_chat.said())),
    "mails": ("eml", {"Inbox/1.eml": test_eml.FIRST, "Sent/2.eml": test_eml.ANSWER}),
    "maildir": ("eml", {"cur/1.M1.host:2,S": test_eml.FIRST, ".Sent/cur/2.M2:2,": test_eml.ANSWER}),
    "telegram": ("telegram", {"result.json": json.dumps(
        {"name": "Ben", "type": "personal_chat", "id": 1, "messages": []})}),
    "whatsapp": ("whatsapp", {"_chat.txt": "[03/11/2024, 21:07:45] Ana: hi"}),
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN)
def test_an_export_is_claimed_by_its_own_reader_alone(name: str, tmp_path: Path) -> None:
    format, files = GOLDEN[name]
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    with open_archive(path) as opened:
        claimed = {reader.format: list(reader.claims(opened)) for reader in READERS}
        chats = {f for f, names in claimed.items() if names} - {"html", "markdown", "text"}
        parts = find_parts(opened, READERS, None)
    assert chats == {format}
    assert [part.reader.format for part in parts] == [format]


def test_a_zip_with_many_exports_gives_each_to_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, (_, files) in GOLDEN.items():
            for file, content in files.items():
                archive.writestr(f"{name}/{file}", content)
    with open_archive(path) as opened:
        parts = find_parts(opened, READERS, None)
    chats = {p.name.partition("/")[0]: p.reader.format for p in parts if p.reader.format != "text"}
    # All threads of Messenger, all single mails, and channels side by side are one source each.
    together = {name for name, (f, _) in GOLDEN.items() if f in ("messenger", "eml")}
    together |= {"one channel in CSV", "one channel in JSON"}
    apart = {name: f for name, (f, _) in GOLDEN.items() if name not in together}
    assert {name: f for name, f in chats.items() if name not in together} == apart
    assert sorted(chats[name] for name in together & chats.keys()) == [
        "discord-package", "eml", "messenger"
    ]  # fmt: skip
