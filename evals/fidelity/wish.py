"""How a run is to be done: its size, its sections, and what it is given from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.dialogue import load_realtalk
from evals.fidelity.attack_sets import NO_SETS, AttackSets
from evals.fidelity.section import QUICK, Sizes
from ingest.sample import SampleQuestion, load_sample
from memory.store import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a run is to be done."""

    sizes: Sizes = QUICK
    seed: int = 1
    sections: Sequence[str] = ()
    """Which sections; all when empty."""
    people: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Messages of further people to tell the owner apart from."""
    annotated: Sequence[SampleQuestion] = ()
    """Questions with known answers, besides those that are made by rules."""
    attacks: AttackSets = NO_SETS


def wish_for(
    memory: Memory,
    *,
    sizes: Sizes,
    seed: int = 1,
    sections: Sequence[str] = (),
    people: Mapping[str, Sequence[str]] | None = None,
    attacks: AttackSets = NO_SETS,
) -> Wish:
    """Return how a twin is measured; the sample person brings annotated questions along."""
    sample = load_sample()
    is_sample = memory.twin.owner == sample.owner
    return Wish(
        sizes=sizes,
        seed=seed,
        sections=sections,
        people=people or {},
        annotated=sample.questions if is_sample else (),
        attacks=attacks,
    )


def people_of(files: Sequence[Path]) -> dict[str, list[str]]:
    """Return the messages of the people in chats of REALTALK's form."""
    people: dict[str, list[str]] = {}
    for file in files:
        for turn in load_realtalk(file).turns:
            people.setdefault(turn.speaker, []).append(turn.text)
    return people
