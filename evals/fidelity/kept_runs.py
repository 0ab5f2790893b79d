"""The runs that are kept for a twin."""

from pydantic import ValidationError

from evals.errors import EvalProblem
from evals.fidelity.figure import Run
from memory.store import Memory

_SUFFIX = ".fidelity.json"


def keep_run(memory: Memory, run: Run) -> None:
    """Keep a run with its twin."""
    memory.measurements.put(run.run_id + _SUFFIX, run.model_dump_json().encode())


def run_ids(memory: Memory) -> list[str]:
    """Return the kept runs, oldest first."""
    names = memory.measurements.names()
    return [name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)]


def load_run(memory: Memory, run_id: str) -> Run:
    """Return a kept run; `latest` is the newest.

    Raises:
        EvalProblem: there is none of that name, or it can't be read.
    """
    known = run_ids(memory)
    wanted = known[-1] if run_id == "latest" and known else run_id
    content = memory.measurements.get(wanted + _SUFFIX) if wanted in known else None
    if content is None:
        listed = (
            f"kept are: {', '.join(known)}" if known else "measure first: selfsame eval fidelity"
        )
        raise EvalProblem(f"there is no run {run_id!r} of {memory.twin.name!r}", listed)
    try:
        return Run.model_validate_json(content)
    except ValidationError as error:
        raise EvalProblem(f"the run {run_id!r} can't be read", "measure again") from error
