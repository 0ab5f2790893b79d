from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.attributes import asked_attributes, attribute_named, is_private, is_single
from memory.model import Utterance
from persona.facts import find_denials, find_facts

SAID_AT = datetime(2024, 3, 13, 15, tzinfo=UTC)


def said(text: str, *, own: bool = True, quoted: bool = False) -> Utterance:
    return Utterance(
        speaker="Nora",
        own=own,
        quoted=quoted,
        text=text,
        said_at=SAID_AT,
        utterance_id=7,
        source="chat.txt",
        conversation_id=1,
        session=1,
    )


def found(text: str) -> list[tuple[str, str]]:
    return [(fact.attribute, fact.value) for fact in find_facts(said(text), ["Nora"])]


def denied(text: str) -> list[tuple[str, str]]:
    return [(fact.attribute, fact.value) for fact in find_denials(said(text), ["Nora"])]


@dataclass(frozen=True)
class Case:
    text: str
    attribute: str
    value: str


CASES = [
    Case("I live in Porto now", "lives in", "Porto"),
    Case("i live in porto", "lives in", "porto"),
    Case("We’re living in New Orleans at the moment", "lives in", "New Orleans"),
    Case("I'm based in Ghent these days", "lives in", "Ghent"),
    Case("we're in Porto now", "lives in", "Porto"),
    Case("I just moved to Utrecht!", "lives in", "Utrecht"),
    Case("I've been living in Rio de Janeiro for two years", "lives in", "Rio de Janeiro"),
    Case("I'm from Tromsø, up north", "comes from", "Tromsø"),
    Case("I'm Norwegian actually", "comes from", "Norwegian"),
    Case("I grew up in Bergen", "grew up in", "Bergen"),
    Case("I was born in Oslo in 1990", "born in", "Oslo"),
    Case("hi, I'm Nora", "name", "Nora"),
    Case("my name is Nora", "name", "Nora"),
    Case("I'm 34", "age", "34"),
    Case("i'm 34 years old lol", "age", "34"),
    Case("I just turned 40", "age", "40"),
    Case("my birthday is on 5 May", "birthday", "5 May"),
    Case("I work at a bakery", "works at", "a bakery"),
    Case("I work for Sunward Labs", "works at", "Sunward Labs"),
    Case("I got the job at Fernhill!!", "works at", "Fernhill"),
    Case("started working at Fernhill? no, I started at Fernhill", "works at", "Fernhill"),
    Case("I work as a sound engineer", "works as", "sound engineer"),
    Case("I'm a midwife so nights are normal", "works as", "midwife"),
    Case("I study marine biology", "studies", "marine biology"),
    Case("I'm a student at Fernhill College", "studies at", "Fernhill College"),
    Case("my sister Mia is coming", "sister", "Mia"),
    Case("my little brother's name is Jo", "brother", "Jo"),
    Case("My wife Ana says hi", "partner", "Ana"),
    Case("our dog is called Biscuit", "has a pet", "dog Biscuit"),
    Case("I have two cats", "has a pet", "two cats"),
    Case("we got a puppy yesterday", "has a pet", "a puppy"),
    Case("I have two older brothers", "family", "two older brothers"),
    Case("I'm married", "relationship status", "married"),
    Case("we got engaged last week", "relationship status", "engaged"),
    Case("I love old maps", "likes", "old maps"),
    Case("i really like to cook", "likes", "to cook"),
    Case("I'm really into bouldering", "likes", "bouldering"),
    Case("I hate cilantro", "dislikes", "cilantro"),
    Case("I don't like horror films", "dislikes", "horror films"),
    Case("my favourite film is Paper Moon", "favourite film", "Paper Moon"),
    Case("Lisbon is my favorite city", "favourite city", "Lisbon"),
    Case("I'm allergic to peanuts", "allergic to", "peanuts"),
    Case("I'm vegetarian", "diet", "vegetarian"),
    Case("I don't eat meat", "diet", "no meat"),
    Case("I play the cello", "hobby", "cello"),
    Case("I run every morning", "hobby", "run"),
    Case("I speak Welsh", "speaks", "Welsh"),
    Case("I'm learning Dutch", "learns", "Dutch"),
    Case("I drive an old Volvo", "drives", "Volvo"),
    Case("i drive my skoda everywhere", "drives", "skoda"),
    Case("we bought a house", "owns", "a house"),
    Case("I'm flying to Lisbon next week", "plans", "flying to Lisbon"),
    Case("I was diagnosed with asthma", "health", "asthma"),
    Case("me llamo Lucía", "name", "Lucía"),
    Case("ahora vivo en Sevilla", "lives in", "Sevilla"),
    Case("tengo 27 años", "age", "27"),
    Case("mi perro se llama Canelo", "has a pet", "perro Canelo"),
    Case("moro em Lisboa", "lives in", "Lisboa"),
    Case("gosto muito de cinema antigo", "likes", "cinema antigo"),
    Case("minha irmã Clara vem", "sister", "Clara"),
    Case("j'habite à Lyon", "lives in", "Lyon"),
    Case("je suis allergique aux noix", "allergic to", "noix"),
    Case("ich wohne in Graz", "lives in", "Graz"),
    Case("ich bin nach Köln gezogen", "lives in", "Köln"),
    Case("ich arbeite als Tischlerin", "works as", "Tischlerin"),
    Case("abito a Torino", "lives in", "Torino"),
    Case("mi piace molto nuotare", "likes", "nuotare"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_a_plain_statement_gives_its_fact(case: Case) -> None:
    assert (case.attribute, case.value) in found(case.text)


@pytest.mark.parametrize(
    ("text", "cars"),
    [
        ("I drive a Ford Focus", ["Ford Focus"]),
        ("I drive an old Land Rover", ["Land Rover"]),
        ("i drive a red mini, it rattles", ["mini"]),
        ("I drive a mini van to work", []),
        ("I drive a mini-bus for the school", []),
        ("I drive a smart little car", []),
    ],
)
def test_a_car_is_one_fact_by_its_whole_name(text: str, cars: list[str]) -> None:
    assert [value for attribute, value in found(text) if attribute == "drives"] == cars


UNSURE = [
    "do you live in Porto?",
    "where I live in Porto?",
    "if I lived in Porto I'd swim",
    "I wish I lived in Porto",
    "I would love sushi",
    "maybe I live in Porto",
    "she said I live in Porto",
    'he wrote "I live in Porto"',
    "I live in fear",
    "I live in a small flat",
    "my sister lives in Porto",
    "do I work at Fernhill",
    "I started at 9",
    "I'm 5 minutes away",
    "I'm 100% sure",
    "I'm a big baby",
    "I'm a bad cook",
    "I love it",
    "I love you so much",
    "I love that song",
    "I love how quiet it is",
    "the things I love make me happy",
    "I like the one you sent",
    "I don't love him",
    "I play along",
    "I run late",
    "I'm single handedly doing this",
    "I have a cat allergy",
    "my sister Wanted cake",
    "my sister Is late",
    "I'm going to be late tomorrow",
    "I'm a vegetarian jk",
    "I'm not from Porto",
    "no tengo 27 ganas",
    "",
]


@pytest.mark.parametrize("text", UNSURE)
def test_what_is_not_surely_said_gives_no_fact(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["I live in Porto", "my name is Nora"])
def test_words_of_others_give_no_fact(text: str) -> None:
    assert find_facts(said(text, own=False), ["Nora"]) == []
    assert find_facts(said(text, quoted=True), ["Nora"]) == []


DENIALS = [
    Case("I don't live in Porto any more", "lives in", "Porto"),
    Case("I no longer work at Fernhill", "works at", "Fernhill"),
    Case("I'm not married", "relationship status", "married"),
    Case("I'm not allergic to peanuts", "allergic to", "peanuts"),
    Case("ya no vivo en Sevilla", "lives in", "Sevilla"),
    Case("we don't have any pets", "has a pet", ""),
]


@pytest.mark.parametrize("case", DENIALS, ids=lambda case: case.text)
def test_a_denial_is_told_apart_from_a_fact(case: Case) -> None:
    assert denied(case.text) == [(case.attribute, case.value)]
    assert found(case.text) == []


@dataclass(frozen=True)
class Dated:
    text: str
    begins: date | None
    ends: date | None = None


DATED = [
    Dated("I live in Porto", date(2024, 3, 13)),
    Dated("I moved to Porto in May", date(2023, 5, 1)),
    Dated("I've lived in Porto since 2019", date(2019, 1, 1)),
    Dated("I moved to Porto two years ago", date(2022, 1, 1)),
    Dated("I've been living in Porto for three years", date(2021, 1, 1)),
    Dated("I used to live in Porto", None, date(2024, 3, 13)),
    Dated("I lived in Porto in 2015", date(2015, 1, 1), date(2016, 1, 1)),
    Dated("I quit my job at Fernhill last week", None, date(2024, 3, 4)),
    Dated("I'm flying to Lisbon tomorrow", date(2024, 3, 14), date(2024, 3, 15)),
]


@pytest.mark.parametrize("case", DATED, ids=lambda case: case.text)
def test_a_fact_holds_from_the_time_its_words_name(case: Dated) -> None:
    (fact,) = find_facts(said(case.text), ["Nora"])

    assert (fact.valid_from and fact.valid_from.date()) == case.begins
    assert (fact.valid_to and fact.valid_to.date()) == case.ends


def test_several_facts_of_one_message_are_all_found() -> None:
    text = "I'm from Bergen but I live in Porto now. I speak Welsh and Dutch, and I love old maps"

    assert found(text) == [
        ("comes from", "Bergen"),
        ("lives in", "Porto"),
        ("speaks", "Welsh"),
        ("speaks", "Dutch"),
        ("likes", "old maps"),
    ]


def test_a_fact_points_to_the_utterance_that_shows_it() -> None:
    (fact,) = find_facts(said("I live in Porto"), ["Nora"])

    assert fact.evidence == (7,)
    assert fact.subject == "owner"
    assert not fact.private


def test_health_is_private() -> None:
    (fact,) = find_facts(said("I was diagnosed with asthma"), ["Nora"])

    assert fact.private


def test_the_owners_own_name_is_no_relative() -> None:
    assert found("my sister Nora") == []


@given(st.text(max_size=120))
def test_any_text_is_read_without_trouble(text: str) -> None:
    for fact in find_facts(said(text), ["Nora"]):
        assert fact.attribute


QUESTIONS = [
    ("Where do you live these days?", "lives in"),
    ("what's your favorite film?", "favourite film"),
    ("Do you have any pets?", "has a pet"),
    ("¿Dónde vives?", "lives in"),
    ("Wie heißt du?", "name"),
    ("what are you allergic to?", "allergic to"),
    ("What’s your phone number?", "phone"),
]


@pytest.mark.parametrize(("question", "attribute"), QUESTIONS)
def test_a_question_asks_for_its_attribute(question: str, attribute: str) -> None:
    assert attribute in asked_attributes(question)


def test_a_question_about_nothing_listed_asks_for_nothing() -> None:
    assert asked_attributes("Did it rain over there?") == ()


def test_attributes_go_by_other_names() -> None:
    named = attribute_named("Employer")

    assert named is not None
    assert named.name == "works at"
    assert is_single("lives in")
    assert not is_single("likes")
    assert is_single("favorite film")
    assert is_private("Phone number")
    assert attribute_named("shoe colour") is None
