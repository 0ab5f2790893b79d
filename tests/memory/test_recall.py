"""Small parts of recall that stand on their own."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.model import Hit, Utterance
from memory.recall import count_tokens, name_owner, pack, subject_of


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Where do you live?", "Where do Ana live?"),
        ("What's your dog called?", "What's Ana's dog called?"),
        ("where did u go", "where did Ana go"),
        ("How was the U.S. trip?", "How was the U.S. trip?"),
    ],
)
def test_you_becomes_the_owner(question: str, named: str) -> None:
    assert name_owner(question, "Ana Reis") == named


def test_a_question_is_about_whom_it_names_first() -> None:
    names = ("Ana Reis", "Ben", "Mia Wong")
    assert subject_of("What did you cook?", names) == 0
    assert subject_of("What did Ben say to Mia?", names) == 1
    assert subject_of("What did Ana say to Mia?", names) == 0
    assert subject_of("Is the benefit worth it?", names) == 0


@given(
    texts=st.lists(st.text(min_size=1, max_size=200), max_size=30),
    budget=st.integers(0, 300),
)
def test_packed_evidence_never_exceeds_its_budget(texts: list[str], budget: int) -> None:
    hits = [Hit(utterance=_utterance(i, text), score=1 / (i + 1)) for i, text in enumerate(texts)]
    packed = pack(hits, budget, owner="Ana")
    assert sum(count_tokens(u.text) for u in packed) <= budget
    assert len({u.utterance_id for u in packed}) == len(packed)


def test_of_two_that_tell_as_much_the_short_one_is_packed() -> None:
    long, short = (_utterance(i, "we moved to Leith " * n) for i, n in enumerate((30, 1)))
    hits = [Hit(utterance=long, score=1.0), Hit(utterance=short, score=0.9)]
    assert pack(hits, 40, owner="Ana") == (short,)


def _utterance(utterance_id: int, text: str) -> Utterance:
    return Utterance(
        utterance_id=utterance_id,
        source="chat",
        conversation_id=1,
        session=utterance_id // 5,
        speaker="Ben",
        own=False,
        text=text,
        said_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
