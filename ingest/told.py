"""What exports of accounts tell about whose they are: names, handles, addresses and ids."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from ingest.archive_seam import Archive, head
from ingest.record import Skipped
from ingest.sources.delimited import read_rows
from ingest.sources.json_stream import (
    BROKEN,
    Listed,
    load,
    open_events,
    opens_as,
    pass_over,
    value_of,
)
from ingest.sources.mojibake import repair
from ingest.sources.values import UNEXPECTED, Fields, fields_in, listed_in

_MOST = 20
_FIELDS = (
    "accountId", "accountDisplayName", "username", "user_id", "phone_number", "id", "global_name",
    "email", "displayName", "full_name",
)  # fmt: skip


def told_names(archive: Archive) -> list[str]:
    """Return what the files of an archive say its owner is called; what is broken says nothing."""
    found: dict[str, None] = {}
    for name in archive.names:
        path = PurePosixPath(name)
        reader = _READERS.get(path.name.casefold())
        if reader is None:
            continue
        try:
            found.update(dict.fromkeys(filter(None, reader(archive, name))))
        except (*UNEXPECTED, *BROKEN):
            continue
    return list(found)[:_MOST]


def _named(fields: Fields) -> Iterator[str]:
    """Yield the plain names among some fields."""
    for key in _FIELDS:
        value = fields.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool):
            yield repair(str(value))


def _as_fields(value: Any) -> Fields:
    return fields_in({"": value}, "")


def _meta(archive: Archive, name: str) -> Iterator[str]:
    about = _as_fields(load(archive, name))
    for key in ("profile_v2", "profile"):
        yield from _named(fields_in(fields_in(about, key), "name"))
    for user in listed_in(about, "profile_user"):
        told = fields_in(user, "string_map_data")
        for key in ("Name", "Username"):
            yield repair(str(fields_in(told, key).get("value") or ""))


def _google(archive: Archive, name: str) -> Iterator[str]:
    about = _as_fields(load(archive, name))
    yield from _named(about)
    yield str(fields_in(about, "name").get("formattedName") or "")
    for address in listed_in(about, "emails"):
        yield str(address.get("value") or "")


def _google_chat(archive: Archive, name: str) -> Iterator[str]:
    user = fields_in(_as_fields(load(archive, name)), "user")
    yield from (str(user.get(key) or "") for key in ("name", "email"))


def _discord(archive: Archive, name: str) -> Iterator[str]:
    about = _as_fields(load(archive, name))
    if "username" in about:
        yield from _named(about)


def _x(archive: Archive, name: str) -> Iterator[str]:
    start = max(0, head(archive, name, 200).find(b"["))
    for entry in Listed(archive, name, start=start):
        yield from _named(fields_in(_as_fields(entry), "account"))


def _linkedin(archive: Archive, name: str) -> Iterator[str]:
    for row in read_rows(archive, name):
        if not isinstance(row, Skipped):
            names = (row.fields.get(key, "").strip() for key in ("first name", "last name"))
            yield " ".join(filter(None, names))
            return


def _telegram(archive: Archive, name: str) -> Iterator[str]:
    """Yield what stands before the chats; ids of people begin with `user` in them."""
    if not opens_as(head(archive, name, 64), b"{"):
        return
    with open_events(archive, name) as events:
        next(events)
        for event, key in events:
            if event != "map_key" or key in ("chats", "messages"):
                return
            event, value = next(events)
            if key != "personal_information":
                pass_over(events, event, value)
                continue
            about = _as_fields(value_of(events, event, value))
            yield " ".join(str(about[key]) for key in ("first_name", "last_name") if about.get(key))
            yield f"user{about['user_id']}" if "user_id" in about else ""
            yield from (str(about.get(key) or "") for key in ("username", "phone_number"))


_READERS: dict[str, Callable[[Archive, str], Iterator[str]]] = {
    "account.js": _x,
    "personal_information.json": _meta,
    "profile.csv": _linkedin,
    "profile.json": _google,
    "profile_information.json": _meta,
    "result.json": _telegram,
    "user.json": _discord,
    "user_info.json": _google_chat,
}
"""How to read them, by the names that the files have in every language."""
