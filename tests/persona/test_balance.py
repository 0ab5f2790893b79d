"""What is said, taken together, stays near to what the owner usually writes."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from persona.style import Style
from persona.style.balance import Balance
from persona.style.habits import habits_of, means_and_spreads, measure_habits

OWN = ["anyway lol", *["that was a long day at the garden"] * 9, *["yeah ok!"] * 10]
CHOICES = ("anyway {n} came by", "really {n} came by", "yeah {n} came by", "{n} came by")


def test_a_word_used_too_often_is_chosen_less() -> None:
    balance = Balance(
        Style(habits=measure_habits(["anyway it rains", *["it rains, yeah"] * 4, *["rain"] * 5]))
    )
    said: Counter[str] = Counter()
    for number in range(40):
        words = [choice.format(n="x" * (number + 3)) for choice in CHOICES]
        best = min(words, key=balance.strain)
        balance.add(best)
        said[best.split()[0]] += 1
    assert 1 <= said["anyway"] <= 8
    assert said["yeah"] > said["really"]


def test_the_same_words_are_not_said_again_soon() -> None:
    balance = Balance(Style(habits=measure_habits(OWN)))
    before = balance.strain("yeah ok!")
    balance.add("Yeah, ok")
    assert balance.strain("yeah ok!") > before + 0.5


def test_without_habits_only_repeats_count() -> None:
    balance = Balance(Style())
    assert balance.strain("anything at all") == 0
    balance.add("anything at all")
    assert balance.strain("anything at all") > balance.strain("nothing of it") == 0


def test_nothing_said_is_nothing_counted() -> None:
    balance = Balance(Style(habits=measure_habits(OWN)))
    before = balance.strain("yeah")
    balance.add("  ")
    assert balance.strain("yeah") == before


@given(st.lists(st.text(max_size=40), min_size=1, max_size=9))
def test_what_was_measured_is_read_back(messages: list[str]) -> None:
    means, spreads = means_and_spreads(measure_habits(messages))
    rows = [habits_of(text) for text in messages]
    assert abs(means - sum(rows) / len(rows)).max() < 1e-3
    assert (spreads >= 0).all()


def test_habits_are_no_text() -> None:
    assert "garden" not in str(measure_habits(OWN))


def test_each_line_is_a_message() -> None:
    balance = Balance(Style())
    balance.add("so true\nanyway")
    assert balance.was_said("So true!") and balance.was_said("anyway")


def test_one_emoji_is_not_another() -> None:
    balance = Balance(Style())
    balance.add("\U0001f602")
    assert balance.was_said("\U0001f602")
    assert not balance.was_said("\U0001f44d")


def test_talks_of_several_visitors_may_be_counted_at_once() -> None:
    balance = Balance(Style())
    said = [f"reply number {number}" for number in range(300)]
    with ThreadPoolExecutor(2) as both:
        adding = both.submit(lambda: [balance.add(text) for text in said])
        while not adding.done():
            balance.was_said("something else")
        adding.result()
    assert balance.was_said(said[-1])
