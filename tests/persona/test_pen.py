"""A model's words in the owner's casing and marks."""

import re

from hypothesis import given
from hypothesis import strategies as st

from persona.style import Style
from persona.style.model import Casing, Emoji, Length, Punctuation, Wording
from persona.style.pen import Pen

CASUAL = Style(
    messages=100,
    casing=Casing(lower_start=0.97, small_i=0.98),
    punctuation=Punctuation(final_period=0.02),
    wording=Wording(bare_contractions=0.95),
)


def written(style: Style | None, text: str, heard: str = "so?") -> str:
    """Return a text as the pen writes it word by word."""
    pen = Pen(style, heard)
    return "".join(pen.write(word) for word in re.findall(r"\S+\s*", text)) + pen.end()


def test_habits_that_are_always_kept_are_kept() -> None:
    assert written(CASUAL, "I don't know. It's 9.9 I think.") == "i dont know. its 9.9 i think"


def test_little_known_owners_are_left_alone() -> None:
    said = "I don't know. It's fine."
    assert written(None, said) == written(Style(messages=3), said) == said


def test_a_habit_shows_as_often_as_the_owner_has_it() -> None:
    style = Style(
        messages=100,
        casing=Casing(lower_start=0.0),
        punctuation=Punctuation(final_period=0.4),
        emoji=Emoji(share=0.3, at_end=1.0, favourites=("\U0001f40c",)),
    )
    replies = [written(style, "Yes, it is.", f"question {n}") for n in range(400)]
    assert 0.3 < sum("is." in reply for reply in replies) / 400 < 0.5
    assert 0.2 < sum(reply.endswith("\U0001f40c") for reply in replies) / 400 < 0.4


@given(st.text(alphabet="abC I'.?!\u2026 ", max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    letters = re.findall(r"[a-z]", text.lower())
    assert re.findall(r"[a-z]", written(CASUAL, text).lower()) == letters


def test_two_sentences_are_two_messages_where_the_owner_sends_several() -> None:
    length = Length(words_median=3, words_p90=5, per_burst=2.5)
    style = CASUAL.model_copy(update={"length": length})
    said = written(style, "It rains all day here. We stay in and play cards. So what now?")
    assert "\n" in said
    assert (
        said.replace("\n", ". ") == "it rains all day here. we stay in and play cards. so what now?"
    )
    assert "\n" not in written(CASUAL, "It rains all day here. We stay inside.")


def test_apostrophes_are_curly_where_the_owners_are() -> None:
    style = Style(messages=100, habits={"#’": (0.5, 0.5)}, punctuation=Punctuation())
    assert written(style, "It's fine, I don't mind") == "It’s fine, I don’t mind"
