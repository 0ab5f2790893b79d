"""How much of what is private is marked at import, by rules alone and with Presidio beside them."""

from collections.abc import Callable, Collection
from time import perf_counter
from typing import Any, NamedTuple

from persona.private import kinds_of, screened

_CASES = """\
phone: give me a ring on 0117 496 0123 after six
phone: +351 912 345 678 is the new one
phone: (415) 555-0132 ask for Dana
phone: text 07700 900321 when you land
phone: mein Handy ist 0151 23456789
phone: 020 7946 0958
e-mail: write to ana.reis+twin@example.org
e-mail: its mia_k@mail.example.co.uk i think
card: 4111 1111 1111 1111 exp next year
card: amex is 3782 822463 10005
card: pay with 5555-5555-5555-4444 pls
iban: transfer it to DE89 3704 0044 0532 0130 00
iban: PT50 0002 0123 1234 5678 9015 4 for the rent
iban: GB82WEST12345698765432
national-id: my ssn is 536-22-1847
national-id: passport number X1234567
national-id: DNI 12345678Z
national-id: cpf 529.982.247-25
national-id: NI number is AB 12 34 56 C
national-id: NHS number 943 476 5919 for the form
national-id: license number S9876543 in case they ask
address: come to 14 Elm Street at eight
address: i live at 221B Baker Street now
address: Rua das Flores 12, 3rd floor
address: wir wohnen in der Lindenstraße 7a
address: 5 rue de la Paix, top bell
address: send it to flat 4, Harbour Court, Bristol BS1 5DB
address: im at Old Mill House, Tetbury, just past the church
address: the cottage in Penzance, TR18 4AA
code: the door code is 4711
code: PIN: 0852
code: alarm is 9 1 4 4 when you get in
password: wifi password is tulip-and-tea9
password: senha: girassol22
password: the netflix login is hunter2 dont tell anyone
secret: sk-proj-9fA3kLm2Qx7Vb1Tz8Rw4Yp6Nc0Ed5Hg
secret: ghp_16C7e42F292c6912E7710c838347Ae178B4a
secret: AKIAIOSFODNN7EXAMPLE is the key id
secret: send btc to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT
health: i was diagnosed with asthma last week
health: my sister has type 2 diabetes
health: im on antidepressants since march
health: the biopsy came back, its malignant
health: i had a miscarriage in may
health: tengo diabetes desde niño
money: my salary is 42k before tax
money: we owe the bank 18,000 euros
money: i earn 2300 a month now
money: i'm 900 overdrawn again
-: we won 3-2 and then 10-7
-: it cost 1,250.00 at the market
-: from 2019-2023 i was in Ghent
-: on 12.05.2021 at 10:45
-: i ran 10000000 steps, felt like it
-: order 4111111111111112 has shipped
-: walked down the street for 5 minutes
-: password is wrong again lol
-: whats the zip code there
-: the promo code 2024 is gone
-: that test gave me a heart attack as if
-: charity run for cancer research on sunday
-: the 90s were a depression in the industry
-: call me when you are home
-: flight BA2490 lands 18:35
-: the score was 21 19 21 17 18 21
-: isbn 978 3 16 148410 0 for the book
-: tracking 1Z999AA10123456784
-: version 3.11.7 broke the build
-: see you at gate 24 in 15
-: room 1204 on the 12th floor
-: bus 76 then bus 341 then walk
-: my number one fan is grandma
-: 1000 1500 2000 2500 thats how i count
-: meet at the church in Tetbury
-: Ben and Mia flew to Lisbon on Friday
-: the code is broken since tuesday
-: happy birthday 27.11.1990 was a good day for it
-: commit 0bfb24a4e2 fixed it
-: my mum makes the best pin cushions
-: a key change in bar 144
-: https://example.org/a/1234567890
-: 00:14:22 is my personal best
-: lat 38.7223 lon -9.1393 for the picnic
"""


class Case(NamedTuple):
    """A chat line and the kind of private data in it; empty for a harmless one."""

    kind: str
    text: str


def cases() -> list[Case]:
    """Return the labelled lines."""
    pairs = (line.split(": ", 1) for line in _CASES.splitlines())
    return [Case("" if kind == "-" else kind, text) for kind, text in pairs]


def measure_screening() -> dict[str, Any]:
    """Return what is found, missed and wrongly marked by each way, and what a line costs."""
    return {
        "private_lines": sum(bool(case.kind) for case in cases()),
        "harmless_lines": sum(not case.kind for case in cases()),
        "rules": _measure(kinds_of),
        "rules_and_presidio": _measure(screened),
    }


def _measure(screen: Callable[[str], Collection[str]]) -> dict[str, Any]:
    screen("ring 0117 496 0123")  # loads what it needs
    started = perf_counter()
    found = [(case, screen(case.text)) for case in cases()]
    seconds = perf_counter() - started
    return {
        "marked": sum(bool(kinds) for case, kinds in found if case.kind),
        "of_the_right_kind": sum(case.kind in kinds for case, kinds in found if case.kind),
        "wrongly_marked": sum(bool(kinds) for case, kinds in found if not case.kind),
        "missed": [case.text for case, kinds in found if case.kind and not kinds],
        "ms_a_line": round(seconds * 1000 / len(found), 3),
    }
