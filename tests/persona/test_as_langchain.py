"""Tool calls that a small model writes as plain words are read."""

from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from persona.as_langchain import reading_calls, with_calls

CALL = '{"name": "Memory", "arguments": {"content": "She said \\"{hi}\\""}}'


class Says(BaseChatModel):
    words: str

    @property
    def _llm_type(self) -> str:
        return "test"

    def _generate(self, messages: list[BaseMessage], *_: Any, **_more: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.words))])

    def bind_tools(self, tools: Any, **more: Any) -> Any:
        return self.bind(tools=tools, **more)


@pytest.mark.parametrize("words", [CALL, f"{{{CALL}}}", f"<tool_call>\n{CALL}\n</tool_call>"])
def test_a_call_in_words_is_made(words: str) -> None:
    said = reading_calls(Says(words=words)).bind_tools([{"name": "Memory"}]).invoke("hello")
    assert [(c["name"], c["args"]) for c in said.tool_calls] == [
        ("Memory", {"content": 'She said "{hi}"'})
    ]


@pytest.mark.parametrize("words", ["hello", '{"name": "Memory"', '{"name": "Memory"}', "{}"])
def test_other_words_stay_words(words: str) -> None:
    assert with_calls(AIMessage(words)) == AIMessage(words)
