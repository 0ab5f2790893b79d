"""What a bad case taught is answered from then on, and can be taken back."""

from memory.model import FactState
from memory.store import Memory
from tests.chats import ana, ben
from tests.conftest import add_chat
from ui.teaching import preview_answer, teach_answer

ASKED = "where do you live?"
ANSWER = "I live in Faro now."


def live_in_porto(memory: Memory) -> None:
    """Let Ana have told where she lives, as an import learns it."""
    from persona.profile import learn_facts

    learn_facts(memory, add_chat(memory, (ben(ASKED), ana("i live in porto", minutes=1))))


def homes(memory: Memory) -> list[tuple[str, bool]]:
    facts = memory.beliefs.all()
    return [(f.value.casefold(), f.taught) for f in facts if f.attribute == "lives in"]


def kept(memory: Memory) -> list[str]:
    return [u.text for u in memory.all_utterances() if u.prompt == ASKED]


def test_an_answer_put_right_outranks_what_was_read(memory: Memory) -> None:
    live_in_porto(memory)
    teach_answer(memory, ASKED, ANSWER)
    assert homes(memory) == [("faro", True)]
    assert kept(memory) == [ANSWER]


def test_what_an_answer_would_teach_is_told_and_nothing_kept(memory: Memory) -> None:
    live_in_porto(memory)
    told = " ".join(preview_answer(memory, ANSWER)).casefold()
    assert "faro" in told
    assert "porto" in told
    assert homes(memory) == [("porto", False)]
    assert not kept(memory)


def test_an_answer_is_taken_back_and_may_be_given_again(memory: Memory) -> None:
    live_in_porto(memory)
    teach_answer(memory, ASKED, ANSWER)()
    assert homes(memory) == [("porto", False)]
    assert all(f.state is FactState.ACTIVE for f in memory.beliefs.all(past=True))
    assert not kept(memory)
    teach_answer(memory, ASKED, ANSWER)
    assert homes(memory) == [("faro", True)]
    assert kept(memory) == [ANSWER]


def test_an_answer_given_twice_is_taken_back_once(memory: Memory) -> None:
    live_in_porto(memory)
    teach_answer(memory, ASKED, ANSWER)
    teach_answer(memory, ASKED, ANSWER)()
    assert homes(memory) == [("faro", True)]
    assert kept(memory) == [ANSWER]


def test_a_wish_in_an_answer_is_taken_back_and_the_one_before_it_holds_again(
    memory: Memory,
) -> None:
    teach_answer(memory, ASKED, "Please be shorter.")
    shorter = memory.talks.wishes()
    back = teach_answer(memory, ASKED, "Please write longer messages.")
    assert memory.talks.wishes() != shorter
    back()
    assert memory.talks.wishes() == shorter
    teach_answer(memory, ASKED, "Please be shorter!")()
    assert memory.talks.wishes() == shorter
