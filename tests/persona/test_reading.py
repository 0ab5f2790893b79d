"""A chat model reads what the rules miss; a provider that fails keeps what was found."""

from collections.abc import Iterator
from contextlib import contextmanager

from memory.store import Memory
from persona.chat_model import ChatModel, open_chat_model
from persona.reading import read_facts, to_read
from persona.settings import load_settings
from tests.chats import ana, ben
from tests.conftest import Tell
from tests.persona.chat_server import Script, chat_server


@contextmanager
def reader(script: Script) -> Iterator[ChatModel]:
    with chat_server(script) as url:
        settings = load_settings(chat="openai:any", base_url=url, api_key="sesame")
        chat = open_chat_model(settings)
        assert chat is not None
        yield chat
        chat.close()


def test_what_the_model_finds_is_held_with_the_words_that_show_it(
    memory: Memory, tell: Tell
) -> None:
    ids = tell(
        ben("so what do you do all day?", minutes=0),
        ana("these days I mend clocks for the town hall", minutes=1),
    )
    script = Script(words=("1 | works as | mend clocks for the town hall\n",))
    steps: list[tuple[int, int]] = []

    with reader(script) as chat:
        reading = read_facts(memory, chat, lambda done, total: steps.append((done, total)))

    (fact,) = memory.beliefs.all()
    assert (reading.messages, reading.facts, reading.problem) == (1, 1, None)
    assert fact.evidence == (ids[1],)
    assert steps == [(1, 1)]


def test_only_words_that_may_state_something_leave_and_no_private_ones(
    memory: Memory, tell: Tell
) -> None:
    tell(
        ben("I live in Faro and I love it there", minutes=0),
        ana("ok", minutes=1),
        ana("I really like the sea in winter", minutes=2),
        ana("the tram was late again today", minutes=3),
    )

    assert [u.text for u in to_read(memory)] == ["I really like the sea in winter"]


def test_a_provider_that_refuses_is_named_and_nothing_is_lost(memory: Memory, tell: Tell) -> None:
    tell(ana("I really like the sea in winter", minutes=2))

    with reader(Script(status=401)) as chat:
        reading = read_facts(memory, chat, lambda _done, _total: None)

    assert (reading.messages, reading.facts) == (0, 0)
    assert reading.problem is not None
    assert "API key" in reading.problem
