"""Measuring a twin in the background: how long it will take, its start and its end."""

from typing import TYPE_CHECKING

from memory.store import Memory
from ui import session
from ui.job import Job, Progress

if TYPE_CHECKING:
    from evals.fidelity.expected import Expected
    from evals.fidelity.figure import Run


def job_name(twin: str) -> str:
    """Return the name of the job that measures a twin."""
    return f"fidelity:{twin}"


def expect(memory: Memory, *, full: bool) -> "Expected":
    """Return how much a measurement will need, by how the last ones went."""
    from evals.fidelity.expected import expected, named_model
    from evals.fidelity.section import FULL, QUICK

    return expected(memory, FULL if full else QUICK, named_model(session.workshop()))


def start_measuring(twin: str, *, full: bool) -> Job:
    """Measure a twin in the background; the run is kept, part by part as it comes."""
    opened, settings = session.workshop(), session.settings()

    def work(progress: Progress) -> "Run":
        from evals.fidelity.kept_runs import keep_run
        from evals.fidelity.measure import measure_fidelity
        from evals.fidelity.section import FULL, QUICK
        from evals.fidelity.wish import wish_for

        memory = opened.store.memory(twin)
        wish = wish_for(memory, sizes=FULL if full else QUICK)
        run = measure_fidelity(
            settings, memory, wish, progress, lambda part: keep_run(memory, part)
        )
        keep_run(memory, run)
        return run

    return session.jobs().start(job_name(twin), work)
