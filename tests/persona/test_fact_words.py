"""Facts are said as their owner would say them, and only those that a message asks for."""

from datetime import UTC, datetime

import pytest

from memory.model import Fact, FactState
from persona.fact_words import facts_in_words
from persona.notes import meant_facts
from persona.phrases import facts
from persona.style import Style
from persona.style.model import Casing
from tests.chats import START


def _fact(attribute: str, value: str, *, until: datetime | None = None) -> Fact:
    return Fact(
        fact_id=1,
        state=FactState.ACTIVE,
        learnt_at=START,
        subject="",
        attribute=attribute,
        value=value,
        valid_to=until,
    )


LIKES = [_fact("likes", "old maps"), _fact("likes", "rain"), _fact("likes", "soup")]


def test_facts_become_sentences() -> None:
    moved = _fact("lives in", "Porto", until=datetime(2026, 1, 9, tzinfo=UTC))
    assert facts_in_words(LIKES) == "I like old maps, rain and soup"
    assert facts_in_words([moved]) == "I lived in Porto, until January 2026"
    assert facts_in_words([_fact("favourite film", "Kes")]) == "My favourite film is Kes"
    assert facts_in_words([_fact("has a pet", "dog Bo")]) == "has a pet: dog Bo"


def test_who_begins_small_may_write_a_large_i() -> None:
    begins_small = Style(messages=40, casing=Casing(lower_start=0.9, small_i=0.1))
    film = _fact("favourite film", "Kes")
    assert facts([LIKES[0]], "so?", begins_small) == "I like old maps"
    assert facts([film], "so?", begins_small) == "my favourite film is Kes"


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("what do you like?", 3),
        ("I love rain so much. Where do you live?", 0),
        ("what would you like to do today?", 0),
        ("tell me what you love", 3),
    ],
)
def test_only_what_the_question_asks_for_is_told(heard: str, meant: int) -> None:
    assert len(meant_facts(heard, LIKES)) == meant
