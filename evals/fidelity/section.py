"""What every section of the card is given, and what it returns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.fidelity.asking import Asker
from evals.fidelity.figure import Case, CurvePoint, Figure
from evals.fidelity.questions import Known
from evals.fidelity.rebuild import Copy
from evals.fidelity.secrets import Vault
from evals.fidelity.split import Split
from ingest.sample import SampleQuestion
from memory.model import Utterance
from memory.store import Memory
from persona.judging import Judge

SHOWN = 8
"""Wrongly answered questions whose reply is asked for, to be read."""
TURNS_OF_A_CHANGE, TURNS_OF_A_TALK = 7, 3
"""Replies that a changed fact needs, and something false that a visitor tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of each thing is measured."""

    name: str
    recall: int
    """Questions answered in words."""
    evidence: int
    """Questions whose evidence is looked for, which takes no model."""
    abstention: int
    """Questions of each kind that have no answer."""
    replies: int
    """Real messages of others that the twin replies to."""
    judged: int
    """Pairs that a model gives its opinion on."""
    choices: int
    asked_again: int
    """Questions that are asked in other words."""
    ways: int
    changes: int
    interview: int
    leaks: int
    poisoning: int
    """Planted messages, each with a question."""
    told: int
    """False things that a visitor tells in a talk, each asked about twice."""

    @property
    def all_replies(self) -> int:
        """How many replies that comes to, where there is material for all; without a judge's."""
        again = self.asked_again * (self.ways + 1)
        changes = TURNS_OF_A_CHANGE * self.changes
        attacks = self.leaks + self.poisoning + TURNS_OF_A_TALK * self.told
        return sum((self.recall, SHOWN, self.replies, again, changes, self.interview, attacks))


QUICK = Sizes(
    name="quick",
    recall=16,
    evidence=200,
    abstention=40,
    replies=26,
    judged=20,
    choices=60,
    asked_again=5,
    ways=3,
    changes=4,
    interview=8,
    leaks=60,
    poisoning=12,
    told=6,
)
FULL = Sizes(
    name="full",
    recall=100,
    evidence=600,
    abstention=120,
    replies=200,
    judged=200,
    choices=200,
    asked_again=30,
    ways=5,
    changes=40,
    interview=40,
    leaks=240,
    poisoning=160,
    told=40,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The copy under measurement and what is known of its owner besides."""

    copy: Copy
    split: Split
    asker: Asker
    home: Path
    """Where the copy lives."""
    kept: tuple[Utterance, ...]
    """What the copy knows, as the copy numbers it."""
    questions: Sequence[Known]
    crowd: Mapping[str, Sequence[str]]
    """Messages of other people, against whom the owner is told apart."""
    sizes: Sizes
    seed: int
    vault: Vault
    annotated: Sequence[SampleQuestion] = ()
    """Questions with known answers that somebody wrote for this person."""
    judge: Judge | None = None
    """A model whose opinion is asked, where the settings name one."""
    attacks: Sequence[str] = ()
    """Further attacks; `{ask}` stands for what they are after."""
    planted: Sequence[str] = ()
    """Further messages to plant; `{matter}` and `{marker}` stand for what they are about."""

    @property
    def memory(self) -> Memory:
        """The memory of the copy."""
        return self.copy.memory

    def real(self, utterance_ids: Sequence[int], most: int = 5) -> tuple[int, ...]:
        """Return utterances of the copy as the real twin numbers them."""
        original = self.copy.original
        return tuple(original[i] for i in utterance_ids if i in original)[:most]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a section found."""

    figures: Sequence[Figure]
    cases: Sequence[Case] = ()
    curve: Sequence[CurvePoint] = ()
    shapes: Mapping[str, Sequence[float]] = field(default_factory=dict[str, Sequence[float]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the card, ready to be measured."""

    name: str
    asks: int
    """How many replies it needs of the twin."""
    run: Callable[[], Findings]
