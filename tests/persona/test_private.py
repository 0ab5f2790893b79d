from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.private import PrivateKind, find_private, kinds_of, masked, screened

Kind = PrivateKind


@dataclass(frozen=True)
class Case:
    text: str
    kind: PrivateKind
    marked: str


CASES = [
    Case("call me on +44 7700 900123 tonight", Kind.PHONE, "+44 7700 900123"),
    Case("it's (415) 555-0132", Kind.PHONE, "(415) 555-0132"),
    Case("my number is 415-555-0132.", Kind.PHONE, "415-555-0132"),
    Case("text me, 07700900123", Kind.PHONE, "07700900123"),
    Case("mon portable c'est le 06 12 34 56 78", Kind.PHONE, "06 12 34 56 78"),
    Case("meu número é 912 345 678", Kind.PHONE, "912 345 678"),
    Case("Meine Nummer: 0151 23456789", Kind.PHONE, "0151 23456789"),
    Case("phone 555-0199 after six", Kind.PHONE, "555-0199"),
    Case("write to mia.larsen+x@mail.example.org!", Kind.EMAIL, "mia.larsen+x@mail.example.org"),
    Case("card 4111 1111 1111 1111 exp 04/27", Kind.CARD, "4111 1111 1111 1111"),
    Case("use 5555555555554444", Kind.CARD, "5555555555554444"),
    Case("send it to DE89 3704 0044 0532 0130 00 pls", Kind.IBAN, "DE89 3704 0044 0532 0130 00"),
    Case("GB82WEST12345698765432", Kind.IBAN, "GB82WEST12345698765432"),
    Case("I'm at 221B Baker Street", Kind.ADDRESS, "221B Baker Street"),
    Case("we're at 14 elm street btw", Kind.ADDRESS, "14 elm street"),
    Case("moro na Rua das Flores 12", Kind.ADDRESS, "Rua das Flores 12"),
    Case("vivo en la Calle Mayor, 5", Kind.ADDRESS, "Calle Mayor, 5"),
    Case("c'est au 5 rue de la Paix", Kind.ADDRESS, "5 rue de la Paix"),
    Case("Wir wohnen Lindenstraße 7a", Kind.ADDRESS, "Lindenstraße 7a"),
    Case("the door code is 4711", Kind.CODE, "4711"),
    Case("PIN: 0852", Kind.CODE, "0852"),
    Case("gate code for the back is #1290", Kind.CODE, "#1290"),
    Case("the wifi password is tulip-and-tea9", Kind.PASSWORD, "tulip-and-tea9"),
    Case("senha: girassol22", Kind.PASSWORD, "girassol22"),
    Case("my ssn is 123-45-6789", Kind.NATIONAL_ID, "123-45-6789"),
    Case("passport number X1234567", Kind.NATIONAL_ID, "X1234567"),
    Case("12345678Z", Kind.NATIONAL_ID, "12345678Z"),
    Case("cpf 529.982.247-25", Kind.NATIONAL_ID, "529.982.247-25"),
    Case("I was diagnosed with asthma", Kind.HEALTH, "asthma"),
    Case("my sister has type 2 diabetes", Kind.HEALTH, "diabetes"),
    Case("since then I'm on antidepressants", Kind.HEALTH, "antidepressants"),
    Case("we just found out I'm pregnant", Kind.HEALTH, "pregnant"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_private_data_is_marked_with_its_kind(case: Case) -> None:
    spans = find_private(case.text)

    assert [(span.kind, case.text[span.start : span.end]) for span in spans] == [
        (case.kind, case.marked)
    ]


HARMLESS = [
    "we won 3-2 and then 10-7",
    "it cost $1,250.00 or 1.250,00 €",
    "from 2019-2023 I was there",
    "on 12.05.2021 at 10:45",
    "2021-05-12 was a Wednesday",
    "I ran 10000000 steps, well, felt like it",
    "order 4111111111111112 has shipped",
    "the address of the problem is attitude",
    "I walked down the street for 5 minutes",
    "password is wrong again",
    "what's your zip code 90210 like",
    "the promo code 2024 is gone",
    "the code is broken",
    "that test gave me a heart attack lol as if",
    "a charity run for cancer research",
    "the 90s led to a depression in the industry",
    "5 years down the road",
    "twenty people @ the party",
    "",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_private_is_left_alone(text: str) -> None:
    assert find_private(text) == []


def test_several_kinds_stand_side_by_side_in_order() -> None:
    text = "mail mia@example.org or call +1 415 555 0132"

    assert [span.kind for span in find_private(text)] == [Kind.EMAIL, Kind.PHONE]


def test_masking_leaves_the_rest_as_it_was() -> None:
    assert masked("the door code is 4711, see you") == "the door code is [code], see you"


@given(st.text(max_size=80))
def test_spans_lie_in_the_text_and_never_overlap(text: str) -> None:
    spans = find_private(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("my salary is £32k now", {"money"}),
        ("I still owe him 400 euros", {"money"}),
        ("use sk-proj-" + "a1B2" * 6 + " for now", {"secret"}),
        ("token: 9f8e7d6c5b4a39281706", {"secret"}),
        ("send it to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", {"secret"}),
        ("it says 943 476 5919 on the NHS letter", {"national-id", "phone"}),
        ("call me on 020 7946 0958", {"phone"}),
        ("the soup cost £4 and I loved it", set()),
        ("order 123456789012 shipped", set()),
    ],
)
def test_screening_names_every_kind(text: str, kinds: set[str]) -> None:
    assert screened(text) == kinds


@given(st.text(max_size=80))
def test_screening_never_fails(text: str) -> None:
    assert screened(text) >= kinds_of(text)
