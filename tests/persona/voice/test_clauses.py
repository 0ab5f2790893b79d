"""Cutting a text into clauses."""

from hypothesis import given
from hypothesis import strategies as st

from persona.voice.clauses import LONGEST, in_clauses


def test_the_first_clause_is_short_and_the_rest_are_sentences() -> None:
    text = "I grew up in a small town by the sea. We never locked the door. Dr. Reis lived there."
    assert list(in_clauses(text)) == [
        "I grew up in a small town",
        "by the sea.",
        "We never locked the door.",
        "Dr. Reis lived there.",
    ]


def test_a_short_text_is_left_whole() -> None:
    assert list(in_clauses("Hello there.")) == ["Hello there."]


@given(st.text(alphabet="ab cd,.;!? \n", max_size=900))
def test_nothing_is_lost_and_nothing_is_too_long(text: str) -> None:
    clauses = list(in_clauses(text))
    assert "".join("".join(clauses).split()) == "".join(text.split())
    assert all(len(c) <= LONGEST or " " not in c for c in clauses)
