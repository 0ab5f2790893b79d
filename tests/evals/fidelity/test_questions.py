"""What the copy is asked, and which answer is right."""

from evals.fidelity.questions import Known, known_questions
from memory.store import Memory
from tests.chats import ana, ben
from tests.conftest import add_chat
from ui.teaching import teach_answer

ASKED = "what did you buy for your aunt in Leith?"


def asked(memory: Memory) -> Known:
    found = known_questions(memory, memory.all_utterances(), (), seed=1)
    return next(known for known in found if known.text == ASKED)


def test_a_sentence_of_the_owner_becomes_a_question_with_its_answer(memory: Memory) -> None:
    add_chat(
        memory,
        (
            ben("what's new?"),
            ana("yesterday i bought a yellow lamp for my aunt in Leith", minutes=1),
        ),
    )
    known = asked(memory)
    assert known.is_right("a yellow lamp")
    assert not known.is_right("a green kayak")


def test_what_the_owner_taught_is_the_right_answer(memory: Memory) -> None:
    add_chat(
        memory,
        (
            ben("what's new?"),
            ana("yesterday i bought a yellow lamp for my aunt in Leith", minutes=1),
        ),
    )
    teach_answer(memory, ASKED, "It was a green kayak.")
    known = asked(memory)
    assert known.is_right("a green kayak, it was")
    assert not known.is_right("a yellow lamp")
