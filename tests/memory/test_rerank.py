"""Among what is alike, words that tell more about the question come first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.lexical import Lexicon, query_terms
from memory.model import NewUtterance
from memory.store import Memory
from tests.conftest import Tell

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "first", "other"),
    [
        ("When did you paint the boat?", "i painted the boat last week", "i painted the boat red"),
        ("How many boats did you paint?", "i painted three boats", "i painted those boats"),
        ("What did you paint?", "i painted the old boat in the shed", "should i paint the boat?"),
    ],
)
def test_what_tells_what_is_asked_for_comes_first(
    memory: Memory, tell: Tell, question: str, first: str, other: str
) -> None:
    day = timedelta(days=1)
    tell(
        _said(other, START), _said("the train was late", START + day), _said(first, START + 2 * day)
    )
    best = memory.recall(question).hits[0].utterance
    assert best.text == first


def test_words_beside_it_tell_too(memory: Memory, tell: Tell) -> None:
    day = timedelta(days=1)
    minute = timedelta(minutes=1)
    tell(
        _said("we looked at it", START),
        _said("a cottage above the harbour", START + minute),
        _said("the roof leaks a little", START + 2 * minute),
        _said("we looked at it", START + day),
        _said("it rained", START + day + minute),
    )
    found = [h.utterance for h in memory.recall("Which cottage has a roof that leaks?").hits]
    first, second = (u for u in found if u.text == "we looked at it")
    assert first.said_at == START
    assert second.said_at == START + day


def test_an_answer_to_the_very_question_comes_first(memory: Memory, tell: Tell) -> None:
    tell(
        _said("geth had to go and study a fountain for an hour", START),
        _answer("What did you study?", "linguistics, in Porto"),
    )
    assert memory.recall("What did you study?").hits[0].utterance.text == "linguistics, in Porto"


THINGS = ("boat", "shed", "lamp", "soup")


@given(st.lists(st.lists(st.sampled_from(THINGS), max_size=6), max_size=9))
def test_a_lexicon_knows_where_each_term_stands(texts: list[list[str]]) -> None:
    lexicon = Lexicon(" ".join(words) for words in texts)
    for word in (*THINGS, "kiln"):
        (term,) = query_terms(word).indices
        holding = [number for number, words in enumerate(texts) if word in words]
        assert lexicon.places(term).tolist() == holding
        assert lexicon.knows(term) == bool(holding)


def _said(text: str, at: datetime) -> NewUtterance:
    return NewUtterance(speaker="Ana Reis", own=True, text=text, said_at=at)


def _answer(prompt: str, text: str) -> NewUtterance:
    return NewUtterance(speaker="Ana Reis", own=True, text=text, said_at=START, prompt=prompt)
