"""Clauses of a reply that is still being written."""

import re

from hypothesis import given
from hypothesis import strategies as st

from persona.live.clause_stream import ClauseStream


@given(st.lists(st.text("ab ,.!?;\n", max_size=30), max_size=12))
def test_no_word_is_lost_or_said_twice(parts: list[str]) -> None:
    stream = ClauseStream()
    clauses = [clause for part in parts for clause in stream.feed(part)] + stream.rest()
    assert re.findall(r"\w+", " ".join(clauses)) == re.findall(r"\w+", "".join(parts))


def test_the_first_clause_comes_before_the_sentence_ends() -> None:
    stream = ClauseStream()
    assert stream.feed("Well, that was a long time ago, ") == ["Well, that was a long time ago,"]


def test_a_long_beginning_is_cut_where_it_breathes() -> None:
    stream = ClauseStream()
    (first,) = stream.feed("I used to work in a bakery near the station and then moved on")
    assert 10 <= len(first) <= 40


def test_what_can_not_be_said_is_left_out() -> None:
    stream = ClauseStream()
    assert stream.feed("... ! \n") + stream.rest() == []
