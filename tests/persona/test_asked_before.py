"""A question that was asked before is answered as the owner answered it then."""

from dataclasses import replace

from memory.store import Memory
from persona.profile import measure_profile
from persona.twin import Twin
from tests.chats import ana
from tests.conftest import Tell

ANSWER = "in the mill at Lousã, above the wheel. it shook the plates"


def test_the_owners_own_answer_is_given_as_it_was(memory: Memory, tell: Tell) -> None:
    tell(replace(ana(ANSWER), prompt="Where did you grow up?"))
    assert Twin(memory, None).ask("where did you grow up?", visitor="mia").reply == ANSWER


def test_another_question_gets_what_it_always_got(memory: Memory, tell: Tell) -> None:
    tell(replace(ana(ANSWER), prompt="Where did you grow up?"))
    reply = Twin(memory, None).ask("what shook when you were small?", visitor="mia").reply
    assert reply != ANSWER


def test_an_answer_that_no_longer_holds_is_not_given(memory: Memory, tell: Tell) -> None:
    tell(replace(ana("I live in Braga, near the river"), prompt="Where do you live?"))
    twin = Twin(memory, None)
    assert "Braga" in twin.ask("where do you live?", visitor="mia").reply
    twin.ask("I live in Faro now")
    assert "Faro" in twin.ask("where do you live?", visitor="mia").reply


LONG = (
    "In Porto, in a house with nine doors. My father mended clocks in the hall and swore at each "
    "of them by name, so I could tell the hour by what he called it. We had no heating at all."
)


def test_an_interviews_long_answer_is_cut_to_what_somebody_of_few_words_would_write(
    memory: Memory, tell: Tell
) -> None:
    asked = replace(ana(LONG), prompt="Where did you grow up?")
    tell(asked, *(ana(f"fine by me, see you at {hour}", days=1 + hour) for hour in range(60)))
    twin = Twin(memory, None)
    assert twin.ask("where did you grow up?", visitor="mia").reply == LONG
    measure_profile(memory)
    said = twin.ask("where did you grow up?", visitor="lena").reply
    assert said.lower().startswith("in porto, in a house with nine doors.")
    assert len(said.split()) <= 20
