"""ChatGPT's `conversations.json`, whole or in numbered parts: what its user wrote and was told.

Facts as of 2024 to 2026: a conversation is a tree of messages of which one branch is shown; times
are seconds since 1970 or missing; voice is written out in a part of its own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.archive_seam import Archive, head
from ingest.record import Conversation, Item, Message, Skipped
from ingest.source import ReadOptions
from ingest.sources.json_stream import Listed
from ingest.sources.values import Fields, fields_of, list_of, since_1970, word

ASSISTANT = "ChatGPT"
LONGEST_TYPED = 1_500
"""Characters beyond which a message is taken for something pasted."""
_OPENS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\[\s*(?:\{|\]\s*$)")
_TREE = re.compile(rb'"mapping"\s*:\s*\{')
_MARKS = re.compile(rb'"(?:current_node|client-created-root|create_time|parent)"\s*:')


class ChatGpt:
    """Reads the conversations of an account of ChatGPT."""

    format = "chatgpt"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the JSON files that hold trees of messages."""
        names = (name for name in archive.names if name.casefold().endswith(".json"))
        return [name for name in names if _opens_as_export(head(archive, name))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield conversation by conversation."""
        yield from Listed(archive, name).each(_conversation, "conversation")


def _opens_as_export(start: bytes) -> bool:
    return bool(_OPENS.match(start) and _TREE.search(start) and _MARKS.search(start))


def _conversation(value: Any, where: str) -> Iterator[Item]:
    fields = fields_of(value)
    key = word(fields.get("conversation_id") or fields.get("id")) or where
    title = word(fields.get("title")) or "Untitled"
    tree = fields_of(fields.get("mapping"))
    yield Conversation(key=key, title=title, form="chat")
    path = _shown(tree, word(fields.get("current_node")))
    for number, node_id in enumerate(path, 1):
        place = f"{where}, message {number}"
        try:
            yield from _message(fields_of(tree[node_id]), node_id, place)
        except (TypeError, ValueError) as error:
            yield Skipped(where=place, why=f"a field has an unexpected value: {error}"[:200])
    left = _with_message(tree, set(tree) - set(path))
    if left:
        yield Skipped(where=where, why=f"{left} messages of versions that were given up")


def _with_message(tree: Fields, ids: set[str]) -> int:
    return sum(isinstance(tree[i], dict) and tree[i].get("message") is not None for i in ids)


def _shown(tree: Fields, last: str) -> list[str]:
    """Return the nodes from the root to the one shown last; without one, to the last there is."""
    if last not in tree:
        leaves = [i for i, node in tree.items() if not fields_of(node).get("children")]
        last = leaves[-1] if leaves else ""
    path: dict[str, None] = {}
    while last in tree and last not in path:
        path[last] = None
        last = word(fields_of(tree[last]).get("parent"))
    return list(path)[::-1]


def _message(node: Fields, node_id: str, where: str) -> Iterator[Item]:
    fields = fields_of(node.get("message"))
    if not fields:
        return
    role = word(fields_of(fields.get("author")).get("role"))
    text, attachment = _content(fields_of(fields.get("content")))
    files = list_of(fields_of(fields.get("metadata")).get("attachments"))
    if files and not attachment:
        attachment = f"file: {word(fields_of(files[0]).get('name')) or 'unnamed'}"
    time = fields.get("create_time")
    own = role == "user"
    yield Message(
        where=where,
        author="" if own else ASSISTANT,
        author_key=None if own else role or "unknown",
        said_at=since_1970(float(time)) if time is not None else None,
        text=text,
        external_id=word(fields.get("id")) or node_id,
        attachment=attachment,
        quoted=own and _is_pasted(text),
        system=role not in ("user", "assistant") or _is_hidden(fields) or not (text or attachment),
    )


def _is_hidden(fields: Fields) -> bool:
    metadata, content = fields_of(fields.get("metadata")), fields_of(fields.get("content"))
    return (
        fields.get("weight") == 0
        or bool(metadata.get("is_visually_hidden_from_conversation"))
        or word(fields.get("recipient") or "all") != "all"
        or content.get("content_type") not in (None, "text", "multipart_text", "multimodal_text")
    )


def _content(content: Fields) -> tuple[str, str | None]:
    """Return the words of a message, spoken ones too, and what else is in it."""
    pieces = [word(content.get("text"))] if "text" in content else []
    others: list[str] = []
    for part in list_of(content.get("parts")):
        if not isinstance(part, dict):
            pieces.append(word(part))
            continue
        fields = fields_of(part)  # pyright: ignore[reportUnknownArgumentType]
        kind = word(fields.get("content_type"))
        if "text" in fields:
            pieces.append(word(fields["text"]))
        else:
            others.append(kind.replace("_asset_pointer", "").replace("_", " ") or "file")
    text = "\n".join(piece for piece in pieces if piece)
    return text, ", ".join(others)[:200] or None


def _is_pasted(text: str) -> bool:
    """Say whether a message holds more than its user is likely to have typed."""
    lines = text.splitlines()
    quoted = sum(line.startswith(">") for line in lines)
    return len(text) > LONGEST_TYPED or "```" in text or quoted * 2 > len(lines)
