"""A model that goes round in a circle is stopped at its first round."""

import pytest

from memory.store import Memory
from persona.chat_model import open_chat_model
from persona.grounding import once
from persona.settings import load_settings
from persona.twin import Twin
from tests.chats import ana, ben
from tests.conftest import Tell
from tests.persona.chat_server import Script, chat_server


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("She's Comet. She's fast. She's Comet. She's fast", "She's Comet. She's fast"),
        ("It was late. It was late", "It was late"),
        ("I like tea! I like tea", "I like tea"),
    ],
)
def test_sentences_that_come_again_are_said_once(said: str, kept: str) -> None:
    assert (once(said) or "").endswith(kept)


@pytest.mark.parametrize(
    "said", ["She's a greyhound. She's called Comet.", "no. no. no.", "I know. I knew that then"]
)
def test_what_goes_on_is_left(said: str) -> None:
    assert once(said) is None


def test_a_reply_ends_where_it_begins_again(memory: Memory, tell: Tell) -> None:
    tell(
        ben("what is your greyhound called?"),
        ana("she is called Comet, and she is fast", minutes=1),
    )
    round_ = ("She", " is", " called", " Comet.", " She", " is", " fast.", " ")
    with chat_server(Script(words=round_ * 4)) as url:
        chat = open_chat_model(load_settings(chat="openai:any", base_url=url, api_key="sesame"))
        assert chat is not None
        reply = Twin(memory, chat).ask("What is your greyhound called?", visitor="mia").reply
        chat.close()
    assert reply.rstrip(".") == "She is called Comet. She is fast"
