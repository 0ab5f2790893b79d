"""What was so before, what is so now, and what is said in passing."""

from memory.store import Memory
from persona.agent import find
from persona.before import read_before
from persona.intent import asks_of_another
from persona.manner import is_assistant_like
from persona.notes import visible_facts, words_for
from persona.profile import learn_facts
from tests.chats import ana
from tests.conftest import Tell


def test_a_question_about_before_is_taken_apart() -> None:
    found = read_before("Who were you with before Calum?")
    assert found == ("Who were you with?", "Calum")
    assert read_before("who were you with before?") is None
    assert read_before("before") is None


def test_what_came_before_is_looked_for_before_it(memory: Memory, tell: Tell) -> None:
    tell(
        ana("i am going out with joss, my boyfriend is a baker"),
        ana("joss and me split up, my boyfriend left", days=40),
        ana("i met calum at a ceilidh", days=80),
        ana("calum is my boyfriend now, calum and me are official", days=90),
    )
    texts = [h.utterance.text for h in find("who were you with before calum?", memory).hits]
    assert texts
    assert not any("calum" in text for text in texts)
    assert any("joss" in text for text in texts)


def test_of_several_homes_the_one_right_before_is_told(memory: Memory, tell: Tell) -> None:
    homes = ("Braga", "Evora", "Faro")
    told = (ana(f"I live in {home} now", days=40 * at) for at, home in enumerate(homes))
    learn_facts(memory, tell(*told))

    def before(named: str) -> list[str]:
        asked = f"where did you live before {named}?"
        facts = visible_facts(asked, find(asked, memory), memory, owner=False)
        return [fact.value for fact in facts]

    assert before("Faro") == ["Evora"]
    assert before("Evora") == ["Braga"]
    assert set(before("Lagos")) == set(homes)


def test_words_that_show_what_holds_are_among_the_evidence(memory: Memory, tell: Tell) -> None:
    filler = [ana(f"the old flat number {n}, where do people live", days=n) for n in range(12)]
    new = tell(*filler, ana("right then. i've moved to glasgow", days=30))
    learn_facts(memory, new)
    asked = "where do you live?"
    found = find(asked, memory)
    facts = visible_facts(asked, found, memory, owner=False)
    assert "glasgow" in words_for(asked, found, facts)[0].text


def test_somebody_elses_home_is_not_the_owners() -> None:
    assert asks_of_another("where does your gran live?")
    assert asks_of_another("is your brother living in leeds?")
    assert not asks_of_another("where do you live?")
    assert not asks_of_another("what's your job?")


def test_an_assistant_is_known_by_its_words() -> None:
    assert is_assistant_like("I'm sorry, but I can't assist with that.")
    assert not is_assistant_like("sorry, can't come tonight")
