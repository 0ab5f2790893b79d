"""The twin answers in the language it is spoken to, where its owner speaks it."""

import re

import pytest

from memory.store import Memory
from persona.profile import measure_profile
from persona.prompt import question
from persona.style import Style
from persona.style.languages import answer_language, language_of
from persona.twin import Twin
from tests.chats import ana
from tests.conftest import Tell

LINES = {
    "de": ["wo bist du denn gerade?", "das war echt ein schöner Abend", "ich komme später noch"],
    "en": ["where are you right now?", "that was such a lovely evening", "I'll come by later"],
    "es": ["¿dónde estás ahora mismo?", "ha sido una noche preciosa", "luego me paso por ahí"],
    "fr": ["tu es où en ce moment ?", "c'était une très belle soirée", "je passe plus tard"],
    "it": ["dove sei adesso?", "è stata proprio una bella serata", "passo più tardi da voi"],
    "pt": ["onde é que você está agora?", "foi uma noite muito bonita", "eu passo aí mais tarde"],
}
SHARES = {"en": 0.7, "de": 0.28, "fr": 0.02}


@pytest.mark.parametrize("code", LINES)
def test_no_line_is_taken_for_another_language(code: str) -> None:
    found = [language_of(line) for line in LINES[code]]
    assert set(found) <= {code, None}
    assert code in found


@pytest.mark.parametrize(
    ("heard", "shares", "wanted"),
    [
        ("wo wohnst du denn eigentlich?", SHARES, "de"),
        ("où est-ce que tu habites maintenant ?", SHARES, "en"),
        ("ok", {"pt": 0.8, "en": 0.2}, "pt"),
        ("where do you live these days?", {"pt": 1.0}, "pt"),
        ("where do you live these days?", {}, "en"),
    ],
)
def test_the_language_of_an_answer_is_one_the_owner_speaks(
    heard: str, shares: dict[str, float], wanted: str
) -> None:
    assert answer_language(heard, shares) == wanted


def test_the_model_is_told_the_language_only_where_there_is_a_choice() -> None:
    note, heard = ["now: lives in Porto"], "wo wohnst du denn eigentlich?"
    both = question(heard, note, owner="Ana Reis", style=Style(languages=SHARES))
    assert "in German" in str(both.content)
    english = question(heard, note, owner="Ana Reis", style=Style(languages={"en": 1.0}))
    assert "in English" not in str(english.content)


def test_what_is_unknown_is_said_to_be_so_in_the_language_of_the_question(
    memory: Memory, tell: Tell
) -> None:
    said = [*LINES["de"], *LINES["en"]]
    tell(*(ana(text, minutes=number) for number, text in enumerate(said)))
    measure_profile(memory)
    twin = Twin(memory, None)
    german = twin.ask("Was ist denn eigentlich dein Lieblingsauto?", visitor="mia").reply
    english = twin.ask("What is your favourite car, by the way?", visitor="mia").reply
    assert language_of(german) == "de"
    assert language_of(english) in ("en", None)  # "not sure" is too short to be sure of
    assert re.search(
        r"\b(know|sure|idea|clue|remember|forget|tell|say|beats|think|mind)\b", english
    )
