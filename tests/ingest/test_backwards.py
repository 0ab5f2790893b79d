"""Items that wait on disk come back whole, from the oldest to the newest."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.record import Item, Message, Skipped
from ingest.sources import backwards
from ingest.sources.backwards import oldest_first

START = datetime(2024, 11, 3, tzinfo=UTC)
_texts = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=20)


def _said(texts: list[str]) -> list[Item]:
    return [
        Message(where=str(n), author="Ana", said_at=START + timedelta(minutes=n), text=text)
        if n % 5 != 4
        else Skipped(where=str(n), why=text)
        for n, text in enumerate(texts)
    ]


@given(_texts)
def test_either_order_comes_out_as_the_order_of_time(texts: list[str]) -> None:
    said = _said(texts)
    assert list(oldest_first(said)) == said
    if sum(isinstance(item, Message) for item in said) > 1:
        assert list(oldest_first(said[::-1])) == said


def test_what_does_not_fit_into_memory_waits_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backwards, "_IN_MEMORY", 100)
    said = _said(["a long word or two " * 20] * 50)
    assert list(oldest_first(said[::-1])) == said
