"""A long text is cut to the sentences that answer."""

import pytest

from memory.store import Memory
from persona.quoting import LONGEST_QUOTE, nearest_passage, nearest_sentences

CAFE = (
    "The Pelican. My aunt opened it in 1961 with a woman who left after a week and took the good "
    "chairs. There were nine tables, one radio and a cat that sat on the till. It closed when the "
    "road was widened. There is a bank there now, and they kept the clock over the door."
)


def test_short_text_stays_whole(memory: Memory) -> None:
    assert nearest_sentences("The Pelican. It closed.", "When did it close?", memory) == (
        "The Pelican. It closed."
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was your aunt's café called?", "The Pelican."),
        ("When did the café close?", "road was widened"),
        ("What is there today?", "a bank"),
    ],
)
def test_the_answering_sentence_is_kept(memory: Memory, question: str, words: str) -> None:
    cut = nearest_sentences(CAFE, question, memory)
    assert words in cut
    assert len(cut.split()) <= LONGEST_QUOTE


def test_gap_is_shown_and_nothing_is_added(memory: Memory) -> None:
    cut = nearest_sentences(CAFE, "Is there a bank now with a clock?", memory)
    parts = cut.split(" … ")
    assert len(parts) > 1
    assert all(part in CAFE for part in parts)


def test_what_is_said_aloud_has_no_gap(memory: Memory) -> None:
    said = nearest_passage(CAFE, "Is there a bank now with a clock?", memory)
    assert said in CAFE
    assert "they kept the clock over the door" in said
    assert len(said.split()) <= LONGEST_QUOTE


def test_a_sentence_that_is_too_long_is_said_whole(memory: Memory) -> None:
    said = nearest_passage(CAFE, "Who opened the café in 1961?", memory, longest=3)
    assert said.startswith("My aunt opened it in 1961")
    assert said.endswith("took the good chairs.")
