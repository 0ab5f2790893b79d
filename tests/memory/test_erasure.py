"""What is erased is gone from every byte of an open home."""

from pathlib import Path

import pytest

from memory.beliefs import OWNER as MYSELF
from memory.model import OWNER, NewFact
from memory.store import Memory
from tests.chats import ana
from tests.conftest import Tell

WORD = "zokuvexbra"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the twin of `memory` lives."""
    return tmp_path / "home"


def stands_in(home: Path) -> list[str]:
    """Return the files of a home in which the word stands."""
    files = [path for path in sorted(home.rglob("*")) if path.is_file()]
    return [path.name for path in files if WORD.encode() in path.read_bytes().lower()]


def test_forgotten_words_and_facts_stand_in_no_file(memory: Memory, tell: Tell, home: Path) -> None:
    ids = tell(ana(f"i live in {WORD}"), ana(f"saw {WORD} again", days=1))
    lives = NewFact(subject=MYSELF, attribute="lives in", value=WORD, evidence=(ids[0],))
    memory.beliefs.hold([lives])
    assert stands_in(home)
    for fact in memory.beliefs.all():
        memory.forget_fact(fact.fact_id)
    memory.forget_utterances([u.utterance_id for u in memory.all_utterances()])
    assert stands_in(home) == []


def test_a_source_taken_out_stands_in_no_file(memory: Memory, tell: Tell, home: Path) -> None:
    tell(ana(f"i live in {WORD}"))
    (size,) = memory.sources.sizes()
    memory.remove_source(size.source.source_id)
    assert stands_in(home) == []


@pytest.mark.parametrize("visitor", [OWNER, "Vera"])
def test_an_erased_talk_stands_in_no_file(memory: Memory, home: Path, visitor: str) -> None:
    memory.talks.add(visitor, heard=f"is it {WORD}?", reply="no", outcome="known")
    assert stands_in(home)
    memory.talks.erase(visitor)
    assert stands_in(home) == []
