from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.model import Utterance
from persona.private import is_private_text
from persona.style import (
    Exchange,
    OwnMessage,
    Style,
    describe,
    measure_style,
    own_messages,
    pick_examples,
    summary,
)
from persona.style.languages import language_of

CASUAL = [
    "yeah honestly no idea lol",
    "im on the tram",
    "dont wait for me 😂",
    "honestly the soup was great",
    "haha yes!!",
    "u coming later",
    "idk maybe",
    "honestly i love it here 😂",
    "btw the kettle broke again",
    "cant find my keys lol",
]
FORMAL = [
    "Good evening, I will be there at seven.",
    "I am very sorry, but I cannot attend.",
    "Thank you. That is most kind of you.",
    "The committee has met, and it is settled.",
    "I do not think that we should wait any longer.",
]


def messages(texts: list[str]) -> list[OwnMessage]:
    return [OwnMessage(text=text) for text in texts]


def utterance(
    at: int, text: str, *, own: bool = True, session: int = 1, quoted: bool = False
) -> Utterance:
    return Utterance(
        speaker="Nora" if own else "Jo",
        own=own,
        quoted=quoted,
        text=text,
        said_at=datetime(2024, 3, 13, tzinfo=UTC),
        utterance_id=at,
        source="chat.txt",
        conversation_id=1,
        session=session,
    )


CASUAL_STYLE = measure_style(messages(CASUAL * 4))
FORMAL_STYLE = measure_style(messages(FORMAL * 6))


def test_casual_writing_is_measured() -> None:
    style = CASUAL_STYLE

    assert style.messages == 40
    assert style.length.words_median == 4.5
    assert style.casing.lower_start == 1.0
    assert style.casing.small_i == 1.0
    assert style.punctuation.final_period == 0.0
    assert style.emoji.favourites == ("😂",)
    assert style.emoji.at_end == 1.0
    assert style.wording.fillers[0] == "honestly"
    assert style.wording.laughter == ("lol", "haha")
    assert set(style.wording.abbreviations) == {"u", "idk", "btw"}
    assert style.wording.bare_contractions == 1.0
    assert list(style.languages) == ["en"]
    assert not style.wording.swears


def test_formal_writing_is_measured() -> None:
    style = FORMAL_STYLE

    assert style.casing.lower_start == 0.0
    assert style.punctuation.final_period == 1.0
    assert style.emoji.share == 0.0
    assert style.wording.contractions == 0.0
    assert style.wording.laughter == ()


def test_a_casual_style_becomes_short_orders() -> None:
    assert describe(CASUAL_STYLE) == (
        "Write very short messages, about 4 words, rarely over 5. Start in lower case. "
        "Write i, not I. No full stop at the end. Use emoji in one message in 5: 😂. "
        "Laugh as lol. Favour words like honestly, maybe, yeah. Abbreviate: u, idk, btw. "
        "Leave out apostrophes. Double marks: !! or ??."
    )


def test_a_formal_style_becomes_short_orders() -> None:
    text = describe(FORMAL_STYLE)

    assert "Start with a capital." in text
    assert "End with a full stop." in text
    assert "Use no emoji." in text
    assert "Write I am, not I'm." in text


def test_few_messages_are_said_to_be_few() -> None:
    style = measure_style(messages(CASUAL))

    assert not style.is_sure
    assert describe(style).startswith("Little is known of how you write")
    assert summary(style)[0].startswith("Fewer than 25 messages")


def test_no_messages_give_an_empty_style() -> None:
    style = measure_style([])

    assert style == Style()
    assert describe(style) == "Nothing is known of how you write. Write briefly and plainly."
    assert summary(style) == ["There are no messages to measure yet."]


def test_a_style_survives_being_stored() -> None:
    assert Style.model_validate_json(CASUAL_STYLE.model_dump_json()) == CASUAL_STYLE


def test_words_that_everybody_in_the_talk_uses_do_not_mark_the_owner() -> None:
    others = ["honestly the same here"] * 2000

    style = measure_style(messages(CASUAL * 4), others=others)

    assert "honestly" not in style.wording.fillers
    assert "yeah" in style.wording.fillers


def test_bursts_and_sittings_are_found_among_the_others_words() -> None:
    talk = [
        utterance(1, "hi there"),
        utterance(2, "you up?"),
        utterance(3, "yes", own=False),
        utterance(4, "image omitted"),
        utterance(5, "a forwarded poem", quoted=True),
        utterance(6, "ok bye"),
        utterance(7, "new day", session=2),
    ]

    found = own_messages(talk)

    assert [one.text for one in found] == ["hi there", "you up?", "ok bye", "new day"]
    assert [one.opens_burst for one in found] == [True, False, False, True]
    assert [one.opens_sitting for one in found] == [True, False, False, True]
    assert [one.closes_sitting for one in found] == [False, False, True, True]


