"""Files that belong to one twin, such as its voice: a folder of the home."""

import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

from memory.errors import StoreError


class Shelf:
    """Small files of one twin, each whole or not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """Return what is kept under `name`; None when nothing is."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, name: str, content: bytes) -> None:
        """Keep something under `name` in the place of what was there.

        Raises:
            StoreError: it can't be written.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self._folder / name)
        except OSError as error:
            raise StoreError(
                f"{self._folder / name} can't be written: {error.strerror}", "is the disk full?"
            ) from error

    def path(self, name: str) -> Path | None:
        """Return where `name` lies; None when nothing is kept under it."""
        path = self._folder / name
        return path if path.is_file() else None

    def names(self) -> list[str]:
        """Return what is kept, by name."""
        return sorted(path.name for path in self._folder.glob("*") if path.is_file())

    def remove(self, name: str) -> None:
        """Delete what is kept under `name`."""
        (self._folder / name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Delete everything."""
        shutil.rmtree(self._folder, ignore_errors=True)
