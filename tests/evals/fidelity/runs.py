"""Runs of a card that were never made: what the tests of them share."""

from typing import Any

from evals.fidelity.figure import Held, Run
from tests.chats import START

_EMPTY = Run(
    run_id="20260101-090000",
    twin="ana",
    owner="Ana Reis",
    started_at=START,
    seconds=60,
    size="quick",
    seed=1,
    chat="none",
    embedding="x",
    held=Held(
        built_from=1, by_conversation=0, conversations=(), by_time=1, since=(), interview=0,
        doubles=0, digest="",
    ),
    people=("Ana Reis", "Ben"),
    replies=0,
    figures=(),
    cases=(),
)  # fmt: skip


def run_with(**parts: Any) -> Run:
    """Return a run that is empty but for some parts."""
    return _EMPTY.model_copy(update=parts)
