from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.model import Utterance
from persona.facts_model import BATCH, extract_facts, facts_prompt, parse_facts

SAID = [
    "ugh the tram is late again",
    "we moved to Utrecht in May and I work at a bakery",
    "do you like Utrecht?",
    "I would move to Oslo",
    "trabajo en una panadería",
]


def utterance(at: int, text: str, *, own: bool = True) -> Utterance:
    return Utterance(
        speaker="Nora",
        own=own,
        text=text,
        said_at=datetime(2024, 3, 13, tzinfo=UTC),
        utterance_id=100 + at,
        source="chat.txt",
        conversation_id=1,
        session=1,
    )


TALK = [utterance(at, text) for at, text in enumerate(SAID, 1)]


def test_the_prompt_numbers_each_utterance_on_one_line() -> None:
    prompt = facts_prompt([utterance(1, "two\nlines"), utterance(2, "one line")])

    assert "1. two lines\n2. one line\nFacts\n" in prompt


def test_a_line_with_shown_value_is_taken() -> None:
    (fact,) = parse_facts("2 | residence | Utrecht", TALK)

    assert (fact.attribute, fact.value, fact.evidence) == ("lives in", "Utrecht", (102,))
    assert fact.valid_from is not None
    assert fact.valid_from.date() == date(2023, 5, 1)


def test_a_short_attribute_of_its_own_is_kept() -> None:
    (fact,) = parse_facts("2 | first job | bakery", TALK)

    assert fact.attribute == "first job"


def test_a_list_is_taken_item_by_item() -> None:
    facts = parse_facts("2 | likes | bakery, opera, swimming", TALK)

    assert [fact.value for fact in facts] == ["bakery"]


def test_other_languages_are_taken_as_they_are() -> None:
    (fact,) = parse_facts("5 | works at | una panadería", TALK)

    assert fact.value == "una panadería"


@dataclass(frozen=True)
class Dropped:
    line: str
    why: str


DROPPED = [
    Dropped("2 | lives in | Bergen", "not in the text"),
    Dropped("1 | lives in | Utrecht", "in another utterance"),
    Dropped("3 | likes | Utrecht", "a question"),
    Dropped("4 | lives in | Oslo", "a wish"),
    Dropped("1 | drives | tram", "about nobody"),
    Dropped("9 | lives in | Utrecht", "no such utterance"),
    Dropped("2 | lives in", "no value"),
    Dropped("2 | lives in | none", "an empty value"),
    Dropped("lives in Utrecht", "no number"),
    Dropped("2 | a very long made up attribute | Utrecht", "an endless attribute"),
    Dropped("- 2 | lives in | Utrecht", "another form"),
]


@pytest.mark.parametrize("case", DROPPED, ids=lambda case: case.why)
def test_any_other_line_is_dropped(case: Dropped) -> None:
    assert parse_facts(case.line, TALK) == []


def test_only_the_owners_words_are_asked_about_in_small_batches() -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "1 | works at | bakery"

    own = [utterance(at, "I work at a bakery") for at in range(BATCH + 1)]
    facts = extract_facts([utterance(0, "I am somebody else", own=False), *own], ask)

    assert len(asked) == 2
    assert not any("somebody else" in prompt for prompt in asked)
    assert [fact.evidence for fact in facts] == [(100,), (100 + BATCH,)]


@given(st.text(alphabet="0123456789| abcUtrecht,\n", max_size=200))
def test_any_answer_is_read_without_trouble(answer: str) -> None:
    for fact in parse_facts(answer, TALK):
        assert fact.evidence[0] in {one.utterance_id for one in TALK}
