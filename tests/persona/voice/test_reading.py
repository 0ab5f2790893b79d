"""Text as it is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.voice.reading import sayable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("I paid $3.50 for it 😀", "I paid three dollars and fifty cents for it"),
        ("on 3 May 2021 at 7:30pm", "on the third of May, twenty twenty-one at seven thirty p m"),
        ("2024-03-01", "March first, twenty twenty-four"),
        ("in the 1990s, 12.5%", "in the nineteen nineties, twelve point five percent"),
        ("see https://www.example.com/a?b=1 :-)", "see example dot com"),
        ("ana.reis@example.org", "ana dot reis at example dot org"),
        ("10km in 45 min", "ten kilometres in forty-five minutes"),
        ("the 22nd of 1,250", "the twenty-second of one thousand two hundred and fifty"),
        ("Dr. Smith & **bold**, e.g. now", "Doctor Smith and bold, for example now"),
        ("-5° and 007", "minus five degrees and zero zero seven"),
        (
            "call +351 912 345 678",
            "call plus three five one, nine one two, three four five, six seven eight",
        ),
        ("May I go?", "May I go?"),
        ("[here](http://x.org)", "here"),
    ],
)
def test_a_text_is_made_sayable(written: str, said: str) -> None:
    assert sayable(written) == said


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    said = sayable(text)
    assert not any(character in "😀<>*_`{}" for character in said)
    assert said == " ".join(said.split())


@given(st.integers(0, 10**14))
def test_numbers_become_words(number: int) -> None:
    assert not any(character.isdigit() for character in sayable(f"it is {number} now"))
