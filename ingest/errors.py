"""Problems of reading a person's exports, under the family of `memory.errors`."""

from memory.errors import SelfsameError


class ImportProblem(SelfsameError):
    """A file can't be imported as asked; nothing was changed."""


class UnknownFormat(ImportProblem):
    """No reader recognises the file."""


class UnreadableArchive(ImportProblem):
    """The archive is broken, encrypted, too large when unpacked, or points outside itself."""


class OwnerUnclear(ImportProblem):
    """It is not clear which of the authors is the owner."""
