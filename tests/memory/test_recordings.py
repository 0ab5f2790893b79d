"""Recordings of spoken answers: drafts, what is kept, and that they go with their words."""

import pytest

from memory.model import NewFact
from memory.store import Memory
from tests.memory.test_interviews import answered, asked

WAV, OTHER = b"RIFF one", b"RIFF two"


def spoken(memory: Memory, question_id: int) -> list[int]:
    memory.recordings.draft(question_id, WAV, "my sister mends clocks")
    ids = answered(memory, question_id, "my sister mends clocks", "she is Bea")
    memory.recordings.keep(question_id)
    return ids


def test_a_draft_waits_until_it_is_kept(memory: Memory) -> None:
    number = asked(memory)
    memory.recordings.draft(number, OTHER, "mist")
    memory.recordings.draft(number, WAV, "my sister")
    assert memory.recordings.heard(number) == "my sister"
    assert memory.recordings.of(number) is None
    memory.recordings.keep(number)
    kept = memory.recordings.of(number)
    assert kept is not None
    assert kept.read_bytes() == WAV
    assert memory.recordings.drafted(number) is None


def test_keeping_without_a_draft_leaves_the_recording(memory: Memory) -> None:
    number = asked(memory)
    spoken(memory, number)
    memory.recordings.keep(number)
    assert memory.recordings.of(number) is not None


def test_typed_words_wait_until_they_are_sent(memory: Memory) -> None:
    number = asked(memory)
    memory.recordings.keep_typed(number, "my sister m")
    memory.recordings.keep_typed(number, "my sister mends")
    memory.recordings.clear()
    assert memory.recordings.typed(number) == "my sister mends"
    assert not memory.recordings.any()
    memory.recordings.keep_typed(number, " ")
    assert memory.recordings.typed(number) == ""


@pytest.mark.parametrize("way", ["words", "fact", "source", "answered anew"])
def test_a_recording_goes_with_its_words(memory: Memory, way: str) -> None:
    number, other = asked(memory), asked(memory, "course:family/other")
    ids = spoken(memory, number)
    memory.recordings.keep_typed(number, "my sister mends old clocks")
    memory.recordings.draft(other, OTHER, "another")
    answered(memory, other, "another")
    memory.recordings.keep(other)
    if way == "words":
        memory.forget_utterances(ids[-1:])
    elif way == "fact":
        fact = NewFact(subject="", attribute="sister", value="Bea", evidence=(ids[1],))
        memory.beliefs.hold([fact])
        memory.forget_fact(memory.beliefs.all()[0].fact_id)
    elif way == "source":
        memory.remove_source(memory.sources.sizes()[0].source.source_id)
    else:
        answered(memory, number, "I have no sister")
    assert memory.recordings.of(number) is None
    assert memory.recordings.typed(number) == ""
    assert (memory.recordings.of(other) is None) == (way == "source")
