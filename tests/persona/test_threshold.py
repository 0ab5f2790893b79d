"""How sure it takes to be: more where a memory is little more than an interview."""

from datetime import UTC, datetime

import pytest

from memory.model import Evidence, Hit, Utterance
from persona.decide import THRESHOLD, threshold_for


def evidence(*prompts: str | None) -> Evidence:
    hits = [
        Hit(
            utterance=Utterance(
                utterance_id=number,
                conversation_id=1,
                source="interview",
                session=0,
                speaker="Ana Reis",
                own=True,
                text="I grew up in Braga",
                said_at=datetime(2026, 5, 1, tzinfo=UTC),
                prompt=prompt,
            ),
            score=1.0,
        )
        for number, prompt in enumerate(prompts)
    ]
    return Evidence(question="where were you as a child?", subject=None, hits=tuple(hits))


@pytest.mark.parametrize(
    ("prompts", "more"),
    [((), False), (("Where?",) * 10, True), (("Where?", None), False), ((None,), False)],
)
def test_more_is_asked_of_an_interview_alone(prompts: tuple[str | None, ...], more: bool) -> None:
    assert (threshold_for(evidence(*prompts)) > THRESHOLD) is more
