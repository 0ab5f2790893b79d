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
        ("ring 555-0199", "ring five five five, zero one nine nine"),
        ("born 25/12/1980", "born the twenty-fifth of December, nineteen eighty"),
        ("on 12/25/1980", "on December twenty-fifth, nineteen eighty"),
        ("on 5/6/2022", "on five six, twenty twenty-two"),
        ("½ cup, 3/4 done, 24/7", "a half cup, three quarters done, twenty-four seven"),
        ("1½ hours, 2x", "one and a half hours, two times"),
        ("v2.0.1 in the '80s", "v two point zero point one in the eighties"),
        ("in her 30s, 100k views", "in her thirties, one hundred thousand views"),
        ("7pm-9pm, 50-60%", "seven p m to nine p m, fifty to sixty percent"),
        ("Henry VIII, World War II", "Henry the eighth, World War two"),
        ("St. John's, Mon 4 Jan", "Saint John's, Monday the fourth of January"),
        (
            "see https://x.org/1/2 or 10.0.0.1",
            "see x dot org or ten point zero point zero point one",
        ),
        ("I am 5'11\" & and/or C#", "I am five foot eleven and and or C sharp"),
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