def test_greetings_and_sign_offs_are_the_persons_own() -> None:
    opening = [OwnMessage(text=f"ahoy! {text}", opens_sitting=True) for text in CASUAL]
    closing = [OwnMessage(text=f"{text}, laters gator", closes_sitting=True) for text in CASUAL]

    style = measure_style([*opening, *messages(CASUAL * 2), *closing])

    assert style.greetings == ("ahoy",)
    assert style.sign_offs == ("laters gator",)


@dataclass(frozen=True)
class Tongue:
    text: str
    code: str | None


TONGUES = [
    Tongue("are you coming to the party with me", "en"),
    Tongue("no sé qué hacer con esto, la verdad", "es"),
    Tongue("não sei o que fazer, você vem também?", "pt"),
    Tongue("je ne sais pas quoi faire avec ça", "fr"),
    Tongue("ich weiß auch nicht, was wir tun", "de"),
    Tongue("non so che cosa fare, ci sono anche io", "it"),
    Tongue("ik weet het niet, maar dat is wel goed", "nl"),
    Tongue("dw i ddim yn gwybod, sut wyt ti", "cy"),
    Tongue("明日は行けるかな", "ja"),
    Tongue("내일 갈게", "ko"),
    Tongue("😂😂", None),
    Tongue("", None),
]


@pytest.mark.parametrize("case", TONGUES, ids=lambda case: case.code or "none")
def test_the_language_of_a_message_is_told_by_its_little_words(case: Tongue) -> None:
    assert language_of(case.text) == case.code


def test_a_script_without_blanks_is_measured_by_its_signs() -> None:
    style = measure_style(messages(["明日は行けるかな", "ごめん、遅れる笑", "了解です"] * 10))

    assert style.length.unspaced
    assert style.casing.lower_start is None
    assert "characters" in describe(style)
    assert "Write in Japanese." in describe(style)


def test_two_languages_are_both_named() -> None:
    texts = ["are you coming with me", "no sé qué hacer con esto"] * 15

    assert "the language you are asked in: English, Spanish" in describe(
        measure_style(messages(texts))
    )


@given(st.lists(st.text(min_size=1, max_size=60), max_size=30))
def test_any_messages_are_measured_and_told_in_few_words(texts: list[str]) -> None:
    style = measure_style(messages(texts))

    assert len(describe(style).split()) <= 90
    assert summary(style)


GOOD = [
    Exchange(prompt="how was the market today?", reply="honestly so busy lol"),
    Exchange(prompt="did you see the new bakery", reply="yeah the bread is unreal"),
    Exchange(prompt="what are we cooking tonight?", reply="idk maybe soup 😂"),
]
UNFIT = [
    Exchange(prompt="what's your number?", reply="its 07700 900123 lol"),
    Exchange(prompt="where do i send it?", reply="nora@example.org lol"),
    Exchange(prompt="where is it?", reply="look here https://example.org/x"),
    Exchange(prompt="photo: beach.jpg", reply="so nice lol"),
    Exchange(prompt="what a day", reply="image omitted"),
    Exchange(prompt="do you like this photo?", reply="yeah honestly great"),
    Exchange(prompt="ok", reply="yeah ok then"),
    Exchange(prompt="tell me everything", reply="well " * 60),
    Exchange(prompt="and then what", reply="then we left lol"),
]


def test_examples_are_whole_harmless_and_few() -> None:
    chosen = pick_examples([*UNFIT, *GOOD], CASUAL_STYLE, 5)

    assert sorted(chosen, key=str) == sorted(GOOD, key=str)
    assert not any(is_private_text(one.reply) for one in chosen)


def test_examples_are_unlike_each_other() -> None:
    copies = [
        Exchange(prompt=f"how was {day}?", reply="honestly so busy lol") for day in ("may", "june")
    ]

    chosen = pick_examples([*copies, *GOOD[1:]], CASUAL_STYLE, 3)

    assert len({one.reply for one in chosen}) == 3


def test_examples_in_the_persons_manner_come_first() -> None:
    stiff = Exchange(prompt="how was the fair today?", reply="It was pleasant.")

    assert pick_examples([stiff, GOOD[0]], CASUAL_STYLE, 1) == [GOOD[0]]
