"""Follow-ups worded by a chat model, and what becomes of bad ones."""

import pytest

from persona.chat_model import open_chat_model
from persona.follow_up import ModelFollowUps, read_question
from persona.settings import load_settings
from tests.persona.chat_server import Script, chat_server


def asked_of(script: Script) -> str | None:
    with chat_server(script) as url:
        settings = load_settings(chat="openai:some", base_url=url, api_key="sk-test")
        chat = open_chat_model(settings)
        assert chat is not None
        try:
            return ModelFollowUps(chat).follow_up("Where did you grow up?", "In Braga.")
        finally:
            chat.close()


def test_a_model_is_shown_question_and_answer() -> None:
    script = Script(words=("What", " did", " Braga", " smell", " of?"))
    assert asked_of(script) == "What did Braga smell of?"
    told = str(script.asked[0]["messages"])
    assert "Where did you grow up?" in told
    assert "In Braga." in told


def test_a_model_that_fails_asks_nothing() -> None:
    assert asked_of(Script(status=400)) is None


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("“Who taught you to swim?”", "Who taught you to swim?"),
        ("Follow-up question: Who taught you to swim?", "Who taught you to swim?"),
        ("\nWhy did you leave?\nAnd when?", "Why did you leave?"),
        ("none", None),
        ("", None),
        ("That is interesting.", None),
        ("Why?", None),
        ("word " * 60 + "?", None),
    ],
)
def test_only_one_plain_question_counts(reply: str, question: str | None) -> None:
    assert read_question(reply) == question
