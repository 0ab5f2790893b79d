from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.model import Fact, FactState
from persona.correction import read_teaching
from persona.wishes import WishKind, read_wish

SAID_AT = datetime(2024, 3, 13, 15, tzinfo=UTC)


def known(fact_id: int, attribute: str, value: str) -> Fact:
    return Fact(
        fact_id=fact_id,
        subject="owner",
        attribute=attribute,
        value=value,
        state=FactState.ACTIVE,
        learnt_at=SAID_AT,
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    )


LIVES = known(1, "lives in", "Lisbon")
WORKS = known(2, "works at", "Fernhill")
SISTER = known(3, "sister", "Mina")
LIKES = known(4, "likes", "old maps")
KNOWN = [LIVES, WORKS, SISTER, LIKES]


@dataclass(frozen=True)
class Corrects:
    text: str
    old: Fact
    value: str


CORRECTS = [
    Corrects("no, I moved to Porto in May", LIVES, "Porto"),
    Corrects("actually I live in Porto now", LIVES, "Porto"),
    Corrects("That's wrong. I live in Porto", LIVES, "Porto"),
    Corrects("that's wrong, it's Mia not Mina", SISTER, "Mia"),
    Corrects("it's not Mina, it's Mia", SISTER, "Mia"),
    Corrects("not Mina but Mia!", SISTER, "Mia"),
    Corrects("Mia, not Mina", SISTER, "Mia"),
    Corrects("I got the job at Sunward", WORKS, "Sunward"),
    Corrects("es Mia, no Mina", SISTER, "Mia"),
    Corrects("nein, ich wohne in Graz", LIVES, "Graz"),
]


@pytest.mark.parametrize("case", CORRECTS, ids=lambda case: case.text)
def test_a_correction_names_what_it_replaces(case: Corrects) -> None:
    teaching = read_teaching(case.text, KNOWN, said_at=SAID_AT)

    (correction,) = teaching.corrections
    assert correction.old == case.old
    assert correction.new.value == case.value
    assert correction.new.taught
    assert not teaching.facts


def test_a_correction_holds_from_the_time_it_names() -> None:
    teaching = read_teaching("no, I moved to Porto in May", KNOWN, said_at=SAID_AT)

    (correction,) = teaching.corrections
    assert correction.new.valid_from is not None
    assert correction.new.valid_from.date() == date(2023, 5, 1)


def test_a_bare_value_corrects_the_fact_that_was_just_used() -> None:
    teaching = read_teaching("no, Porto", KNOWN, said_at=SAID_AT, just_used=[LIVES])

    (correction,) = teaching.corrections
    assert (correction.old, correction.new.value) == (LIVES, "Porto")


def test_a_bare_value_without_a_fact_in_use_teaches_nothing() -> None:
    assert not read_teaching("no, Porto", KNOWN, said_at=SAID_AT)


def test_a_new_fact_is_taught() -> None:
    (fact,) = read_teaching("I'm allergic to peanuts", KNOWN, said_at=SAID_AT).facts

    assert (fact.attribute, fact.value, fact.taught) == ("allergic to", "peanuts", True)


def test_what_is_known_already_teaches_nothing() -> None:
    assert not read_teaching("I live in Lisbon", KNOWN, said_at=SAID_AT)


def test_saying_that_it_is_wrong_rejects_the_last_reply() -> None:
    assert read_teaching("that's not true", KNOWN).rejects
    assert not read_teaching("something's wrong with my car", KNOWN).rejects


@dataclass(frozen=True)
class Retracts:
    text: str
    facts: tuple[Fact, ...]
    forget: bool = False


RETRACTS = [
    Retracts("I don't work there any more", (WORKS,)),
    Retracts("I don't live in Lisbon any more", (LIVES,)),
    Retracts("I no longer work at Fernhill", (WORKS,)),
    Retracts("I quit my job", (WORKS,)),
    Retracts("ya no trabajo ahí", (WORKS,)),
    Retracts("forget that I work at Fernhill", (WORKS,), forget=True),
    Retracts("please forget about my sister", (SISTER,), forget=True),
    Retracts("Forget where I live.", (LIVES,), forget=True),
    Retracts("can you delete what I said about old maps", (LIKES,), forget=True),
    Retracts("forget that I own a boat", (), forget=True),
]


