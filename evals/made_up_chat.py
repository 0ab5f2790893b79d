"""A chat made up by chance, in the forms of two exports; the same at every run."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

OWNER = "Ana Reis"
FRIEND = "Ben"
_SUBJECTS = "i we they ben mia the neighbour my sister our landlord the dog that band".split()
THINGS = (
    "bought found lost painted fixed cooked forgot loved hated sold moved borrowed planted broke "
    "bike lamp kitchen garden ticket train soup jacket guitar boat letter window piano market "
    "hill river bakery school winter summer harbour cinema museum bread umbrella camera ladder"
).split()


class Line(NamedTuple):
    """A message of the chat."""

    said_at: datetime
    author: str
    text: str


def write_whatsapp(path: Path, messages: int) -> None:
    """Write the chat as an Android phone exports it."""
    with path.open("w", encoding="utf-8") as file:
        for said_at, author, text in _lines(messages):
            file.write(f"{said_at:%d/%m/%Y, %H:%M} - {author}: {text}\n")


def write_telegram(path: Path, messages: int) -> None:
    """Write the chat as Telegram Desktop exports it."""
    opening = {"name": FRIEND, "type": "personal_chat", "id": 7}
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(opening)[:-1] + ', "messages": [\n')
        for number, line in enumerate(_lines(messages)):
            file.write(",\n" * (number > 0) + json.dumps(_as_telegram(number, line), indent=1))
        file.write("\n]}\n")


def made_up_texts(messages: int) -> list[str]:
    """Return the chat as lines with their author."""
    return [f"{line.author}: {line.text}" for line in _lines(messages)]


def _as_telegram(number: int, line: Line) -> dict[str, object]:
    return {
        "id": number + 1,
        "type": "message",
        "date": f"{line.said_at:%Y-%m-%dT%H:%M:%S}",
        "date_unixtime": str(int(line.said_at.timestamp())),
        "from": line.author,
        "from_id": "user1" if line.author == OWNER else "user2",
        "text": line.text,
        "text_entities": [{"type": "plain", "text": line.text}],
    }


def _lines(messages: int) -> Iterator[Line]:
    chance = random.Random(1)
    moment = datetime(2023, 1, 1, 9, tzinfo=UTC)
    for number in range(messages):
        moment += timedelta(minutes=chance.choice((0, 1, 1, 2, 3, 5, 30, 700)))
        words = [chance.choice(_SUBJECTS), *chance.choices(THINGS, k=chance.randint(2, 14))]
        author = OWNER if chance.random() < 0.5 else FRIEND
        yield Line(moment, author, f"{' '.join(words)} {number}")
