"""The shortest answer that memory gives."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from memory.model import NewUtterance
from memory.store import Memory
from persona.chat_model import ChatModel
from persona.decide import Outcome
from persona.told_when import asks_when
from persona.twin import Twin
from tests.chats import ana, ben
from tests.conftest import Tell

SATURDAY = datetime(2023, 7, 15, 18, 30, tzinfo=UTC)


def _said(text: str) -> NewUtterance:
    return replace(ana(text), said_at=SATURDAY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("yesterday I sold the cello", "14 July 2023"),
        ("I sold the cello last Friday, at the market", "the Friday before 15 July 2023"),
        ("I sold the cello last weekend", "the weekend before 15 July 2023"),
        ("I sold the cello last week", "the week before 15 July 2023"),
        ("I sold the cello two weeks ago", "two weeks before 15 July 2023"),
        ("I sold the cello in May", "May 2023"),
        ("I sold the cello last year", "2022"),
        ("I sold the cello last summer", "summer 2022"),
        ("I sold the cello in the Summer of 2021", "Summer 2021"),
        ("I sold the cello!", "15 July 2023"),
    ],
)
def test_when_is_told_from_the_day_of_the_message(
    memory: Memory, tell: Tell, text: str, told: str
) -> None:
    tell(ben("how is everybody?"), _said(text))
    answer = Twin(memory, None).brief("When did you sell the cello?", visitor="mia")
    assert (answer.outcome, answer.text) == (Outcome.KNOWN, told)


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        ("When do you get up?", "I get up at six most days", "I get up at six most days"),
        ("When do you get up?", "from next month on I get up at six", "August 2023"),
        ("When's your birthday?", "my birthday is soon, hooray", "my birthday is soon, hooray"),
    ],
)
def test_a_habit_is_not_told_by_the_day_of_the_message(
    memory: Memory, tell: Tell, asked: str, text: str, told: str
) -> None:
    tell(_said(text))
    assert Twin(memory, None).brief(asked).text == told


def test_the_month_that_is_asked_for_is_looked_for(memory: Memory, tell: Tell) -> None:
    tell(
        _said("we went camping in the hills last month"),
        _said("camping again in March was cold, the tent froze"),
    )
    answer = Twin(memory, None).brief("When did you go camping in March?")
    assert answer.text == "March 2023"


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("When did you move?", True),
        ("what year was it?", True),
        ("In which month did it rain?", True),
        ("What did you do when it rained?", False),
        ("How long did it take?", False),
    ],
)
def test_questions_for_a_date_are_told_apart(question: str, is_one: bool) -> None:
    assert asks_when(question) is is_one


def test_without_a_model_the_nearest_sentence_stands(memory: Memory, tell: Tell) -> None:
    tell(_said("It rained all day. Our greyhound is called Comet. Then we slept."))
    answer = Twin(memory, None).brief("What is your greyhound called?")
    assert answer.text == "Our greyhound is called Comet."


@pytest.mark.parametrize(
    ("model", "answer"),
    [
        ("Comet.", "Comet"),
        ("I am sorry, I cannot help with wolves", "Our greyhound is called Comet."),
        ("Comet Bellweather", "Our greyhound is called Comet."),
        ("Comet, 2019", "Our greyhound is called Comet."),
    ],
)
def test_a_model_is_held_to_the_notes(memory: Memory, tell: Tell, model: str, answer: str) -> None:
    chat = ChatModel(
        model=FakeListChatModel(responses=[model]),
        name="listed",
        local=True,
        evidence_tokens=72,
        history_turns=2,
    )
    tell(_said("Our greyhound is called Comet."))
    assert Twin(memory, chat).brief("What is your greyhound called?").text == answer


def test_what_memory_does_not_tell_is_answered_only_when_wanted(memory: Memory, tell: Tell) -> None:
    tell(_said("Our greyhound is called Comet."))
    twin = Twin(memory, None)
    asked = "Which university awarded you a doctorate in astrophysics?"
    unsure = twin.brief(asked, visitor="mia")
    guess = twin.brief(asked, visitor="mia", anyway=True)
    assert (unsure.text, unsure.outcome, guess.outcome) == ("", Outcome.UNKNOWN, Outcome.UNKNOWN)
    assert guess.text
    assert not twin.memory.talks.last("mia", 1)


def test_what_is_private_stays_so(memory: Memory, tell: Tell) -> None:
    tell(_said("my bank card has the pin 4071"))
    own = [u.utterance_id for u in memory.all_utterances()]
    memory.utterances.hide(own, private=True)
    answer = Twin(memory, None).brief(
        "What is the pin of your bank card?", visitor="mia", anyway=True
    )
    assert "4071" not in answer.text
    assert all("4071" not in hit.utterance.text for hit in answer.evidence.hits)


@pytest.mark.parametrize("asked", ["your salary", "your salary, please", "my name is Mia", "hi"])
def test_what_is_not_worded_as_a_question_gets_no_more_than_one(
    memory: Memory, tell: Tell, asked: str
) -> None:
    tell(_said("my salary went up to 54k, finally"))
    answer = Twin(memory, None).brief(asked, visitor="mia")
    assert answer.text == ""
    assert answer.outcome is not Outcome.KNOWN