@pytest.mark.parametrize("case", RETRACTS, ids=lambda case: case.text)
def test_a_retraction_names_the_facts_it_means(case: Retracts) -> None:
    teaching = read_teaching(case.text, KNOWN, said_at=SAID_AT)

    (retraction,) = teaching.retractions
    assert retraction.facts == case.facts
    assert retraction.forget == case.forget
    assert not teaching.facts


def test_a_fact_that_was_superseded_is_not_meant() -> None:
    old = Fact(
        fact_id=9,
        subject="owner",
        attribute="lives in",
        value="Lisbon",
        state=FactState.SUPERSEDED,
        learnt_at=SAID_AT,
    )

    (retraction,) = read_teaching("forget where I live", [old]).retractions

    assert retraction.facts == ()


@dataclass(frozen=True)
class Wishes:
    text: str
    kind: WishKind
    sentence: str


Kind = WishKind
WISHES = [
    Wishes("shorter", Kind.LENGTH, "Write shorter messages than before."),
    Wishes("can you be a bit shorter please?", Kind.LENGTH, "Write shorter messages than before."),
    Wishes("that was too long", Kind.LENGTH, "Write shorter messages than before."),
    Wishes("longer answers please", Kind.LENGTH, "Write longer messages with more detail."),
    Wishes("be funnier", Kind.HUMOUR, "Be funny and playful."),
    Wishes("don't call me sir", Kind.ADDRESS, 'Never call the owner "sir".'),
    Wishes("call me Captain", Kind.ADDRESS, 'Call the owner "Captain".'),
    Wishes("stop using emoji", Kind.EMOJI, "Use no emoji."),
    Wishes("No more emojis!", Kind.EMOJI, "Use no emoji."),
    Wishes("more formal", Kind.FORMALITY, "Write in a formal, polite tone."),
    Wishes("you're too formal", Kind.FORMALITY, "Write casually, as to a friend."),
    Wishes("in Spanish please", Kind.LANGUAGE, "Write in Spanish."),
    Wishes("en español por favor", Kind.LANGUAGE, "Write in Spanish."),
    Wishes("auf Deutsch bitte", Kind.LANGUAGE, "Write in German."),
    Wishes("write in lower case", Kind.CASE, "Write everything in lower case."),
    Wishes("stop saying buddy", Kind.WORDS, 'Never say "buddy".'),
    Wishes("stop asking me questions", Kind.QUESTIONS, "Don't end with a question."),
    Wishes("please don't swear", Kind.SWEARING, "Never swear."),
]


@pytest.mark.parametrize("case", WISHES, ids=lambda case: case.text)
def test_a_wish_becomes_a_sentence_for_the_prompt(case: Wishes) -> None:
    (wish,) = read_teaching(case.text, KNOWN).wishes

    assert (wish.kind, wish.sentence) == (case.kind, case.sentence)


NOTHING = [
    "how are you?",
    "where do I live?",
    "do I still work at Fernhill?",
    "lol yes",
    "he is shorter than me",
    "I had a funny day",
    "what's that in Spanish?",
    "forget it",
    "don't forget to eat",
    "call me later",
    "thanks",
    "no",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_questions_and_small_talk_teach_nothing(text: str) -> None:
    assert not read_teaching(text, KNOWN, said_at=SAID_AT, just_used=[LIVES])


def test_one_message_may_teach_several_things() -> None:
    text = "No, I live in Porto now. I don't work there any more. Be shorter and stop using emoji!"

    teaching = read_teaching(text, KNOWN, said_at=SAID_AT)

    assert [one.new.value for one in teaching.corrections] == ["Porto"]
    assert [one.facts for one in teaching.retractions] == [(WORKS,)]
    assert [one.kind for one in teaching.wishes] == [Kind.LENGTH, Kind.EMOJI]


@given(st.text(max_size=80))
def test_any_message_is_read_without_trouble(text: str) -> None:
    read_teaching(text, KNOWN, said_at=SAID_AT, just_used=[LIVES])
    read_wish(text)
