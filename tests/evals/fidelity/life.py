"""A small made-up life: two chats of Ana's, long enough to hold a part out."""

import random
from datetime import timedelta

from memory.model import NewUtterance
from memory.store import Memory
from persona.profile import learn_facts, measure_profile
from tests.chats import START
from tests.conftest import add_chat

_THINGS = "bike lamp garden ticket train soup jacket guitar boat letter window piano".split()
_PLACES = "Porto Lagos Braga Evora Faro Tomar Sintra Aveiro".split()
_DEEDS = "bought found painted fixed lost sold borrowed planted".split()


def live(memory: Memory, *, messages: int = 150) -> None:
    """Put two chats into the memory of Ana and let the twin learn from them."""
    chance = random.Random(3)
    new = add_chat(memory, tuple(_chat("Ben", messages, 0, chance)), key="ben")
    new += add_chat(memory, tuple(_chat("Mia", messages // 4, 200, chance)), key="mia")
    learn_facts(memory, new)
    measure_profile(memory)


def _chat(friend: str, messages: int, first_day: int, chance: random.Random):
    for number in range(messages):
        at = START + timedelta(days=first_day + number)
        deed, thing, place = (chance.choice(a) for a in (_DEEDS, _THINGS, _PLACES))
        yield NewUtterance(
            speaker=friend,
            own=False,
            text=f"Well, {chance.choice(_THINGS)} number {number} or not, what did you do then?",
            said_at=at,
        )
        yield NewUtterance(
            speaker="Ana Reis",
            own=True,
            text=f"haha i {deed} a {chance.choice(_THINGS)} and a {thing} in {place} tbh",
            said_at=at + timedelta(minutes=2),
        )
    yield NewUtterance(
        speaker="Ana Reis",
        own=True,
        text=f"my phone number is +351 912 345 {first_day:03d}",
        said_at=START + timedelta(days=first_day, minutes=9),
    )
