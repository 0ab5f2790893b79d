"""What can go wrong, as one small family.

    SelfsameError
    ├── StoreError          the home or its database
    │   ├── HomeInUse       another process holds the home
    │   └── NotFound        no such twin, source, fact
    ├── IndexProblem        the vector index
    ├── Stopped             the user stopped it
    ├── ImportProblem       a file that can't be read in (ingest.errors)
    └── TwinError           models, settings, conversation (persona.errors)

Each message says what is wrong with which thing; `hint` says what to do about it.
"""


class SelfsameError(Exception):
    """A problem that the user can be told about in one line."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class StoreError(SelfsameError):
    """The home folder or its database can't be used as asked."""


class HomeInUse(StoreError):
    """Another process holds the home."""


class NotFound(StoreError):
    """There is no such twin, source, fact or conversation."""


class IndexProblem(SelfsameError):
    """The vector index can't be used as asked."""


class Stopped(SelfsameError):
    """Whoever started a piece of work has stopped it."""
