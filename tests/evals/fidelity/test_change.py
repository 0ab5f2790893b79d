"""Every made-up fact is told in words that are read, and asked for in words that ask for it."""

from datetime import UTC, datetime

import pytest

from evals.fidelity.change import Change, made_up_changes
from memory.attributes import asked_attributes, is_single
from memory.beliefs import fold
from persona.facts import read_statements

SAID_AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("change", made_up_changes(), ids=lambda change: change.second)
def test_what_is_told_is_read_as_the_fact_that_is_asked_for(change: Change) -> None:
    assert is_single(change.attribute)
    assert change.attribute in asked_attributes(change.ask)
    for told, value in zip(change.told, (change.first, change.second, change.third), strict=True):
        facts = [one.fact for one in read_statements(told, said_at=SAID_AT)]
        found = [fold(fact.value) for fact in facts if fact.attribute == change.attribute]
        assert found == [value]


def test_no_value_is_used_twice() -> None:
    values = [v for c in made_up_changes() for v in (c.first, c.second, c.third)]
    assert len(values) == len(set(values)) == 120
