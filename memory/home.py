"""The folder that holds everything: database, index, key; held by one process at a time."""

import os
import secrets
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from memory.database import open_database
from memory.errors import HomeInUse, StoreError

WAIT_SECONDS = 5.0
"""How long to wait for another process to let go of the home."""


class Home:
    """An open home; close it, or use it as a context manager."""

    def __init__(self, path: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        """Open the home at `path`, made if it is not there.

        Raises:
            HomeInUse: another process held it for longer than `wait_seconds`.
            StoreError: the folder or its database can't be used.
        """
        self.path = path
        _make_private_folder(path)
        self._lock = FileLock(path / "lock")
        self._hold(wait_seconds)
        try:
            self.engine: Engine = open_database(path / "selfsame.db")
            self._key = _key(path / "key")
        except BaseException:
            self._lock.release()
            raise

    @property
    def index_path(self) -> Path:
        """Folder of the embedded index."""
        return self.path / "index"

    def digest(self, *parts: str) -> str:
        """Return a hash of `parts` that says nothing to those without this home's key."""
        joined = "\x1f".join(parts).encode()
        return blake2b(joined, key=self._key, digest_size=16).hexdigest()

    def close(self) -> None:
        """Close the database and let other processes in."""
        self.engine.dispose()
        (self.path / "holder").unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _hold(self, wait_seconds: float) -> None:
        holder = self.path / "holder"
        try:
            self._lock.acquire(timeout=wait_seconds)
        except Timeout:
            who = holder.read_text() if holder.exists() else "unknown"
            raise HomeInUse(
                f"{self.path} is in use by another selfsame (process {who})",
                "close it first, or use another --home",
            ) from None
        holder.write_text(str(os.getpid()))


def _make_private_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        raise StoreError(
            f"the home {path} can't be used: {error.strerror}", "choose a folder of yours by --home"
        ) from error


def _key(path: Path) -> bytes:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()
