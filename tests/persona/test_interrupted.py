"""Of a reply that was interrupted the model reads on with what was heard alone."""

import pytest

from memory.store import Memory
from persona.chat_model import open_chat_model
from persona.settings import load_settings
from persona.style import Style
from persona.style.model import Addressing
from persona.twin import Twin
from tests.chats import ana
from tests.conftest import Tell
from tests.persona.chat_server import Script, chat_server


@pytest.mark.parametrize(("share", "called"), [(0.0, ""), (1.0, "mia: ")])
def test_what_was_not_heard_is_not_read(
    memory: Memory, tell: Tell, share: float, called: str
) -> None:
    tell(ana("we adopted a greyhound, her name is Comet"))
    style = Style(messages=40, addressing=Addressing(share=share))
    memory.sources.put_style({"style": style.model_dump(mode="json"), "examples": []})
    script = Script(words=("her ", "name ", "is ", "Comet"))
    with chat_server(script) as url:
        twin = Twin(memory, open_chat_model(load_settings(chat="openai:any", base_url=url)))
        done = twin.ask("What is the name of your greyhound?", visitor="mia")
        assert done.reply == f"{called}her name is Comet"
        twin.heard_only(done.turn_id, f"{called}her name", visitor="mia")
        twin.ask("What is your greyhound called?", visitor="mia")
    said = [m["content"] for m in script.asked[-1]["messages"] if m["role"] == "assistant"]
    assert said == ["her name"]
