"""The interviewer over a real memory: order, follow-ups, gaps, contradictions, resuming."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ingest.interview.course import load_course
from ingest.interview.interviewer import Interviewer, Listening
from ingest.interview.picture import overall
from memory.interviews import AskedQuestion
from memory.model import FactState, NewFact
from memory.store import Memory
from tests.chats import ana
from tests.conftest import Tell

PLAIN = "we were loud, and the dog slept in the oven, and it was like that for years and years"
"""An answer that leads to no follow-up."""


def interviewer_of(memory: Memory, *, length: str = "short", **extra: object) -> Interviewer:
    from persona.private import screened
    from persona.profile import learn_facts

    listening = Listening(
        learn=lambda new: learn_facts(memory, new),
        screen=screened,
        **extra,  # pyright: ignore[reportArgumentType]
    )
    return Interviewer(memory, listening, length)  # pyright: ignore[reportArgumentType]


def put(interviewer: Interviewer, area: str = "") -> AskedQuestion:
    question = interviewer.next(area)
    assert question is not None
    return question


def through(interviewer: Interviewer, answer: Callable[[AskedQuestion], str]) -> list[str]:
    """Answer everything; return what was asked."""
    asked: list[str] = []
    while (question := interviewer.next()) is not None:
        asked.append(question.prompt)
        interviewer.answer(question, answer(question))
        assert len(asked) < 500
    return asked


def test_the_course_covers_every_area_in_both_lengths() -> None:
    areas = load_course().area
    assert len(areas) == 15
    assert all(area.questions("short") for area in areas)
    keys = [(area.key, question.key) for area in areas for question in area.questions("long")]
    assert len(set(keys)) == len(keys) >= 70
    assert all(question.fills for area in areas for question in area.question)


@pytest.mark.parametrize(("length", "fewest", "most"), [("short", 15, 26), ("long", 78, 110)])
def test_an_interview_comes_to_its_end(memory: Memory, length: str, fewest: int, most: int) -> None:
    asked = through(interviewer_of(memory, length=length), lambda _: "")
    assert len(set(asked)) == len(asked)
    assert fewest <= len(asked) <= most


def test_an_answer_is_evidence_with_its_question(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    question = put(interviewer)
    interviewer.answer(question, "I live in Porto, over a bakery that never sleeps")
    (said,) = memory.all_utterances()
    assert (said.own, said.prompt, said.speaker) == (True, question.prompt, "Ana Reis")
    hits = memory.recall("Which shop is below your flat?", k=1).hits
    assert hits[0].utterance.text == said.text
    home = next(f for f in memory.beliefs.all() if f.attribute == "lives in")
    assert (home.value, home.evidence) == ("Porto", (said.utterance_id,))


def test_a_name_leads_to_a_question_about_it(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    first = put(interviewer)
    interviewer.answer(first, "my uncle Baltasar built kites and we flew them off the roof")
    follow = put(interviewer)
    assert (follow.reason, follow.after) == ("follow-up", first.question_id)
    assert "Baltasar" in follow.prompt
    interviewer.skip(follow)
    assert put(interviewer).reason != "follow-up"


def test_a_model_words_the_follow_up_and_the_rules_step_in_for_it(memory: Memory) -> None:
    class Model:
        def __init__(self) -> None:
            self.replies = ["Who flew the first kite?", None]

        def follow_up(self, question: str, answer: str) -> str | None:
            return self.replies.pop(0)

    interviewer = interviewer_of(memory, length="long", follow_ups=Model())
    told = "my uncle Baltasar built kites and we flew them off the roof"
    interviewer.answer(put(interviewer), told)
    assert put(interviewer).prompt == "Who flew the first kite?"
    interviewer.answer(put(interviewer), "it was my cousin Zita who did, in a red coat")
    assert "Zita" in put(interviewer).prompt


def test_skipped_questions_do_not_come_back_by_themselves(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    first = put(interviewer)
    interviewer.answer(first, "  \n ")
    assert put(interviewer).question_id != first.question_id
    assert memory.interviews.get(first.question_id).state == "skipped"


def test_back_brings_the_last_answer_to_be_put_better(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    first = put(interviewer)
    interviewer.answer(first, "I live in Porto with my uncle Baltasar")
    assert interviewer.back() is not None
    again = put(interviewer)
    assert (again.question_id, again.answer) == (
        first.question_id,
        "I live in Porto with my uncle Baltasar",
    )
    interviewer.answer(again, "I live in Braga, " + PLAIN)
    assert [said.text for said in memory.all_utterances()] == ["I live in Braga, " + PLAIN]
    values = {f.value for f in memory.beliefs.all(past=True) if f.attribute == "lives in"}
    assert values == {"Braga"}
    assert not memory.recall("Baltasar", k=5).hits or "Baltasar" not in str(
        memory.recall("Baltasar", k=5).hits
    )


def test_back_at_the_start_goes_nowhere(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    assert interviewer.back() is None
    put(interviewer)
    assert interviewer.back() is None


def test_back_can_be_pressed_many_times(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    first = put(interviewer)
    for _ in range(3):
        interviewer.answer(put(interviewer), PLAIN)
    for _ in range(9):
        interviewer.back()
    assert put(interviewer).question_id == first.question_id


def test_an_interview_goes_on_where_it_was_left(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    interviewer.answer(put(interviewer), "my uncle Baltasar built kites on the roof of our house")
    waiting = put(interviewer)
    assert put(interviewer_of(memory)) == waiting


def test_what_a_kill_left_unlearnt_is_learnt_on_return(memory: Memory) -> None:
    killed = interviewer_of(memory)
    question = put(killed)

    def die(_: object) -> int:
        raise KeyboardInterrupt

    dying = Interviewer(memory, Listening(learn=die, screen=lambda _: ()), "short")
    with pytest.raises(KeyboardInterrupt):
        dying.answer(question, "I live in Porto")
    assert not memory.beliefs.all()
    fresh = interviewer_of(memory)
    assert fresh.catch_up() == 1
    assert fresh.catch_up() == 0
    assert {f.value for f in memory.beliefs.all()} == {"Porto"}


def test_what_is_missing_is_asked_for_and_a_few_words_are_enough(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    interviewer.answer(put(interviewer), PLAIN)
    wanted = put(interviewer)
    assert (wanted.reason, wanted.attribute) == ("gap", "born in")
    interviewer.answer(wanted, "in Covilhã, up in the hills")
    born = next(f for f in memory.beliefs.all() if f.attribute == "born in")
    assert (born.value, born.taught) == ("Covilhã", True)


def test_what_is_known_is_not_asked_for(memory: Memory, tell: Tell) -> None:
    (said,) = tell(ana("I live in Porto, my mother is called Teresa"))
    facts = [("lives in", "Porto"), ("mother", "Teresa")]
    memory.beliefs.hold(
        [NewFact(subject="owner", attribute=a, value=v, evidence=(said,)) for a, v in facts]
    )
    asked = through(interviewer_of(memory, length="long"), lambda _: "")
    assert "I have it that you live in Porto. Is that still so, and what keeps you there?" in asked
    assert "What is your mother's name?" not in asked
    assert "What is your father's name?" in asked


def test_a_contradiction_is_asked_about_and_settled(memory: Memory, tell: Tell) -> None:
    (said,) = tell(ana("I was born in Faro, by the sea"))
    known = NewFact(subject="owner", attribute="born in", value="Faro", evidence=(said,))
    memory.beliefs.hold([known])
    interviewer = interviewer_of(memory)
    interviewer.answer(put(interviewer), "I was born in Lagos. " + PLAIN)
    question = put(interviewer)
    assert question.reason == "contradiction"
    assert "“Faro”" in question.prompt
    assert "“Lagos”" in question.prompt
    assert "chat.txt" in question.prompt
    interviewer.answer(question, "Faro is right, I misspoke")
    born = [f for f in memory.beliefs.all() if f.attribute == "born in"]
    assert [(f.value, f.state, f.taught) for f in born] == [("Faro", FactState.ACTIVE, True)]


def test_the_same_said_more_closely_is_no_contradiction(memory: Memory, tell: Tell) -> None:
    (said,) = tell(ana("I live in Porto"))
    home = NewFact(subject="owner", attribute="lives in", value="Porto, Portugal", evidence=(said,))
    memory.beliefs.hold([home])
    interviewer = interviewer_of(memory)
    interviewer.answer(put(interviewer), "I live in Porto. " + PLAIN)
    assert put(interviewer).reason != "contradiction"


def test_forgetting_an_answer_takes_its_quotes_along(memory: Memory) -> None:
    interviewer = interviewer_of(memory, length="long")
    interviewer.answer(put(interviewer), "my uncle Baltasar built kites on the roof of our house")
    interviewer.answer(put(interviewer), "he was tall and he hummed. my cousin Zita hummed too")
    first = memory.interviews.all()[0]
    memory.forget_utterances(first.utterance_ids)
    everything = str(memory.all_utterances()) + str(memory.interviews.all())
    assert "Baltasar" not in everything
    assert "hummed" in everything
    assert memory.interviews.get(first.question_id).answer == ""


def test_long_answers_are_kept_whole(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    long = "\n\n".join(f"In chapter {n} we walked on. " * 60 for n in range(4)).strip()
    question = put(interviewer)
    interviewer.answer(question, long)
    kept = memory.interviews.get(question.question_id)
    assert len(kept.utterance_ids) > 4
    assert kept.answer.split() == long.split()


def test_private_words_are_for_the_owner_alone(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    interviewer.answer(put(interviewer), "write to me at ana@example.org, " + PLAIN)
    assert all(said.private for said in memory.all_utterances())


def test_an_area_can_be_asked_about_first(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    put(interviewer)
    assert put(interviewer, "humour").area == "humour"
    interviewer.answer(put(interviewer, "humour"), PLAIN)
    assert put(interviewer, "humour").area != "humour"


def test_the_picture_fills_as_answers_come(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    before = interviewer.picture()
    assert overall(before) == 0
    interviewer.answer(put(interviewer, "humour"), PLAIN + " " + PLAIN)
    after = {area.key: area for area in interviewer.picture()}
    assert after["humour"].share == 1.0
    assert after["regrets"].share == 0.0
    through(interviewer, lambda _: PLAIN + " " + PLAIN)
    assert 0.7 < overall(interviewer.picture()) <= 1.0


def test_the_same_words_may_answer_two_questions(memory: Memory) -> None:
    interviewer = interviewer_of(memory)
    at = datetime(2026, 5, 1, tzinfo=UTC)
    for _ in range(2):
        question = put(interviewer)
        interviewer.answer(question, PLAIN, said_at=at)
        assert memory.interviews.get(question.question_id).answer == PLAIN
