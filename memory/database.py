"""The SQLite database of a home: engine, pragmas that are read back, migrations."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from memory.errors import StoreError

HEAD = "0004"
"""Newest migration; a database that stands there needs no migrating."""

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an acknowledged write survives a power cut
    "foreign_keys": 1,
    "secure_delete": 1,  # deleted words leave no trace in free pages
    "busy_timeout": 10_000,
}


def open_database(path: Path) -> Engine:
    """Return an engine on the database at `path`, made or migrated to the newest form.

    Raises:
        StoreError: the file is not a database of ours, is damaged, or refuses a pragma.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _set_pragmas)
    try:
        _migrate(engine)
    except DatabaseError as error:
        reason = error.orig or error
        raise StoreError(f"{path} can't be opened: {reason}", "restore it from a backup") from error
    return engine


def cut_log(engine: Engine) -> None:
    """Carry the write-ahead log into the database and empty it.

    What was just erased stands in the log until then. A reader elsewhere can keep it from being
    emptied; the next call, or closing the home, makes up for it.
    """
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _set_pragmas(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    for name, wanted in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        got = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if str(got).lower() != str(wanted):
            raise StoreError(f"the database keeps {name} at {got!r} instead of {wanted!r}")


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        version = _version(connection)
    if version == HEAD:
        return
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    try:
        command.upgrade(config, "head")
    except Exception as error:
        raise StoreError(
            f"the database can't be brought from version {version or 'none'} to {HEAD}: {error}",
            "a newer selfsame may have written it",
        ) from error


def _version(connection: Any) -> str | None:
    known = connection.execute(
        text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
    ).first()
    if known is None:
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return row[0] if row else None
