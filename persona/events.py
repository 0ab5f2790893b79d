"""What a reply is made of, in the order it happens."""

from dataclasses import dataclass, field

from memory.model import Evidence
from persona.decide import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """Memory was asked and it is settled how the question is met."""

    outcome: Outcome
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDelta:
    """The next piece of the reply's text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """Takes the place of all text so far: what the model began was not borne out by memory."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """The reply's words are complete; it is not learnt from and kept yet."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the user should know of, such as a model that failed and what stepped in."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The reply is complete, learnt from and kept."""

    turn_id: int
    reply: str
    outcome: Outcome
    evidence: Evidence
    learned: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict[str, float])


Event = Recalled | TextDelta | Revised | Notice | Worded | Done
