"""A first look through a whole WhatsApp export: its order of dates, and who is in it."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from ingest.archive_seam import Archive
from ingest.errors import ImportProblem
from ingest.record import DateOrder
from ingest.sources.lines import read_lines
from ingest.sources.whatsapp_bodies import is_group_notice
from ingest.sources.whatsapp_header import MARKS, OrderVote, clean_name, read_header

_ABOUT_SUBJECT = re.compile(
    r"\b(?:changed the (?:subject|group)|created group|cambió|mudou|hat den|a changé)\b|"
    r"\s[\"“„«][^\"”“»]*$"
)
"""A notice that quotes the name of a group with a colon in it, up to that colon."""


class Said(NamedTuple):
    """The text behind a head, parted into who and what."""

    author: str
    """Empty when the platform speaks."""
    body: str


@dataclass(slots=True)
class Survey:
    """What a first look found."""

    bracketed: bool
    """True for exports of iOS."""
    order: DateOrder
    unclear: str | None = None
    """A date, where nothing tells its day from its month."""
    people: set[str] = field(default_factory=set[str])
    """Who wrote something."""
    group: str | None = None
    """On iOS, the name in which the platform speaks: the group's or the contact's."""
    group_notices: bool = False

    @property
    def form(self) -> Literal["chat", "group"]:
        """Whether it is a group."""
        return "group" if len(self.people) > 2 or self.group_notices else "chat"


def survey(archive: Archive, name: str) -> Survey:
    """Look through an export.

    Raises:
        ImportProblem: it holds no messages.
    """
    vote = OrderVote()
    found: Survey | None = None
    bracketed: bool | None = None
    for line in read_lines(archive, name):
        header = read_header(line.text, bracketed=bracketed)
        if header is None:
            continue
        if found is None:
            bracketed = line.text.lstrip(MARKS).startswith("[")
            found = Survey(bracketed, "day-first")
        vote.see(header)
        _meet(found, part(line.text[header.end :]))
    if found is None:
        raise ImportProblem(f"{name} holds no WhatsApp messages")
    found.order, found.unclear = vote.order(), vote.unclear()
    return found


def part(content: str) -> Said:
    """Part the name from the body, at the first `: `; a body may also be empty."""
    author, colon, body = content.partition(": ")
    if not colon or "\n" in author:
        author, body = _without_words(content)
    known = _author(author)
    return Said(known, body) if known else Said("", content)


def _without_words(content: str) -> Said:
    first, newline, rest = content.partition("\n")
    for ending in (":", ":."):
        if first.endswith(ending):
            return Said(first.removesuffix(ending), newline + rest)
    return Said("", content)


@lru_cache(maxsize=4096)
def _author(written: str) -> str:
    return "" if _ABOUT_SUBJECT.search(written) else clean_name(written)


def _meet(found: Survey, said: Said) -> None:
    if not said.author:
        found.group_notices = found.group_notices or is_group_notice(said.body)
    elif not (found.bracketed and said.body.startswith("\u200e")):
        found.people.add(said.author)
    else:
        found.group = found.group or said.author
        found.group_notices = found.group_notices or is_group_notice(said.body)
