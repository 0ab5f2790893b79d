"""Old words of the owner's stand with the time they are from."""

from datetime import UTC, datetime, timedelta

import pytest
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from memory.store import Memory
from persona import phrases
from persona.chat_model import ChatModel
from persona.style import Style
from persona.style.model import Casing
from persona.twin import Twin
from tests.chats import ana, ben
from tests.conftest import Tell

NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("ago", "then"),
    [
        (timedelta(days=3), "The other day: "),
        (timedelta(days=100), f"Back in {NOW - timedelta(days=100):%B}: "),
        (timedelta(days=900), f"Back in {NOW - timedelta(days=900):%B %Y}: "),
    ],
)
def test_the_month_stands_before_them(ago: timedelta, then: str) -> None:
    said = phrases.said_then("I work at the mill", NOW - ago, "what do you do?", None)
    assert said == f"{then}I work at the mill"


@pytest.mark.parametrize(
    "said", ["I always liked old films", "we went to Crete when I was nine", "I'd never eat snails"]
)
def test_what_can_not_be_over_stands_alone(said: str) -> None:
    assert phrases.said_then(said, NOW - timedelta(days=900), "what?", None) == said


def test_words_of_no_known_time_stay_as_they_are() -> None:
    assert phrases.said_then("I work at the mill", None, "what?", None) == "I work at the mill"


def test_the_manner_is_the_owners() -> None:
    style = Style(messages=40, casing=Casing(lower_start=0.9))
    said = phrases.said_then("i work at the mill", NOW - timedelta(days=900), "so?", style)
    assert said.startswith("back in ")


def test_what_stands_in_for_a_failed_model_tells_when_it_was_said(
    memory: Memory, tell: Tell
) -> None:
    gone = ChatOpenAI(
        model="gone", base_url="http://127.0.0.1:9/v1", api_key=SecretStr("x"), max_retries=0
    )
    chat = ChatModel(model=gone, name="gone", local=True, evidence_tokens=72, history_turns=2)
    tell(
        ben("how was the weekend?"),
        ana("we're getting a greyhound, her name is Comet", minutes=1),
    )
    said_at = next(u.said_at for u in memory.all_utterances() if u.own)
    assert said_at is not None
    reply = Twin(memory, chat).ask("What is the name of your greyhound?", visitor="mia").reply
    assert reply.endswith("we're getting a greyhound, her name is Comet")
    assert f"{said_at:%B}" in reply or reply.startswith("The other day")
