"""Problems of models, settings and conversation, under the family of `memory.errors`."""

from memory.errors import SelfsameError


class TwinError(SelfsameError):
    """The twin can't do what was asked."""


class ModelProblem(TwinError):
    """A model can't be fetched, verified, loaded or reached."""


class SettingsProblem(TwinError):
    """A setting has a value that can't be used."""


class FaceProblem(TwinError):
    """A face can't be built, found, drawn or written."""


class VoiceProblem(TwinError):
    """Something can't be said or heard as asked."""


class BudgetUsedUp(TwinError):
    """As much as the owner allows was sent to a provider this month."""
