"""An import from files to a twin that can talk: read, index, learn facts, measure style."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.pipeline import Plan, preview, run
from ingest.report import Report
from ingest.source import ReadOptions
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.private import screened
from persona.profile import learn_facts, measure_profile

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import brought."""

    reports: list[Report]
    facts: int


def plan_import(
    workshop: Workshop,
    *,
    owner_names: Sequence[str] = (),
    format: str | None = None,
    options: ReadOptions | None = None,
) -> Plan:
    """Return how an import is done in this home."""
    return Plan(
        owner_names=list(owner_names),
        zone=workshop.zone,
        format=format,
        options=options or ReadOptions(),
        screen=screened,
    )


def preview_files(workshop: Workshop, twin: str, paths: Sequence[Path], plan: Plan) -> list[Report]:
    """Report what an import would do; changes nothing."""
    return preview(paths, workshop.store.memory(twin), plan)


def import_files(
    workshop: Workshop, twin: str, paths: Sequence[Path], plan: Plan, progress: Progress
) -> Outcome:
    """Import files and bring the twin's profile up to date."""
    memory = workshop.store.memory(twin)
    imported = run(paths, memory, plan, progress)
    facts = refresh_profile(memory, imported.utterance_ids, progress)
    return Outcome(reports=imported.reports, facts=facts)


def refresh_profile(memory: Memory, new: Sequence[int], progress: Progress) -> int:
    """Learn facts from new utterances and measure the style anew; return how many facts."""
    if not new:
        return 0
    facts = learn_facts(memory, new, lambda done, total: progress("learning facts", done, total))
    progress("measuring style", 0, 1)
    measure_profile(memory)
    progress("measuring style", 1, 1)
    return facts
