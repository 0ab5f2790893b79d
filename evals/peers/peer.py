"""The seam to a memory that is compared: it takes in what was said and finds it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from evals.errors import EvalProblem
from memory.model import NewUtterance

INSTALL = "in an environment of its own: uv pip install -e . --group peers"
"""What to do where they are missing; their pins don't go with those of constraints.txt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A memory that a search returned."""

    text: str
    """The words that would go into a prompt."""

    shows: tuple[str, ...]
    """Ids of the turns that it was made from."""


class Peer(Protocol):
    """A memory, ours or another's. It must be closed."""

    @property
    def name(self) -> str:
        """What it is called in the table."""
        ...

    def fill(self, chat: str, turns: Sequence[NewUtterance]) -> None:
        """Take in a chat, as its users would take in an old one."""
        ...

    def add(self, chat: str, turn: NewUtterance) -> None:
        """Take in one more message and be ready to be asked about it."""
        ...

    def search(self, chat: str, question: str, *, limit: int) -> list[Found]:
        """Return what was found in a chat, best first."""
        ...

    def kept(self, chat: str) -> int:
        """Return how many memories it holds of a chat."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


def said(turn: NewUtterance) -> str:
    """Return the words of a turn as ours are embedded: who says it, and what a picture shows."""
    shared = f" [shares {turn.attachment}]" if turn.attachment else ""
    return f"{turn.speaker}: {turn.text}{shared}"


def needed(module: str) -> Any:
    """Import a part of a peer, which is not among our own requirements."""
    return import_module(module)


def look_for(package: str) -> None:
    """Make sure that a package can be imported.

    Raises:
        EvalProblem: it is not installed.
    """
    if find_spec(package) is None:
        raise EvalProblem(f"the package {package} is not installed", INSTALL)
