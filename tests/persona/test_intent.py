"""What a message wants."""

import pytest

from persona.intent import Intent, asked_in, intent_of

COURTESY = (
    "How are you?",
    "Hi there, Ana! How's your evening going?",
    "Hi Ana? How are you today? What have you been doing lately?",
    "I'm well, thanks. How have you been?",
    "What's new?",
    "you ok?",
)
OF_A_LIFE = (
    "how is your mother?",
    "How was your day?",
    "What's up with your car?",
    "how are you liking Leith?",
    "Where do you live? How are you?",
    "How are you? Did you sell the boat?",
)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        *((text, Intent.WELLBEING) for text in COURTESY),
        *((text, Intent.QUESTION) for text in OF_A_LIFE),
    ],
)
def test_a_question_of_courtesy_is_small_talk_and_one_of_a_life_is_not(
    text: str, intent: Intent
) -> None:
    assert intent_of(text) is intent


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


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("We saw it twice. Do you play the cello?", "Do you play the cello?"),
        ("Rain again! Do you have a sister? Where is she?", "Do you have a sister? Where is she?"),
        ("Did you see it? Do you play the cello?", "Do you play the cello?"),
        ("I loved that film! Did you see it?", "I loved that film! Did you see it?"),
        ("I fell asleep at once.", "I fell asleep at once."),
    ],
)
def test_what_is_asked_stands_without_what_is_told(text: str, asked: str) -> None:
    assert asked_in(text) == asked
