"""What a live conversation tells those who watch it, in the order it happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from persona.events import Done
from persona.face.motion import Attention


class State(StrEnum):
    """What the twin does."""

    LISTENING = "listening"
    HEARING = "hearing"
    """Somebody speaks to it."""
    THINKING = "thinking"
    SPEAKING = "speaking"


ATTENTION = {
    State.LISTENING: Attention.RESTING,
    State.HEARING: Attention.LISTENING,
    State.THINKING: Attention.THINKING,
    State.SPEAKING: Attention.RESTING,
}
"""What the face does meanwhile."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The twin does something else now."""

    state: State


@dataclass(frozen=True, slots=True)
class Heard:
    """What the visitor has said so far, or all of it."""

    text: str
    final: bool
    tone: str = ""
    """How it sounded: glad, sad or upset; empty where it was even, or isn't known yet."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The reply's text so far, ahead of the voice."""

    text: str


@dataclass(frozen=True, slots=True)
class Captioned:
    """The clause that begins to be heard now."""

    text: str


@dataclass(frozen=True, slots=True)
class Replied:
    """The reply is worded, learnt from and kept."""

    done: Done
    asked: str
    """What it answers, as it was heard."""


@dataclass(frozen=True, slots=True)
class CutShort:
    """The reply was interrupted; `text` is what was heard of it."""

    text: str
    turn_id: int
    asked: str
    """What it answers, as it was heard."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """The twin is heard so loud from now on: 1 as usual, 0 not at all, in between while it isn't
    clear whether somebody interrupts."""

    to: float


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something the visitor should know, such as a part that failed and what stepped in."""

    text: str


@dataclass(frozen=True, slots=True)
class Timed:
    """The times of a finished turn."""

    turn_id: int
    timings_ms: Mapping[str, float]


LiveEvent = (
    StateChanged | Heard | Writing | Captioned | Replied | CutShort | Lowered | Noticed | Timed
)
