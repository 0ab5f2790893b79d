"""What people say when they tell of a matter that others ask about in quite different words.

"Where do you live?" is answered by "moved again, boxes everywhere". For the matters most asked
about, a few such words are added to the question before memory is searched.
"""

import re
from typing import NamedTuple


class _Topic(NamedTuple):
    asked: re.Pattern[str]
    told: str


def _topic(asked: str, told: str) -> _Topic:
    return _Topic(re.compile(rf"\b({asked})\b", re.IGNORECASE), told)


_TOPICS = (
    _topic(
        r"where (do|did|are|were|is|does) \w+ (live|living|based|staying)|where'?s home|"
        r"(did|have) you moved?|your (flat|house|home|apartment|place)|live now|lives? in",
        "moved into the new flat, the keys, living there",
    ),
    _topic(
        r"(your|a) jobs?|(do|does) \w+ do( for (a )?(living|work))?|where (do|did|does) \w+ work|"
        r"for work|occupation|profession|career|who do you work for",
        "started the new job, got the job, promoted, first day at work",
    ),
    _topic(
        r"seeing (anyone|someone|somebody)|single|married|dating|in a relationship|"
        r"(girl|boy)friend|partner|husband|wife|(were|was|are) you with|your ex",
        "my boyfriend, my girlfriend, going out together, official, split up",
    ),
    _topic(
        r"siblings?|brothers?|sisters?|your family|parents?|mother|father|mum|mom|dad",
        "my brother, my sister, my mum and dad",
    ),
    _topic(r"pets?|dogs?|cats?|animals?", "my dog, my cat, the puppy we got, the vet"),
    _topic(
        r"how old|your age|your birthday|when were you born|date of birth",
        "born in, my birthday, turned years old",
    ),
    _topic(
        r"study|studied|degree|university|college|school|major(ed)?|education",
        "degree, graduated, dissertation, at university",
    ),
    _topic(r"what (car|bike)|drive|driving|your (car|bike)", "my car, bought a car, driving test"),
    _topic(
        r"vegetarian|vegan|diet|(do|can|don'?t) you eat|allerg\w+",
        "eating now, stopped eating, vegetarian, allergic",
    ),
    _topic(
        r"hobb(y|ies)|free time|for fun|instruments?|sports?|do you play",
        "practising, learning to play, club, lessons",
    ),
    _topic(
        r"your (hair|haircut)|look like|tattoos?|how tall",
        "my hair, cut it off, grew it",
    ),
    _topic(r"wedding|marr(y|ied|iage)|engaged|propos(e|ed|al)", "getting married, wedding date"),
    _topic(r"kids|children|sons?|daughters?|baby", "my son, my daughter, the baby, pregnant"),
    _topic(
        r"(next|last) (trip|holiday|vacation)|travell?(ed|ing)?|been to|going on holiday",
        "booked flights, back from the trip, landed",
    ),
)
_MOST = 2


def cues_for(question: str) -> str:
    """Return words that an answer to the question may be told in; empty when none are known."""
    told = [topic.told for topic in _TOPICS if topic.asked.search(question)]
    return ", ".join(told[:_MOST])
