"""How long a run will take is told by the last whole run with the same model."""

import pytest

from evals.fidelity.expected import expected
from evals.fidelity.kept_runs import keep_run
from evals.fidelity.section import FULL, QUICK
from memory.store import Memory
from tests.evals.fidelity.runs import run_with

WHOLE = run_with(seconds=120.0, replies=100)


def test_before_the_first_run_nothing_is_known_but_the_replies(memory: Memory) -> None:
    assert expected(memory, QUICK, "none").seconds is None
    assert expected(memory, QUICK, "none").replies == QUICK.all_replies


def test_a_run_of_the_same_size_takes_as_long_and_a_larger_one_longer(memory: Memory) -> None:
    keep_run(memory, WHOLE)
    assert expected(memory, QUICK, "none").seconds == 120
    assert expected(memory, FULL, "none").seconds == pytest.approx(1.2 * FULL.all_replies)
    assert expected(memory, QUICK, "openai:other").seconds is None


@pytest.mark.parametrize("part", [{"sections": ("style",)}, {"left_out": ("leaks",)}])
def test_a_part_of_a_run_tells_nothing_of_a_whole_one(
    memory: Memory, part: dict[str, tuple[str, ...]]
) -> None:
    keep_run(memory, WHOLE)
    shorter = {"run_id": "20260102-090000", "seconds": 5.0, "replies": 4, **part}
    keep_run(memory, WHOLE.model_copy(update=shorter))
    assert expected(memory, QUICK, "none").seconds == 120
