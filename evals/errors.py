"""Problems of measurements, under the family of `memory.errors`."""

from memory.errors import SelfsameError


class EvalProblem(SelfsameError):
    """A measurement can't be made on what was given."""
