"""Marks of private data: hidden from visitors by kind, lifted by the owner, never destroyed."""

import pytest

from memory.marks import Marked
from memory.store import Memory
from tests.chats import ana

SAID = [
    (ana("my number is 0117 496 0123"), 0, {"phone"}),
    (ana("come to 5 Mill Lane, or ring 0117 496 0124", minutes=1), 0, {"phone", "address"}),
    (ana("I like tea", minutes=2), 0, ()),
]


@pytest.fixture
def marked(memory: Memory) -> Memory:
    source_id = memory.sources.add("chat.txt", "whatsapp")
    chat = memory.sources.conversation("whatsapp", "ben", "Ben", "chat")
    memory.utterances.add(chat, source_id, SAID)
    memory.index_pending()
    return memory


def seen_by_visitors(memory: Memory) -> list[str]:
    hits = memory.recall("what is your number?", owner=False).hits
    return sorted(hit.utterance.text for hit in hits)


def test_what_is_marked_is_for_the_owner_alone(marked: Memory) -> None:
    assert seen_by_visitors(marked) == ["I like tea"]
    assert marked.marks.all() == [
        Marked("phone", 2, hidden=2, lifted=False),
        Marked("address", 1, hidden=1, lifted=False),
    ]


def test_a_lifted_kind_shows_only_what_no_other_mark_hides(marked: Memory) -> None:
    assert marked.lift("phone", lifted=True) == 1
    assert seen_by_visitors(marked) == ["I like tea", "my number is 0117 496 0123"]
    assert marked.marks.all()[0] == Marked("phone", 2, hidden=1, lifted=True)


def test_lifting_can_be_undone_and_holds_for_what_comes_later(marked: Memory) -> None:
    marked.lift("phone", lifted=True)
    source_id = marked.sources.add("more.txt", "whatsapp")
    chat = marked.sources.conversation("whatsapp", "ben", "Ben", "chat")
    marked.utterances.add(chat, source_id, [(ana("ring 0117 496 0199", minutes=3), 0, {"phone"})])
    marked.index_pending()
    assert "ring 0117 496 0199" in seen_by_visitors(marked)
    assert marked.lift("phone", lifted=False) == 2
    assert seen_by_visitors(marked) == ["I like tea"]
