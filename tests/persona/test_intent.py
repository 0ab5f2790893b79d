"""What a message wants."""

import pytest

from persona.intent import Intent, intent_of


@pytest.mark.parametrize(
    "text",
    [
        "How are you?",
        "Hi there, Ana! How's your evening going?",
        "Hi Ana? How are you today? What have you been doing lately?",
        "I'm well, thanks. How have you been?",
        "What's new?",
        "you ok?",
    ],
)
def test_a_question_of_courtesy_is_small_talk(text: str) -> None:
    assert intent_of(text) is Intent.WELLBEING


@pytest.mark.parametrize(
    "text",
    [
        "how is your mother?",
        "How was your day?",
        "What's up with your car?",
        "how are you liking Leith?",
        "Where do you live? How are you?",
        "How are you? Did you sell the boat?",
    ],
)
def test_a_question_of_a_life_is_none(text: str) -> None:
    assert intent_of(text) is Intent.QUESTION


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Where does your cat sleep? Mine has a spot by the window.", Intent.QUESTION),
        ("We saw a film. Guess what? It rained all the way.", Intent.STATEMENT),
        ("“Where the Crawdads Sing” sounds good, I'll read that.", Intent.STATEMENT),
        ("where did you put the keys", Intent.QUESTION),
    ],
)
def test_a_question_may_stand_anywhere(text: str, intent: Intent) -> None:
    assert intent_of(text) is intent
