"""What may be spent at providers in a month, counted by what is sent to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from persona.errors import BudgetUsedUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much may be sent to one provider in a month."""

    most: int
    unit: str
    """What is counted, such as `characters`."""
    setting: str
    """The setting that holds `most`."""


def month_of(provider: str) -> str:
    """Return the name that this month's spending with a provider is kept under."""
    return f"{provider} {datetime.now(UTC):%Y-%m}"


def spend(spent: Mapping[str, int], provider: str, amount: int, budget: Budget) -> dict[str, int]:
    """Return what has been spent once `amount` more is sent to `provider`.

    Raises:
        BudgetUsedUp: that would be more than the budget.
    """
    month = month_of(provider)
    total = spent.get(month, 0) + amount
    if total > budget.most:
        raise BudgetUsedUp(
            f"this month's budget of {budget.most:,} {budget.unit} is used up",
            f"raise {budget.setting}",
        )
    return {**spent, month: total}
