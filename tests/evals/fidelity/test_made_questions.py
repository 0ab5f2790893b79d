"""Questions made from statements can be answered from them, and from nothing else in them."""

import pytest

from evals.fidelity.made_questions import make_questions
from evals.fidelity.questions import holds
from memory.model import Utterance
from tests.chats import START


def utterance(text: str) -> Utterance:
    return Utterance(
        utterance_id=7,
        source="chat",
        conversation_id=1,
        session=0,
        speaker="Ana",
        own=True,
        text=text,
        said_at=START,
    )


@pytest.mark.parametrize(
    ("said", "asked", "answer"),
    [
        (
            "i bought a yellow bicycle from the market in Porto yesterday",
            "what did you buy from the market in porto yesterday?",
            "a yellow bicycle",
        ),
        (
            "we painted the kitchen at last",
            "what did you paint at last in march 2026?",
            "the kitchen",
        ),
    ],
)
def test_a_statement_is_turned_round(said: str, asked: str, answer: str) -> None:
    made = {q.text.lower(): q.answer for q in make_questions([utterance(said)])}
    assert made.get(asked) == answer


@pytest.mark.parametrize(
    "said",
    [
        "i didn't buy the yellow bicycle in the end",
        "did i tell you that i bought a bicycle?",
        "i would buy the yellow bicycle in a heartbeat",
        "she bought a yellow bicycle in Porto",
        "see https://example.org where i bought a yellow bicycle",
    ],
)
def test_what_did_not_happen_is_not_asked_for(said: str) -> None:
    assert not list(make_questions([utterance(said)]))


def test_the_answer_decides_whether_a_reply_is_right() -> None:
    assert holds("a yellow bicycle", "it was a yellow bicycle from the market")
    assert not holds("a yellow bicycle", "a bicycle")
    assert not holds("a yellow bicycle", "no idea")
