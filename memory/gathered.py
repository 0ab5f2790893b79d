"""Material of an enrolment that was given and not used yet; a reload or a restart keeps it."""

import shutil
from collections.abc import Callable
from pathlib import Path, PurePath
from tempfile import mkdtemp
from typing import Literal, NamedTuple, get_args

from memory.errors import StoreError

Kind = Literal["video", "photo", "audio"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_OWN, _READ = "own", "read"


class Piece(NamedTuple):
    """One file that was given."""

    path: Path
    read_aloud: bool
    """Whether a script was read, whose words are not the owner's own."""


class Gathered:
    """The files given for one twin, at most one of each kind, each whole or not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def pieces(self) -> dict[Kind, Piece]:
        """What there is, by kind."""
        found: dict[Kind, Piece] = {}
        for kind in KINDS:
            for how in (_OWN, _READ):
                for path in (self._folder / f"{kind}-{how}").glob("*"):
                    found[kind] = Piece(path, how == _READ)
        return found

    def put(
        self, kind: Kind, name: str, write: Callable[[Path], object], *, read_aloud: bool = False
    ) -> None:
        """Keep a file in the place of what there was of its kind.

        Args:
            kind: what it is.
            name: what its owner calls it.
            write: puts the file at a path.
            read_aloud: whether a script was read in it.

        Raises:
            StoreError: it can't be written.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            new = Path(mkdtemp(prefix="new-", dir=self._folder))
            write(new / PurePath(name.replace("\\", "/")).name)
            self.drop(kind)
            new.rename(self._folder / f"{kind}-{_READ if read_aloud else _OWN}")
        except OSError as error:
            raise StoreError(
                f"the {kind} can't be kept: {error.strerror}", "is the disk full?"
            ) from error

    def drop(self, kind: Kind) -> None:
        """Delete what there is of a kind."""
        for how in (_OWN, _READ):
            shutil.rmtree(self._folder / f"{kind}-{how}", ignore_errors=True)

    def clear(self) -> None:
        """Delete everything."""
        shutil.rmtree(self._folder, ignore_errors=True)
