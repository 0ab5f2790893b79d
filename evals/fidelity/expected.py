"""How long a run will take, by how long the last ones took."""

from dataclasses import dataclass
from pathlib import Path

from evals.fidelity.kept_runs import load_run, run_ids
from evals.fidelity.section import Sizes
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.chat_model import chosen_model

_SEEN = 5
"""Kept runs that are looked through, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a run will need."""

    replies: int
    """At most; material may give less."""
    seconds: float | None
    """None where no run with this model is kept."""

    def __str__(self) -> str:
        """Say it in words."""
        most = f"up to {self.replies:,} replies"
        if self.seconds is None:
            return f"{most}; the first run tells how long that takes"
        minutes = self.seconds / 60
        return f"{most}, about {max(1, round(minutes))} min as the last run went"


def expected(memory: Memory, sizes: Sizes, chat: str) -> Expected:
    """Return what a run of some size will need with a chat model, named as runs name it.

    The newest whole run with that model tells; one of another size by its replies.
    """
    for run_id in reversed(run_ids(memory)[-_SEEN:]):
        run = load_run(memory, run_id)
        if run.chat == chat and run.replies and not (run.sections or run.left_out):
            same = run.size == sizes.name
            seconds = run.seconds if same else run.seconds * sizes.all_replies / run.replies
            return Expected(replies=sizes.all_replies, seconds=seconds)
    return Expected(replies=sizes.all_replies, seconds=None)


def named_model(workshop: Workshop) -> str:
    """Return the chat model as runs name it, without loading it."""
    chosen = chosen_model(workshop.settings)
    provider, _, name = chosen.partition(":")
    return f"{provider}:{Path(name).stem}" if name.endswith(".gguf") else chosen
