"""Files handed to the page, laid down for the import, and what the import would do with them."""

import shutil
import weakref
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ingest.identity import OwnerNames
from ingest.pipeline import Plan, who_wrote
from ingest.record import DatesUnclear
from ingest.report import Report
from ingest.source import ReadOptions
from memory.errors import SelfsameError
from memory.store import Memory

if TYPE_CHECKING:
    from persona.bootstrap import Workshop


class Upload(Protocol):
    """A file as the page hands it over."""

    @property
    def name(self) -> str:
        """Its name on the user's machine."""
        ...

    def getbuffer(self) -> memoryview:
        """Return what is in it."""
        ...


class Tray:
    """A folder of this session for files on their way into memory; empty it when they are in.

    It goes with the session, and at the latest when the process ends.
    """

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="selfsame-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def lay(self, uploads: Iterable[Upload]) -> list[Path]:
        """Write files down under their own names; return where they lie."""
        self.empty()
        self.folder.mkdir(mode=0o700)
        return [self._lay(number, upload) for number, upload in enumerate(uploads)]

    def empty(self) -> None:
        """Delete the folder with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _lay(self, number: int, upload: Upload) -> Path:
        place = self.folder / str(number)  # two files may have the same name
        place.mkdir()
        path = place / (PurePath(upload.name.replace("\\", "/")).name or "file")
        path.write_bytes(upload.getbuffer())
        return path


class Look(NamedTuple):
    """What a first look at some files shows."""

    authors: Counter[str]
    likely: set[str]
    """Those of them who are likely to be the owner."""
    dates_unclear: list[DatesUnclear]
    """Dates in which nothing tells the day from the month."""
    unreadable: dict[str, str]
    """Why a file can't be read, by its name."""
    readable: list[Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do."""

    reports: list[Report] = field(default_factory=list[Report])
    problems: dict[str, str] = field(default_factory=dict[str, str])
    """Why a file can't be imported, by its name."""
    importable: list[Path] = field(default_factory=list[Path])


def look_at(paths: Sequence[Path], plan: Plan, owner: str) -> Look:
    """Return who wrote what in some files, and which of them can't be read."""
    look = Look(Counter(), set(), [], {}, [])
    for path in paths:
        try:
            who = who_wrote([path], plan, owner)
            look.authors.update(who.authors)
            look.likely.update(who.likely)
            look.dates_unclear.extend(who.dates_unclear)
            look.readable.append(path)
        except SelfsameError as error:
            look.unreadable[path.name] = _told(error)
    del look.authors[""]
    return look


def _told(error: SelfsameError) -> str:
    """Return what is wrong, without advice that is for the command line."""
    return error.message if "--" in error.hint else str(error)


def known_names(authors: Iterable[str], memory: Memory) -> list[str]:
    """Return those of the authors who are known to be the owner."""
    names = OwnerNames([*memory.sources.aliases(), memory.twin.owner])
    return [author for author in authors if names.has(author)]


def preview_each(
    workshop: "Workshop",
    twin: str,
    paths: Sequence[Path],
    names: Sequence[str],
    options: ReadOptions,
) -> Preview:
    """Return what an import of each file would do, so that a bad one stands in no other's way."""
    from ui.importing import plan_import, preview_files

    plan = plan_import(workshop, owner_names=names, options=options)
    preview = Preview()
    for path in paths:
        try:
            preview.reports.extend(preview_files(workshop, twin, [path], plan))
            preview.importable.append(path)
        except SelfsameError as error:
            preview.problems[path.name] = _told(error)
    return preview
