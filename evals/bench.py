"""A throw-away home for a measurement, and the small sums that reports are made of."""

import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from evals.dialogue import Dialogue
from ingest.pipeline import Plan, Progress, run
from ingest.sample import Sample
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.private import screened
from persona.profile import learn_facts, measure_profile
from persona.settings import Settings

VISITOR = "measurement"
"""Who asks where it doesn't matter."""


@contextmanager
def scratch_workshop(settings: Settings) -> Generator[Workshop]:
    """Open an empty home with the models of `settings`; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="selfsame-eval-") as folder:
        scratch = settings.model_copy(update={"home": Path(folder), "qdrant_url": None})
        with Workshop(scratch) as workshop:
            yield workshop


def enrol(workshop: Workshop, dialogue: Dialogue, owner: str) -> Memory:
    """Make a twin of one speaker of a dialogue; return its memory."""
    twin = workshop.store.create(f"{dialogue.name}: {owner}", owner)
    memory = workshop.store.memory(twin.name)
    source_id = memory.sources.add(dialogue.name, "dialogue")
    conversation_id = memory.sources.conversation("dialogue", dialogue.name, dialogue.name, "chat")
    turns = [(turn, 0, ()) for turn in dialogue.as_said_by(owner)]
    memory.utterances.add(conversation_id, source_id, turns)
    memory.index_pending()
    memory.timeline()
    return memory


def enrol_sample(workshop: Workshop, sample: Sample, progress: Progress) -> Memory:
    """Make the sample person's twin in an empty home, as an import does; return its memory."""
    memory = workshop.store.memory(workshop.store.create(sample.name, sample.owner).name)
    for source in sample.sources:
        plan = Plan(
            owner_names=[source.as_name],
            zone=workshop.zone,
            format=source.format,
            screen=screened,
        )
        learn_facts(memory, run([source.path], memory, plan, progress).utterance_ids)
    measure_profile(memory)
    return memory


def mean(values: Sequence[float]) -> float | None:
    """Return the mean to four places; None of nothing."""
    return round(float(np.mean(values)), 4) if len(values) else None


def percentiles(values_ms: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile in milliseconds."""
    if not values_ms:
        return {}
    p50, p95 = np.percentile(values_ms, [50, 95])
    return {"p50": round(float(p50), 2), "p95": round(float(p95), 2)}
