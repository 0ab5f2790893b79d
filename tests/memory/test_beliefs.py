"""Facts hold over time: the latest wins, the old stays known, the forgotten is gone."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.beliefs import OWNER, Beliefs, fold
from memory.errors import NotFound
from memory.model import Fact, FactState, NewFact
from memory.store import Memory, Store
from tests.chats import ana
from tests.conftest import Tell


@pytest.fixture
def beliefs(memory: Memory) -> Beliefs:
    return memory.beliefs


def _fact(attribute: str, value: str, year: int = 2025, *, taught: bool = False) -> NewFact:
    since = datetime(year, 1, 1, tzinfo=UTC)
    return NewFact(subject=OWNER, attribute=attribute, value=value, valid_from=since, taught=taught)


def _values(beliefs: Beliefs, *, past: bool = False) -> list[str]:
    return [fact.value for fact in beliefs.all(past=past)]


def test_a_newer_value_closes_the_older_which_stays_known(beliefs: Beliefs) -> None:
    beliefs.hold([_fact("lives in", "Lisbon", 2020)])
    beliefs.hold([_fact("lives in", "Porto", 2026)])
    assert _values(beliefs) == ["Porto"]
    old = next(fact for fact in beliefs.all(past=True) if fact.value == "Lisbon")
    assert old.state is FactState.SUPERSEDED
    assert old.valid_to == datetime(2026, 1, 1, tzinfo=UTC)


def test_an_older_value_learnt_later_does_not_win(beliefs: Beliefs) -> None:
    beliefs.hold([_fact("lives in", "Porto", 2026)])
    beliefs.hold([_fact("lives in", "Lisbon", 2020)])
    assert _values(beliefs) == ["Porto"]


@pytest.mark.parametrize("reverse", [False, True])
def test_the_latest_wins_in_either_order_of_import(beliefs: Beliefs, reverse: bool) -> None:
    facts = [_fact("works as", "baker", 2019), _fact("works as", "pilot", 2024)]
    beliefs.hold(reversed(facts) if reverse else facts)
    assert _values(beliefs) == ["pilot"]


def test_many_valued_facts_stand_beside_each_other(beliefs: Beliefs) -> None:
    beliefs.hold([_fact("likes", "tea"), _fact("likes", "rain")])
    assert _values(beliefs) == ["tea", "rain"]


def test_the_same_value_again_only_adds_its_evidence(beliefs: Beliefs, tell: Tell) -> None:
    one, two = tell(ana("I love tea"), ana("Tea is the best", minutes=5))
    beliefs.hold([NewFact(subject=OWNER, attribute="likes", value="tea", evidence=(one,))])
    added = beliefs.hold([NewFact(subject=OWNER, attribute="likes", value="Tea!", evidence=(two,))])
    assert added == []
    assert beliefs.all()[0].evidence == (one, two)


def test_a_corrected_fact_is_replaced_and_was_never_true(beliefs: Beliefs) -> None:
    (wrong,) = beliefs.hold([_fact("sibling", "Mina")])
    right = beliefs.correct(wrong.fact_id, "Mia")
    assert _values(beliefs) == ["Mia"]
    assert beliefs.get(wrong.fact_id).state is FactState.RETRACTED
    assert beliefs.get(wrong.fact_id).superseded_by == right.fact_id


def test_what_was_denied_or_ended_by_mistake_holds_again(beliefs: Beliefs) -> None:
    home, tea = beliefs.hold([_fact("lives in", "Porto", 2020), _fact("likes", "tea")])
    beliefs.deny(tea.fact_id)
    beliefs.retract(home.fact_id)
    assert _values(beliefs) == []
    assert beliefs.get(tea.fact_id).state is FactState.RETRACTED
    beliefs.reopen(tea.fact_id)
    beliefs.reopen(home.fact_id)
    assert _values(beliefs) == ["tea", "Porto"]
    assert beliefs.get(home.fact_id).valid_to is None


def test_a_fact_opened_again_does_not_push_out_a_later_one(beliefs: Beliefs) -> None:
    (old,) = beliefs.hold([_fact("lives in", "Lisbon", 2020)])
    beliefs.deny(old.fact_id)
    beliefs.hold([_fact("lives in", "Porto", 2026)])
    beliefs.reopen(old.fact_id)
    assert _values(beliefs) == ["Porto"]
    assert beliefs.get(old.fact_id).state is FactState.SUPERSEDED


def test_a_forgotten_fact_does_not_come_back_by_import_but_by_the_owner(beliefs: Beliefs) -> None:
    (fact,) = beliefs.hold([_fact("likes", "karaoke")])
    beliefs.forget(fact.fact_id)
    assert beliefs.hold([_fact("likes", "Karaoke")]) == []
    assert _values(beliefs, past=True) == []
    assert [f.value for f in beliefs.hold([_fact("likes", "karaoke", taught=True)])] == ["karaoke"]


def test_forgetting_a_fact_takes_the_words_that_show_it(memory: Memory, tell: Tell) -> None:
    (one,) = tell(ana("I sing karaoke every Friday"))
    (fact,) = memory.beliefs.hold(
        [NewFact(subject=OWNER, attribute="likes", value="karaoke", evidence=(one,))]
    )
    assert memory.forget_fact(fact.fact_id) == 1
    assert memory.recall("Do you sing karaoke?").hits == ()


def test_no_twin_reaches_the_facts_of_another(store: Store) -> None:
    one, two = (store.memory(store.create(name, name).name) for name in ("one", "two"))
    (fact,) = one.beliefs.hold([_fact("likes", "tea")])
    assert two.beliefs.all() == []
    for reach in (two.beliefs.get, two.beliefs.forget, two.beliefs.retract):
        with pytest.raises(NotFound):
            reach(fact.fact_id)
    with pytest.raises(NotFound):
        two.beliefs.correct(fact.fact_id, "coffee")


def test_a_retracted_fact_is_past_from_then_on(beliefs: Beliefs) -> None:
    (fact,) = beliefs.hold([_fact("works at", "the bakery")])
    beliefs.retract(fact.fact_id, at=datetime(2026, 5, 1, tzinfo=UTC))
    past: Fact = beliefs.get(fact.fact_id)
    assert (past.state, past.valid_to) == (FactState.SUPERSEDED, datetime(2026, 5, 1, tzinfo=UTC))


def _ended(value: str, year: int) -> NewFact:
    until = datetime(year, 1, 1, tzinfo=UTC)
    return NewFact(subject=OWNER, attribute="has a pet", value=value, valid_to=until)


def test_words_of_the_past_close_what_they_end(beliefs: Beliefs) -> None:
    beliefs.hold([_fact("has a pet", "a cat", 2020)])
    beliefs.hold([_ended("a cat", 2024)])
    (fact,) = beliefs.all(past=True)
    assert (fact.state, fact.valid_to) == (FactState.SUPERSEDED, datetime(2024, 1, 1, tzinfo=UTC))


def test_words_of_an_earlier_past_do_not_end_what_began_after(beliefs: Beliefs) -> None:
    beliefs.hold([_fact("has a pet", "a cat", 2025)])
    beliefs.hold([_ended("a cat", 2024)])
    assert _values(beliefs) == ["a cat"]


@given(value=st.text(max_size=40))
def test_folding_a_value_twice_changes_nothing_more(value: str) -> None:
    assert fold(fold(value)) == fold(value)
