"""The rules that find a question fitting what was just said."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.interview.direct import direct_values
from ingest.interview.follow_up import follow_up_by_rules
from ingest.interview.mentions import find_mentions


@dataclass(frozen=True, slots=True)
class Case:
    """An answer and what its follow-up must speak of; empty when there must be none."""

    answer: str
    about: str


CASES = [
    Case("my best friend Chidi taught me to swim when I was nine", "Chidi"),
    Case("so in the end my brother drove me there and we said nothing all day", "your brother"),
    Case("then we moved to Aberdeen and it rained for a year and a day on end", "Aberdeen"),
    Case("i grew up in braga, in a flat over a bakery, and slept on flour sacks", "braga"),
    Case("we met at school in 1998 and lost each other, and met again at a bus stop", "in 1998"),
    Case("i never fly", "i never fly"),
    Case("i used to smoke but not any more", "What has changed"),
    Case("honesty is important and being kind to people and things like that in life", "?"),
    Case("it was ok", "?"),
    Case("my gran died that winter and the house was sold", "sorry"),
    Case("i'd rather not say", ""),
    Case("I don’t want to talk about my brother Tom", ""),
    Case("i don't know", ""),
    Case("", ""),
    Case("   ", ""),
    Case("Cresci no Porto com a minha avó e os meus primos todos numa casa pequena", ""),
    Case("私は東京で育ちました。毎日海まで歩いて、" * 4, ""),
    Case("i never fly because it scares me, ever since we landed in a field", ""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.answer[:30])
def test_a_follow_up_fits_what_was_said(case: Case) -> None:
    asked = follow_up_by_rules(case.answer, told=[], turn=0)
    if not case.about:
        assert asked is None
    else:
        assert asked is not None
        assert case.about in asked


def test_nobody_is_asked_about_twice() -> None:
    answer = "my sister Ruta sings and my brother Jonas mends clocks in a shed by the sea"
    told: list[str] = []
    for turn in range(3):
        told.append(follow_up_by_rules(answer, told=told, turn=turn) or "")
    assert ["Ruta" in told[0], "Jonas" in told[1], "Ruta" in told[2]] == [True, True, False]


def test_what_the_question_named_is_not_asked_back() -> None:
    told = ["You grew up in Braga. What was it like?"]
    assert "Braga" not in (follow_up_by_rules("i lived in Braga", told=told, turn=0) or "")


@pytest.mark.parametrize("words", ["In May I was ill.", "Oh Well, I am.", "I'M OK", "He said God"])
def test_words_with_capitals_are_not_all_names(words: str) -> None:
    assert not [m for m in find_mentions(words) if m.kind in ("name", "place", "person")]


@given(st.text(max_size=400), st.integers(0, 50))
def test_any_answer_gets_a_question_or_none(answer: str, turn: int) -> None:
    asked = follow_up_by_rules(answer, told=[], turn=turn)
    assert (
        asked is None
        or (asked.strip() == asked and len(asked) < 600 and "{" not in asked)
        or ("{" in answer)
    )
    for mention in find_mentions(answer):
        assert mention.words.strip()


@pytest.mark.parametrize(
    ("answer", "attribute", "values"),
    [
        ("in Treorchy, up the valley", "born in", ["Treorchy"]),
        ("her name is Marisa", "mother", ["Marisa"]),
        ("it's Marisa. she's a secretary", "mother", ["Marisa"]),
        ("29 november 1991", "birthday", ["29 november 1991"]),
        ("welsh, english and italian", "speaks", ["welsh", "english", "italian"]),
        ("yes", "has a pet", []),
        ("no", "religion", []),
        ("none, thank god", "religion", []),
        ("my mother is called Teresa", "birthday", []),
        ("why do you ask?", "mother", []),
        ("not telling", "mother", []),
        ("that is a long story which begins in a tent", "born in", []),
    ],
)
def test_a_few_words_answer_a_direct_question(
    answer: str, attribute: str, values: list[str]
) -> None:
    assert direct_values(answer, attribute) == values


@given(st.text(max_size=80), st.sampled_from(["born in", "speaks", "birthday", "friend"]))
def test_a_direct_value_stands_in_the_answer(answer: str, attribute: str) -> None:
    plain = " ".join(answer.replace("’", "'").split())
    for value in direct_values(answer, attribute):
        assert value in plain
        assert len(value.split()) <= 5
