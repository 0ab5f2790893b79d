"""Visitors are told other names for other people where the owner wants it; the owner never is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.model import NewFact
from memory.store import Memory
from persona.events import Done, TextDelta
from persona.pseudonyms import NOBODY, Veil, veil_of
from persona.twin import Twin
from tests.chats import ana, ben, said
from tests.conftest import Tell

PEOPLE = ["Ben Ortiz", "Mia", "Will Reis", "+351 912 000 111"]


def veil_over(names: list[str]) -> Veil:
    return Veil(names, len, ["Ana Reis"])


@pytest.fixture
def twin(memory: Memory, tell: Tell) -> Twin:
    """Ana's twin, whose visitors are told other names."""
    tell(
        ben("how was the weekend?"),
        ana("we adopted a greyhound with Ben and Greta, her name is Comet", minutes=1),
        said(
            "Greta Voss",
            "the greyhound is lovely",
            own=False,
            minutes=3,
            days=0,
            external_id=None,
        ),
        ana("my favourite soup is caldo verde, no contest", days=8),
    )
    memory.people.veil(on=True)
    return Twin(memory, None)


def test_a_visitor_is_told_other_names_and_the_owner_the_real_ones(twin: Twin) -> None:
    question = "What is the name of your greyhound?"
    told = twin.ask(question, visitor="zoe")
    assert "Comet" in told.reply
    everything = " ".join(
        [told.reply, *(f"{h.utterance.speaker} {h.utterance.text}" for h in told.evidence.hits)]
    )
    assert "Ben" not in everything and "Greta" not in everything
    assert twin.memory.talks.last("zoe", 1)[0].reply == told.reply
    assert "with Ben and Greta" in twin.ask(question).reply


def test_the_words_are_streamed_with_the_names_that_are_kept(twin: Twin) -> None:
    events = list(twin.reply("What is the name of your greyhound?", visitor="zoe"))
    done = events[-1]
    assert isinstance(done, Done)
    assert "".join(e.text for e in events if isinstance(e, TextDelta)).strip() == done.reply


def test_nothing_that_is_stored_is_changed(twin: Twin) -> None:
    twin.memory.people.veil(on=False)
    twin.refresh()
    assert veil_of(twin.memory) is None
    told = twin.ask("What is the name of your greyhound?", visitor="zoe")
    assert "with Ben and Greta" in told.reply


def test_family_whom_facts_name_are_covered(memory: Memory) -> None:
    memory.beliefs.hold([NewFact(subject="owner", attribute="sister", value="Nora")])
    memory.people.veil(on=True)
    veil = veil_of(memory)
    assert veil is not None
    assert "Nora" not in veil.over("my sister Nora paints")


def test_a_person_has_one_pseudonym_under_all_parts_of_their_name() -> None:
    veil = veil_over(PEOPLE)
    full, first, last = (veil.over(f"{n} called") for n in ("Ben Ortiz", "ben", "Ortiz"))
    assert full == first == last != "Ben Ortiz called"
    assert veil.over("Mia called") != full
    assert veil.over("call +351 912 000 111 now").split()[0] == "call"
    assert "912" not in veil.over("call +351 912 000 111 now")


def test_who_comes_later_takes_nobodys_pseudonym_away() -> None:
    before, after = veil_over(PEOPLE), veil_over([*PEOPLE, "Tom Lee", "Isa"])
    assert [before.over(name) for name in PEOPLE] == [after.over(name) for name in PEOPLE]
    shown = sorted(after.over(name) for name in [*PEOPLE, "Tom Lee", "Isa"])
    assert all(one != two for one, two in pairwise(shown))


def test_more_people_than_names_still_are_told_apart() -> None:
    names = [f"Person{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(150)]
    veil = veil_over(names)
    assert len({veil.over(name) for name in names}) == 150


def test_words_that_are_names_too_need_a_capital_and_the_owner_stays() -> None:
    veil = veil_over(PEOPLE)
    assert veil.over("I will ask Ana Reis") == "I will ask Ana Reis"
    assert "Will" not in veil.over("I asked Will")


def test_a_visitor_can_ask_on_about_a_pseudonym_but_not_confirm_a_name() -> None:
    veil = veil_over(PEOPLE)
    shown = veil.over("Mia")
    assert veil.under(f"how is {shown}?") == "how is Mia?"
    assert veil.under("do you know Mia?") == f"do you know {NOBODY}?"


@given(st.lists(st.sampled_from(["Ben ", "Ortiz ", "said ", "to ", "Mia, ", "and ", "ok. "])))
def test_streaming_in_pieces_hides_what_the_whole_hides(pieces: list[str]) -> None:
    veil = veil_over(PEOPLE)
    told = "".join(
        e.text for e in veil.events(TextDelta(text=p) for p in pieces) if isinstance(e, TextDelta)
    )
    assert "Ben" not in told and "Ortiz" not in told
    assert "Mia" not in told
