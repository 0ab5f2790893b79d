"""A source can be taken out again: what came only from it goes, what it replaced holds again."""

from datetime import UTC, datetime

import pytest

from memory.beliefs import OWNER
from memory.errors import NotFound
from memory.model import FactState, NewFact, NewUtterance
from memory.store import Memory, Store
from tests.chats import ana, ben


def add(memory: Memory, source: str, *said: NewUtterance) -> tuple[int, list[int]]:
    source_id = memory.sources.add(source, "whatsapp", source)
    conversation = memory.sources.conversation("whatsapp", "ben", "Ben", "chat")
    ids = memory.utterances.add(conversation, source_id, [(one, 0, ()) for one in said])
    memory.index_pending()
    return source_id, ids


def lives_in(value: str, year: int, shown_by: int) -> NewFact:
    return NewFact(
        subject=OWNER,
        attribute="lives in",
        value=value,
        valid_from=datetime(year, 1, 1, tzinfo=UTC),
        evidence=(shown_by,),
    )


FIRST, LATER = ana("I moved to Lisbon, the red house"), ana("I moved to Porto", days=9)


def test_what_came_only_from_a_source_goes_and_what_it_replaced_holds_again(
    memory: Memory,
) -> None:
    _, (first,) = add(memory, "one.txt", FIRST)
    second, (later,) = add(memory, "two.txt", LATER)
    memory.beliefs.hold([lives_in("Lisbon", 2020, first), lives_in("Porto", 2026, later)])

    preview = memory.removals.preview(second)
    assert (preview.utterances, [fact.value for fact in preview.facts]) == ([later], ["Porto"])
    assert [fact.value for fact in memory.beliefs.all()] == ["Porto"]

    memory.remove_source(second)
    (fact,) = memory.beliefs.all(past=True)
    assert (fact.value, fact.state, fact.valid_to) == ("Lisbon", FactState.ACTIVE, None)
    assert [hit.utterance.utterance_id for hit in memory.recall("Porto?").hits] == [first]
    assert [size.source.name for size in memory.sources.sizes()] == ["one.txt"]


def test_what_stands_in_another_source_too_stays(memory: Memory) -> None:
    first, (shared,) = add(memory, "short.txt", FIRST)
    second, (later,) = add(memory, "longer.txt", FIRST, LATER)

    removal = memory.remove_source(first)

    assert (removal.utterances, removal.kept) == ([], 1)
    (size,) = memory.sources.sizes()
    assert (size.source.source_id, size.utterances) == (second, 2)
    assert set(memory.utterances.by_id([shared, later])) == {shared, later}


def test_a_removed_source_can_be_imported_again(memory: Memory) -> None:
    source, _ = add(memory, "one.txt", FIRST, ben("the red one?", minutes=1))
    memory.remove_source(source)
    _, again = add(memory, "one.txt", FIRST, ben("the red one?", minutes=1))
    assert len(again) == 2


def test_no_twin_removes_the_source_of_another(store: Store, memory: Memory) -> None:
    source, _ = add(memory, "one.txt", FIRST)
    other = store.memory(store.create("eve", "Eve Other").name)
    with pytest.raises(NotFound):
        other.remove_source(source)
    assert memory.sources.sizes()[0].utterances == 1
