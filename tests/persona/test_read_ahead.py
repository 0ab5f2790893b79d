"""What a model reads ahead is what its next prompt begins with."""

import pytest

from memory.store import Memory
from persona.chat_model import open_chat_model
from persona.errors import ModelProblem
from persona.settings import load_settings
from persona.twin import Twin
from tests.chats import ana
from tests.conftest import Tell
from tests.persona.chat_server import Script, chat_server


def test_the_next_prompt_begins_as_it_was_read_ahead(memory: Memory, tell: Tell) -> None:
    tell(ana("we adopted a greyhound, her name is Comet"))
    script = Script(words=("her ", "name ", "is ", "Comet"))
    with chat_server(script) as url:
        twin = Twin(memory, open_chat_model(load_settings(chat="openai:any", base_url=url)))
        twin.ask("What is the name of your greyhound?", visitor="mia")
        twin.read_ahead("mia")
        twin.ask("What is your greyhound called?", visitor="mia")
    *talk, opening = script.asked[-2]["messages"]
    assert script.asked[-2]["max_completion_tokens"] == 1
    assert script.asked[-1]["messages"][:-1] == talk
    assert script.asked[-1]["messages"][-1]["content"].startswith(opening["content"])


def test_a_model_that_cannot_read_says_so(memory: Memory) -> None:
    with chat_server(Script(status=500)) as url:
        twin = Twin(memory, open_chat_model(load_settings(chat="openai:any", base_url=url)))
        with pytest.raises(ModelProblem):
            twin.read_ahead("mia")
