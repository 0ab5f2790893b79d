"""What exports of whole accounts are made of, to tell people's words from pages of the service."""

import re
from pathlib import PurePosixPath

from ingest.archive_seam import Archive, head

ACCOUNTS = frozenset(
    "chatgpt discord-package google-chat linkedin messenger meta-posts signal slack x".split()
)
"""Formats of a whole account, whose exports bring pages and notes of the service along."""
SINGLE_CHATS = frozenset("discord imessage line telegram whatsapp".split())
"""Formats of one chat, whose exports bring along what was sent in it."""
_META = ("your_facebook_activity", "your_instagram_activity", "messages")
_TAKEOUT = "Takeout"
_OWN = ("Drive", "Keep")
"""Folders of Google Takeout that hold documents of the owner; the rest are logs."""
_THREAD_PAGE = re.compile(r"(?:^|.*/)messages/\w+/[^/]+/message_\d+\.html?", re.IGNORECASE)
_CHAT_PAGE = re.compile(
    rb"<title>\s*Exported Data\s*</title>.*class=[\"']page_wrap|class=[\"']preamble.*"
    rb"class=[\"']chatlog",
    re.DOTALL,
)


def is_document_of_takeout(name: str) -> bool | None:
    """Say whether a file of Google Takeout is a document of its owner; None for other files."""
    parts = PurePosixPath(name).parts
    if _TAKEOUT not in parts[:-1]:
        return None
    return parts[parts.index(_TAKEOUT) + 1] in _OWN


def account_of(format: str, name: str) -> PurePosixPath:
    """Return the folder that the export of an account is unpacked in, by one of its parts."""
    path = PurePosixPath(name)
    folder = path.parent
    if format in ("messenger", "meta-posts"):
        marks = [number for number, part in enumerate(path.parts) if part in _META]
        return PurePosixPath(*path.parts[: marks[0]]) if marks else folder
    if format == "discord-package":
        return folder.parent if path.name == "index.json" else folder.parent.parent
    return folder.parent if format == "x" and folder.name == "data" else folder


def is_chat_page(archive: Archive, name: str) -> bool:
    """Say whether a file is a chat as a web page, which services offer beside better forms."""
    if not name.casefold().endswith((".html", ".htm")):
        return False
    if _THREAD_PAGE.fullmatch(name):
        return True
    return _CHAT_PAGE.search(head(archive, name)) is not None
