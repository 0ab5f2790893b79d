"""The twin admits that it doesn't know as its owner would, and in many ways."""

import pytest

from persona.admission import admissions
from persona.decide import Outcome
from persona.phrases import reply_for
from persona.style import OwnMessage, Style, measure_style
from persona.style.address import measure_addressing, without_name
from persona.style.balance import Balance
from persona.style.not_knowing import find_asking_back, find_not_knowing

ADMITS = (
    "idea|know|sure|clue|remember|forg|hard to say|tell you|have to think|thought about|can't say|"
    "cant say|got me there|get back to you"
).split("|")
ASKED = [f"what do you think of number {n}?" for n in range(20)]


def casual(*more: str) -> Style:
    texts = [*["haha yeah i dont think so lol"] * 15, *["ok see you there"] * 15, *more]
    return measure_style([OwnMessage(text=text) for text in texts])


@pytest.mark.parametrize("asked", ASKED[:3])
def test_every_way_admits_it(asked: str) -> None:
    for said in admissions(asked, casual()):
        assert any(word in said.lower() for word in ADMITS), said


def test_the_owners_own_way_is_used_in_their_casing() -> None:
    replies = " / ".join(admissions(ASKED[0], casual("hmm no clue mate", "hmm no clue mate")))
    assert "hmm no clue mate" in replies
    assert not any(said[0].isupper() for said in replies.split(" / "))


def test_a_talk_has_many_ways_and_no_repeat_soon() -> None:
    style = casual("no clue mate")
    balance = Balance(style)
    said: list[str] = []
    for asked in ASKED:
        said.append(reply_for(Outcome.UNKNOWN, asked, style, balance, owner=False))
        balance.add(said[-1])
    assert len(set(said)) >= 0.9 * len(said)


def test_who_shouts_does_so_here_too() -> None:
    loud = measure_style([OwnMessage(text="What a day! I loved it!")] * 20)
    assert any(said.endswith("!") for said in admissions(ASKED[0], loud))
    assert not any("!" in said for said in admissions(ASKED[0], casual()))


def test_the_same_question_is_admitted_alike() -> None:
    style = casual()
    first, again = (
        reply_for(Outcome.UNKNOWN, ASKED[0], style, Balance(style), owner=False) for _ in range(2)
    )
    assert first == again


def test_what_is_no_matter_of_memory_is_not_forgotten() -> None:
    style = casual("i forgot", "dont remember")
    said = " / ".join(admissions("how would you explain chess to a child?", style))
    assert "forg" not in said
    assert "remember" not in said
    assert "forg" in " / ".join(admissions("where did you go that day?", style))


def test_nobody_is_asked_back_about_a_stranger() -> None:
    said = " / ".join(admissions("where does the mayor live?", casual("what about you?")))
    assert "you?" not in said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no idea", ("no idea",)),
        ("Oh, I really don't know. Ask Petra", ("Oh, I really don't know.",)),
        ("kim: not sure man, the red one?", ("not sure man",)),
        ("I don't know why they left", ("I don't know",)),
        ("you don't know him", ()),
        ("i know, i know", ()),
    ],
)
def test_ways_of_not_knowing_are_found(text: str, found: tuple[str, ...]) -> None:
    assert find_not_knowing([text]) == found


def test_ways_of_asking_back_are_found() -> None:
    assert find_asking_back(["good! what about you?", "and you?", "why do you go there?"]) == (
        "what about you?",
        "and you?",
    )


def test_whom_one_answers_is_named_as_the_owner_does() -> None:
    texts = [f"{name}: try again" for name in "kim bo lee ada jo max".split()] + ["yeah, fine"]
    addressing = measure_addressing(texts)
    assert (addressing.share, addressing.mark) == (0.857, ":")
    assert without_name("zoe: reboot it", addressing) == "reboot it"
    assert without_name("yeah, fine", addressing) == "yeah, fine"
    assert measure_addressing(["well, no"] * 9 + ["kim: hi"]).share == 0


def test_little_words_of_other_languages_are_no_names() -> None:
    openers = ["Ja, gerne", "Nein, heute nicht", "Danke, das ist lieb", "Klar, mach ich"]
    openers += ["Genau, so war das", "Super, bis dann", "Nina, kommst du?"]
    usual = ["ja", "nein!", "ich sag ja nur", "danke dir", "alles klar", "genau.", "das wird super"]
    heard = ["ja?", "nein wieso", "danke!", "na klar", "genau das", "super"]
    assert measure_addressing([*openers, *usual], heard).share == 0
