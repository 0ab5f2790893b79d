"""The owner's own words to something alike, where nothing is asked."""

import pytest

from memory.store import Memory
from persona.own_reply import own_reply
from persona.profile import learn_facts
from persona.style import Style
from persona.style.balance import Balance
from persona.style.habits import measure_habits
from persona.style.model import Length
from tests.chats import ana, ben
from tests.conftest import Tell

STYLE = Style(messages=40, length=Length(words_median=5, words_p90=12))


def test_the_owners_answer_to_something_alike_is_said_again(memory: Memory, tell: Tell) -> None:
    tell(
        ben("the bus broke down in the rain again"),
        ana("oh no, not again", minutes=1),
        ben("the cake was delicious", days=2),
        ana("it was all butter", days=2, minutes=1),
    )
    assert (
        own_reply("our bus broke down again, in the rain", memory, STYLE, Balance(Style()))
        == "oh no, not again"
    )


@pytest.mark.parametrize(
    "said",
    [
        "that was Petra, in the blue house",
        "i was in Lisbon in 2019 with Ben",
        "see you tomorrow then",
        "my number is 0151 496 0000",
        "she would have loved it",
    ],
)
def test_what_tells_of_somebody_or_of_a_day_is_not(memory: Memory, tell: Tell, said: str) -> None:
    tell(ben("the bus broke down in the rain again"), ana(said, minutes=1))
    assert own_reply("the bus broke down in the rain", memory, STYLE, Balance(Style())) is None


def test_how_one_is_gets_the_owners_words_but_no_news_of_a_day_gone_by(
    memory: Memory, tell: Tell
) -> None:
    tell(
        *(ben("hey, how are you?"), ana("I'm in bed with a cold", minutes=1)),
        *(ben("how's it going?", days=2), ana("can't complain, and yourself?", days=2, minutes=1)),
    )
    heard = "Hi Ana! How's your evening going?"
    assert own_reply(heard, memory, STYLE, Balance(Style())) == "can't complain, and yourself?"


def test_what_was_said_of_late_is_not_repeated(memory: Memory, tell: Tell) -> None:
    tell(ben("the bus broke down in the rain again"), ana("oh no, not again", minutes=1))
    heard = "the bus broke down in the rain"
    assert own_reply(heard, memory, STYLE, Balance(Style()), said={"oh no, not again"}) is None


def test_private_words_stay_out(memory: Memory, tell: Tell) -> None:
    tell(ben("the bus broke down in the rain again"), ana("oh no, not again", minutes=1))
    own = [u.utterance_id for u in memory.all_utterances() if u.own]
    memory.utterances.hide(own, private=True)
    assert own_reply("the bus broke down in the rain", memory, STYLE, Balance(Style())) is None


def test_words_that_show_a_private_fact_stay_out(memory: Memory, tell: Tell) -> None:
    tell(
        ben("the bus broke down in the rain again"),
        ana("oh no, not again", minutes=1),
        ana("i drive a skoda", minutes=1),
    )
    learn_facts(memory, [u.utterance_id for u in memory.all_utterances()])
    (car,) = memory.beliefs.all()
    several = Style(messages=40, length=Length(words_median=5, words_p90=12, per_burst=50))
    heard = "our bus broke down again, in the rain"

    def said(*, lately: str) -> str | None:
        return own_reply(heard, memory, several, Balance(Style()), said={lately})

    assert said(lately="oh no, not again") == "i drive a skoda"
    memory.beliefs.hide(car.fact_id, private=True)
    assert said(lately="oh no, not again") is None
    assert said(lately="") == "oh no, not again"


def test_what_came_right_after_is_said_too_by_who_sends_several(memory: Memory, tell: Tell) -> None:
    tell(
        ben("the bus broke down in the rain again"),
        ana("oh no, not again", minutes=1),
        ana("so annoying", minutes=1),
        ana("and Petra would never believe it", minutes=1),
    )
    several = Style(messages=40, length=Length(words_median=5, words_p90=12, per_burst=50))
    heard = "our bus broke down again, in the rain"
    said = own_reply(heard, memory, several, Balance(Style()), said={"so annoying"})
    assert said == "oh no, not again\nso annoying"
    assert (
        own_reply(heard, memory, STYLE, Balance(Style()), said={"so annoying"})
        == "oh no, not again"
    )


def test_what_was_said_often_gives_way(memory: Memory, tell: Tell) -> None:
    tell(
        ben("the bus broke down in the rain again"),
        ana("anyway, not again", minutes=1),
        ana("oh no, not again", minutes=1),
    )
    heard = "our bus broke down again, in the rain"
    balance = Balance(Style(habits=measure_habits(["anyway", *["oh no"] * 30])))
    for _ in range(9):
        balance.add("anyway it rained")
    assert own_reply(heard, memory, STYLE, balance) == "oh no, not again"
