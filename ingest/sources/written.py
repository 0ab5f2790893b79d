"""A document of blocks as messages of its owner: headings that ask are what the next answer."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

from ingest.archive_seam import Archive
from ingest.record import Conversation, Item, Message, Skipped
from ingest.sources.document import pieces
from ingest.sources.html_text import Block

LARGEST = 512 * 1024**2
"""Bytes of a document that are opened."""
_IN_MEMORY = 16 * 1024**2
_MANY = 1 << 20


def document(
    name: str, blocks: Sequence[Block], title: str = "", written_at: datetime | None = None
) -> Iterator[Item]:
    """Yield a document paragraph by paragraph; one without words is skipped with a reason."""
    asked = sum(block.level > 0 and block.text.rstrip().endswith("?") for block in blocks)
    yield Conversation(
        key=name,
        title=title.strip() or PurePosixPath(name).stem,
        form="interview" if asked >= 2 else "document",
    )
    yield from paragraphs(blocks, written_at=written_at)


def paragraphs(
    blocks: Sequence[Block],
    *,
    author: str = "",
    written_at: datetime | None = None,
    external_id: str | None = None,
) -> Iterator[Message]:
    """Yield the paragraphs of a text, each with the heading above it."""
    prompt: str | None = None
    number = 0
    for place, block in enumerate(_joined(blocks), 1):
        if block.level:
            prompt = None if block.level == 1 and not block.text.endswith("?") else block.text
            continue
        for piece in pieces(block.text.strip()):
            number += 1
            yield Message(
                where=f"paragraph {place}",
                author=author,
                said_at=written_at,
                text=piece,
                external_id=f"{external_id}#{number}" if external_id else None,
                prompt=prompt,
                quoted=block.quoted,
            )


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Join blocks that only a line end parts."""
    held: list[Block] = []
    for block in blocks:
        if held and not (block.tight and not block.level and held[-1].quoted == block.quoted):
            yield _one(held)
            held = []
        held.append(block)
        if block.level:
            yield _one(held)
            held = []
    if held:
        yield _one(held)


def _one(held: Sequence[Block]) -> Block:
    text = "\n".join(block.text for block in held)
    return Block(text, held[0].level, held[0].quoted)


def without_words(why: str = "there are no words in it") -> Skipped:
    """Return what stands for a document that has no words."""
    return Skipped(where="the whole document", why=why)


def seekable(archive: Archive, name: str) -> IO[bytes] | None:
    """Return a copy of a file in which one can go back; None if it is too large."""
    if archive.size(name) > LARGEST:
        return None
    copy = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
    try:
        with archive.open(name) as file:
            shutil.copyfileobj(file, copy, _MANY)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy
