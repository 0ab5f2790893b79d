"""Short answers are scored by the rules of the data set."""

import pytest

from evals.short_answers import Answered, official_f1, summarise, token_f1


@pytest.mark.parametrize(
    ("answer", "gold", "category", "score"),
    [
        ("the garden", "In the garden", 4, 2 / 3),
        ("painting boats", "painted a boat", 4, 1.0),
        ("pottery", "pottery, painting, camping", 1, 1 / 3),
        ("camping, pottery, painting", "pottery, painting, camping", 1, 1.0),
        ("Yes", "Yes; it is classical music", 3, 1.0),
        ("7 May 2023", "7 May, 2023", 2, 1.0),
        ("", "Comet", 4, 0.0),
    ],
)
def test_f1_follows_the_official_rules(answer: str, gold: str, category: int, score: float) -> None:
    assert official_f1(answer, gold, category) == pytest.approx(score)


@pytest.mark.parametrize(
    ("answer", "gold", "score"),
    [("Comet", "Comet", 1.0), ("a dog", "The cat", 0.0), ("her dog is Comet", "Comet", 0.4)],
)
def test_token_f1_counts_shared_words(answer: str, gold: str, score: float) -> None:
    assert token_f1(answer, gold) == pytest.approx(score)


def test_what_is_not_answered_counts_as_nothing_where_it_says_so() -> None:
    answers = [
        Answered(category=4, sure=True, f1=0.5, took_ms=1.0),
        Answered(category=4, sure=False, f1=1.0, took_ms=1.0),
    ]
    figures = summarise(answers, categories=True)["by_category"]["single-hop"]
    assert figures == {
        "n": 2,
        "answered": 1,
        "f1_unanswered_as_zero": 0.25,
        "f1_of_answered": 0.5,
        "f1_all_answered": 0.75,
    }
