"""The report of the last enrolment of a twin, kept so that its page can be left and returned to."""

import json
from typing import Any

from memory.shelf import Shelf
from ui.enrolling import Enrolled
from ui.enrolment_report import as_json

_FILE = "report.json"


def keep_report(shelf: Shelf, enrolled: Enrolled) -> None:
    """Keep what was found and made, in the place of what was kept before."""
    shelf.put(_FILE, json.dumps(as_json(enrolled), indent=2).encode())


def kept_report(shelf: Shelf) -> dict[str, Any] | None:
    """Return what the last enrolment found and made; None before the first."""
    kept = shelf.get(_FILE)
    return json.loads(kept) if kept else None
