"""The pictures of an enrolment that the owner may choose a portrait from."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
from pydantic import TypeAdapter

from ingest.portrait import Portrait
from memory.shelf import Shelf

_LIST, _USED = "portraits.json", "used.json"
_QUALITY = 94


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture that was kept."""

    file: str
    """Path of the JPEG."""
    at: float
    """Seconds from the start of the film."""
    score: float
    size: int
    """Width of the face in pixels."""


_ADAPTER = TypeAdapter(list[Shown])


def keep_portraits(shelf: Shelf, portraits: Sequence[Portrait]) -> list[Shown]:
    """Keep pictures in place of those before, best first."""
    shelf.clear()
    shown: list[Shown] = []
    for number, portrait in enumerate(portraits, 1):
        name = f"portrait-{number}.jpg"
        _, coded = cv2.imencode(".jpg", portrait.picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        shelf.put(name, coded.tobytes())
        shown.append(
            Shown(
                file=str(shelf.path(name)),
                at=round(portrait.at, 2),
                score=portrait.score,
                size=portrait.size,
            )
        )
    shelf.put(_LIST, json.dumps([asdict(one) for one in shown], indent=2).encode())
    return shown


def kept_portraits(shelf: Shelf) -> list[Shown]:
    """Return the pictures of the last enrolment, best first."""
    kept = shelf.get(_LIST)
    return [one for one in _ADAPTER.validate_json(kept) if Path(one.file).is_file()] if kept else []


def note_used(shelf: Shelf, number: int, stamp: int) -> None:
    """Keep which picture a face was made of, and the stamp of that face."""
    shelf.put(_USED, json.dumps([number, stamp]).encode())


def used(shelf: Shelf, stamp: int) -> int | None:
    """Return which picture the face with a stamp was made of; None where it was something else."""
    kept = shelf.get(_USED)
    number, made = json.loads(kept) if kept else (None, None)
    return number if made == stamp else None
