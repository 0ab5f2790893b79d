"""What a bad case taught is answered from then on."""

from evals.fidelity.figure import Case
from memory.store import Memory
from tests.chats import ana, ben
from tests.conftest import add_chat
from ui.measuring import teach_answer


def test_an_answer_put_right_outranks_what_was_read(memory: Memory) -> None:
    add_chat(memory, (ben("where do you live?"), ana("i live in porto", minutes=1)))
    case = Case(
        key="a", section="recall", kind="", asked="where do you live?", wanted="", got="", score=0
    )
    teach_answer(memory, case, "I live in Faro now.")
    facts = [fact for fact in memory.beliefs.all() if fact.attribute == "lives in"]
    assert [(fact.value.casefold(), fact.taught) for fact in facts] == [("faro", True)]
    assert any(
        u.prompt == "where do you live?" and u.text == "I live in Faro now."
        for u in memory.all_utterances()
    )
