"""Whose matter the best hits are, by who speaks and of whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.aboutness import Ranked, aboutness
from memory.lexical import query_terms
from memory.store import Memory
from tests.chats import ana, ben
from tests.conftest import Tell

GREENHOUSE = dict.fromkeys(query_terms("greenhouse").indices, 1.0)


@pytest.mark.parametrize(
    ("own", "text", "of_subject"),
    [
        (True, "I painted my greenhouse", True),
        (False, "I painted my greenhouse", False),
        (False, "did you paint your greenhouse, you said you would", True),
        (True, "you painted your greenhouse, did you", False),
        (True, "a greenhouse with a blue door", True),
        (False, "a greenhouse with a blue door", False),
    ],
)
def test_i_is_the_speaker_and_you_the_other(own: bool, text: str, of_subject: bool) -> None:
    found = aboutness([Ranked(1.0, own, text)], GREENHOUSE)
    assert (found.about_share > 0.5) is of_subject
    assert (found.own_told > found.other_told) is of_subject


def test_who_told_it_counts_though_both_spoke_of_it(memory: Memory, tell: Tell) -> None:
    tell(
        ben("I finally built my greenhouse behind the barn"),
        ana("your greenhouse looks lovely, Ben", minutes=1),
        ana("I sold my cello last spring", days=3),
        ben("you sold your cello, that must hurt", days=3, minutes=1),
    )
    mine = memory.recall("When did you sell your cello?").signals
    his = memory.recall("Where did you build your greenhouse?").signals
    assert mine.about_share > 0.5 > his.about_share
    assert his.other_told > his.own_told


hits = st.lists(
    st.builds(Ranked, st.floats(0, 4), st.booleans(), st.text(max_size=60)), max_size=30
).map(lambda found: sorted(found, key=lambda hit: -hit.worth))


@given(hits)
def test_shares_stay_between_nothing_and_all(ranked: list[Ranked]) -> None:
    found = aboutness(ranked, GREENHOUSE)
    assert 0 <= found.own_share <= 1.000001
    assert 0 <= found.about_share <= 1.000001
    assert 0 <= found.own_told <= 1 and 0 <= found.other_told <= 1
