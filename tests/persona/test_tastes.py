"""A question of what somebody likes is answered by what it is about."""

import pytest

from memory.model import Evidence
from memory.store import Memory
from persona.profile import learn_facts
from persona.verdict import asked_facts
from tests.chats import ana
from tests.conftest import Tell


@pytest.fixture
def likes(memory: Memory, tell: Tell) -> Memory:
    told = [ana("I love sushi"), ana("I love jazz", minutes=9), ana("I love skiing", minutes=19)]
    learn_facts(memory, tell(*told))
    return memory


def found(memory: Memory, question: str) -> set[str]:
    return {
        fact.value
        for fact in asked_facts(Evidence(question=question, subject=None, hits=()), memory)
    }


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("what food do you like?", {"sushi"}),
        ("what kind of music do you enjoy?", {"jazz"}),
        ("do you like sushi?", {"sushi"}),
        ("would you enjoy the engine of a tractor?", set[str]()),
        ("what do you love most?", {"sushi", "jazz", "skiing"}),
    ],
)
def test_only_what_is_asked_about_is_told(likes: Memory, question: str, values: set[str]) -> None:
    assert found(likes, question) == values
