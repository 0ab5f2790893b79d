"""Measuring a twin in the background, and putting right what a measurement showed."""

from typing import TYPE_CHECKING

from memory.store import Memory
from persona.correction import read_teaching
from persona.learn import Lesson, learn
from ui import session
from ui.job import Job, Progress

if TYPE_CHECKING:
    from evals.fidelity.figure import Case, Run


def job_name(twin: str) -> str:
    """Return the name of the job that measures a twin."""
    return f"fidelity:{twin}"


def start_measuring(twin: str, *, full: bool) -> Job:
    """Measure a twin in the background and keep the run."""
    opened, settings = session.workshop(), session.settings()

    def work(progress: Progress) -> "Run":
        from evals.fidelity.kept_runs import keep_run
        from evals.fidelity.measure import measure_fidelity
        from evals.fidelity.section import FULL, QUICK
        from evals.fidelity.wish import wish_for

        memory = opened.store.memory(twin)
        wish = wish_for(memory, sizes=FULL if full else QUICK)
        run = measure_fidelity(settings, memory, wish, progress)
        keep_run(memory, run)
        return run

    return session.jobs().start(job_name(twin), work)


def teach_answer(memory: Memory, case: "Case", words: str) -> None:
    """Keep the owner's own answer to what a case asked; it outranks what was read."""
    teaching = read_teaching(words, memory.beliefs.all())
    learn(words, Lesson(teaching=teaching, answers=case.asked, keeps=True), memory)
    memory.index_pending()
