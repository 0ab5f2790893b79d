"""Replies by the embedded model stay within what memory holds, and fall back when it fails."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event as Flag

import pytest

from memory.store import Memory
from persona.chat_model import ChatModel, chosen_model, open_chat_model
from persona.events import Notice, Revised, TextDelta
from persona.settings import load_settings
from persona.twin import Twin
from tests.chats import ana, ben
from tests.conftest import Tell

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def chat() -> Iterator[ChatModel]:
    """The embedded model, where it has been fetched."""
    settings = load_settings(chat="auto")
    if chosen_model(settings) == "none":
        pytest.skip("the embedded model is not here; get it: selfsame models --fetch")
    opened = open_chat_model(settings)
    assert opened is not None
    yield opened
    opened.close()


@pytest.fixture
def twin(memory: Memory, tell: Tell, chat: ChatModel) -> Twin:
    """Ana's twin with the embedded model."""
    tell(
        ben("how was the weekend?"),
        ana("we adopted a greyhound, her name is Comet", minutes=1),
        ana("I sold my cello to pay for the telescope", days=5),
        ana("my favourite soup is caldo verde, no contest", days=8),
    )
    return Twin(memory, chat)


def test_a_reply_is_streamed_and_rests_on_memory(twin: Twin) -> None:
    events = list(twin.reply("What is the name of your greyhound?", visitor="mia"))
    assert len([e for e in events if isinstance(e, TextDelta | Revised)]) >= 1
    assert "Comet" in twin.memory.talks.last("mia", 1)[0].reply


def test_a_stopped_reply_keeps_what_was_said(twin: Twin) -> None:
    stop = Flag()
    said = ""
    for event in twin.reply("Tell me about your favourite soup", visitor="mia", stop=stop):
        if isinstance(event, TextDelta):
            said += event.text
            stop.set()
    assert twin.memory.talks.last("mia", 1)[0].reply == said.strip()


def test_the_talk_goes_on_where_it_was_after_a_restart(twin: Twin, chat: ChatModel) -> None:
    twin.ask("What is the name of your greyhound?", visitor="mia")
    again = Twin(twin.memory, chat)
    again.ask("What did you sell?", visitor="mia")
    heard = [turn.heard for turn in twin.memory.talks.last("mia", 5)]
    assert heard == ["What is the name of your greyhound?", "What did you sell?"]


def test_a_model_that_fails_is_told_of_and_memory_answers(twin: Twin, chat: ChatModel) -> None:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    gone = ChatOpenAI(
        model="gone", base_url="http://127.0.0.1:9/v1", api_key=SecretStr("x"), max_retries=0
    )
    twin.chat = replace(chat, model=gone)
    events = list(twin.reply("What is the name of your greyhound?", visitor="mia"))
    notices = [event.text for event in events if isinstance(event, Notice)]
    assert notices and "can't be reached" in notices[0]
    assert "Comet" in twin.memory.talks.last("mia", 1)[0].reply
