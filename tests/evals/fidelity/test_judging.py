"""A judge counts where both orders name the same reply."""

from persona.chat_model import open_chat_model
from persona.judging import Judge, judge_of
from persona.settings import load_settings
from tests.persona.chat_server import Script, chat_server


def test_a_judge_that_favours_a_place_is_undecided() -> None:
    script = Script(words=("A",))
    with chat_server(script) as url:
        chat = open_chat_model(load_settings(chat="openai:any", base_url=url, api_key="k"))
        assert chat is not None
        judge = Judge(chat)
        assert judge.picks(["hi there"], "how are you?", "fine", "Good, thanks.") == 0.5
        chat.close()
    first, second = (str(asked["messages"][-1]["content"]) for asked in script.asked)
    assert "A: fine" in first
    assert "B: fine" in second


def test_there_is_no_judge_unless_one_is_set() -> None:
    assert judge_of(load_settings()) is None
