"""What a run of the fidelity card holds: figures, the cases behind them, and how they were made.

Runs are kept as JSON and read again by later versions, hence pydantic.
"""

from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Unit = Literal["share", "points", "number"]
Better = Literal["more", "less"]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Case(_Kept):
    """One thing that was put to the twin and what came of it."""

    key: str
    """Names the case across runs."""
    section: str
    kind: str
    asked: str
    wanted: str
    """What would have been right, in words."""
    got: str
    """What the twin said."""
    outcome: str = ""
    score: float
    """From 0, wrong, to 1, right."""
    evidence: tuple[int, ...] = ()
    """Utterances of the real twin that show what is right, or that misled it."""


class Figure(_Kept):
    """One measured number with all that is needed to read it."""

    key: str
    section: str
    label: str
    value: float | None
    """None where there was too little to measure."""
    n: int
    low: float | None = None
    """Lower end of the 95 % interval."""
    high: float | None = None
    floor: float | None = None
    """What is reached without any likeness, such as by chance."""
    floor_is: str = ""
    ceiling: float | None = None
    """What the owner's own words reach."""
    ceiling_is: str = ""
    anchor: str = ""
    """A published figure to hold it against, with its source."""
    gate: float | None = None
    """What it should reach, or stay under."""
    better: Better = "more"
    unit: Unit = "share"
    note: str = ""
    headline: bool = False
    """True for the few that stand on top of the card."""
    items: dict[str, float] = {}
    """Value of each case by its key, for comparing two runs case by case."""
    sittings: dict[str, str] = {}
    """The sitting that a case is from, by its key, where cases of one sitting hang together."""
    draws: tuple[float, ...] = ()
    """Values under resampling, where it is no mean of cases."""

    @property
    def brief(self) -> dict[str, Any]:
        """What tables outside the card tell of it."""
        return {
            "value": self.value,
            "interval": [self.low, self.high],
            "floor": self.floor,
            "ceiling": self.ceiling,
            "n": self.n,
        }

    @property
    def placed(self) -> float | None:
        """Where the value lies between floor, 0, and ceiling, 1; None without both."""
        return None if self.value is None else self.place(self.value)

    def place(self, value: float) -> float | None:
        """Return where any value lies between floor and ceiling; None without both."""
        if self.floor is None or self.ceiling is None or self.ceiling == self.floor:
            return None
        return (value - self.floor) / (self.ceiling - self.floor)

    @property
    def passed(self) -> bool | None:
        """Whether it reaches its gate; None where it has none."""
        if self.gate is None or self.value is None:
            return None
        return self.value >= self.gate if self.better == "more" else self.value <= self.gate


class Held(_Kept):
    """What the twin was not built from, as the card states it."""

    built_from: int
    """The owner's messages that the measured copy knows."""
    by_conversation: int
    """The owner's messages in conversations that are left out whole."""
    conversations: tuple[str, ...]
    by_time: int
    """The owner's messages in the newest sittings of the other conversations."""
    since: tuple[str, ...]
    """From which day on each of those conversations is left out."""
    interview: int
    """Answers of the interview that are left out."""
    doubles: int
    """Held-out messages left aside since the same words stand in what the copy knows."""
    taught: int = 0
    """Words taught to the twin itself, which the copy knows."""
    digest: str
    """Hash of everything the copy was built from."""


class CurvePoint(_Kept):
    """One point of a risk-coverage curve."""

    coverage: float
    risk: float


class Run(_Kept):
    """One measurement of one twin."""

    run_id: str
    twin: str
    owner: str
    started_at: datetime
    seconds: float
    size: str
    seed: int
    chat: str
    """The model that worded the replies."""
    embedding: str
    judge: str = ""
    prints: dict[str, str] = {}
    """Fingerprints of models, prompt and code, by what they are of."""
    sections: tuple[str, ...] = ()
    """Parts that alone were wanted; empty where all were."""
    left_out: tuple[str, ...] = ()
    """Parts that were wanted and not measured, since the run was stopped."""
    held: Held
    people: tuple[str, ...]
    """Those the attribution tells apart, the owner first."""
    replies: int
    figures: tuple[Figure, ...]
    cases: tuple[Case, ...]
    curve: tuple[CurvePoint, ...] = ()
    shapes: dict[str, tuple[float, ...]] = {}
    """Shares of message lengths in bins, of owner, twin and others."""

    def figure(self, key: str) -> Figure | None:
        """Return a figure by its key."""
        return next((one for one in self.figures if one.key == key), None)

    def worst(self, most: int = 10) -> dict[str, list[Case]]:
        """Return the worst cases of each section."""
        groups: dict[str, list[Case]] = {}
        for case in sorted(self.cases, key=lambda one: one.score):
            group = groups.setdefault(case.section, [])
            if case.score < 1 and len(group) < most:
                group.append(case)
        return {section: cases for section, cases in groups.items() if cases}


def case_key(*parts: str) -> str:
    """Return what names a case across runs."""
    return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
