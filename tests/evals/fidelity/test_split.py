"""What is held out is named, whole, and nowhere in the copy."""

import pytest

from evals.errors import EvalProblem
from evals.fidelity.split import hold_out
from memory.model import NewUtterance
from memory.store import Memory
from tests.chats import ana
from tests.conftest import Tell, add_chat
from tests.evals.fidelity.life import live


def test_a_conversation_and_the_newest_sittings_are_held_out(memory: Memory) -> None:
    live(memory)
    split = hold_out(memory.all_utterances(), seed=1)
    kept, held = ({u.utterance_id for u in part} for part in (split.kept, split.held))
    assert not kept & held
    assert split.account.by_conversation > 30
    assert 10 < split.account.by_time < 40
    assert "Mia" in split.account.conversations[0]
    newest = max(u.said_at for u in split.kept if u.said_at)
    assert all(u.said_at > newest for u in split.held if u.said_at)


def test_every_fifth_interview_answer_is_held_out(memory: Memory) -> None:
    live(memory)
    answers = tuple(
        NewUtterance(speaker="", own=True, text=f"answer {n}", prompt=f"Question {n}?")
        for n in range(20)
    )
    add_chat(memory, answers, key="interview")
    split = hold_out(memory.all_utterances(), seed=1)
    assert len(split.answers) == split.account.interview == 4
    assert not {u.prompt for u in split.answers} & {u.prompt for u in split.kept}


def test_words_that_the_copy_knows_are_not_measured_on(memory: Memory) -> None:
    live(memory)
    before = hold_out(memory.all_utterances(), seed=1)
    double = next(u for u in before.kept if u.own and len(u.text.split()) > 5)
    add_chat(memory, (ana(double.text, days=390),), key="mia")
    split = hold_out(memory.all_utterances(), seed=1)
    assert split.account.doubles == before.account.doubles + 1
    assert double.text not in {u.text for u in split.held}


def test_too_short_a_life_is_refused(memory: Memory, tell: Tell) -> None:
    tell(ana("hello"), ana("it is me", minutes=1))
    with pytest.raises(EvalProblem, match="too few"):
        hold_out(memory.all_utterances(), seed=1)


def test_words_that_stand_there_all_but_so_are_not_measured_on(memory: Memory) -> None:
    live(memory)
    told = "we walked all the way up to the old mill and had plum cake with aunt rosa there"
    add_chat(memory, (ana(told),), key="ben")
    before = hold_out(memory.all_utterances(), seed=1)
    assert told in {u.text for u in before.kept}
    add_chat(memory, (ana(f"{told} yesterday", days=390),), key="mia")
    split = hold_out(memory.all_utterances(), seed=1)
    assert split.account.doubles == before.account.doubles + 1


def test_what_the_owner_taught_is_never_held_out(memory: Memory) -> None:
    live(memory)
    for number in range(60):
        memory.remember(f"it is number {number}", speaker="Ana Reis", prompt=f"Which, {number}?")
    memory.index_pending()
    split = hold_out(memory.all_utterances(), seed=1)
    assert split.account.taught == 60
    assert not split.answers
