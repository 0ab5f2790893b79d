"""States of life that change, and what people say when they tell of a change.

"Where do you live?" is answered by "moved again, boxes everywhere". For these matters a few such
words are added to the question before memory is searched, and the latest answer counts.
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
        r"what (car|bike)|drive|driving|your (car|bike)",
        "my car, bought a car, driving test",
    ),
    _topic(
        r"vegetarian|vegan|diet|(do|can|don'?t) you eat|allerg\w+",
        "eating now, stopped eating, vegetarian, allergic",
    ),
    _topic(
        r"your (hair|haircut)|look like|tattoos?|how tall",
        "my hair, cut it off, grew it",
    ),
)
_MOST = 2


def cues_for(question: str) -> str:
    """Return words that a change of what is asked about may be told in; empty for other matters."""
    told = [topic.told for topic in _TOPICS if topic.asked.search(question)]
    return ", ".join(told[:_MOST])
