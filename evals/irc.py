"""Support channels on IRC: each person's earlier half to build a twin from, the later to test it.

Reads lines of {"ts", "nick", "text", "src"}; `src` is the log of a day. Only some people of the
channel are in such a file, so what stands before a message need not be what it answers.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from evals.dialogue import Dialogue
from evals.errors import EvalProblem
from evals.fidelity.across_chats import Pair
from memory.model import NewUtterance


class _Line(BaseModel):
    ts: datetime
    nick: str
    text: str
    src: str


@dataclass(frozen=True, slots=True)
class Day:
    """What some people wrote on one day."""

    name: str
    turns: tuple[NewUtterance, ...]


def load_irc(path: Path) -> list[Day]:
    """Read a file of IRC messages, day by day.

    Raises:
        EvalProblem: the file is not one.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        messages = [_Line.model_validate(json.loads(line)) for line in lines if line.strip()]
    except OSError as error:
        raise EvalProblem(f"{path} can't be read: {error.strerror}") from error
    except (ValueError, ValidationError) as error:
        raise EvalProblem(
            f"{path} is not a file of IRC messages", "each line should hold ts, nick, text and src"
        ) from error
    days: dict[str, list[_Line]] = defaultdict(list)
    for message in messages:
        days[message.src].append(message)
    read = [Day(name, _turns(name, days[name])) for name in days]
    return sorted((day for day in read if day.turns), key=lambda day: str(day.turns[0].said_at))


def _turns(name: str, messages: Sequence[_Line]) -> tuple[NewUtterance, ...]:
    return tuple(
        NewUtterance(
            speaker=message.nick,
            own=False,
            text=message.text,
            said_at=message.ts.replace(tzinfo=message.ts.tzinfo or UTC),
            external_id=f"{name}:{number}",
        )
        for number, message in enumerate(sorted(messages, key=lambda m: m.ts))
        if message.text.strip()
    )


def halves(days: Sequence[Day]) -> tuple[list[Pair], list[Dialogue]]:
    """Return for each person, most talkative first, what to build from and what to test on.

    Whole days go to one side or the other; the built side is the earlier one and ends with the
    day in which half of the person's messages are reached. With them come all days as dialogues,
    by which other people are known.
    """
    counts: dict[str, int] = defaultdict(int)
    for day in days:
        for turn in day.turns:
            counts[turn.speaker] += 1
    people = sorted(counts, key=lambda nick: (-counts[nick], nick))
    every = [_dialogue(day.name, people[0], [day]) for day in days]
    return [pair for nick in people if (pair := _pair(nick, days, counts[nick]))], every


def _pair(nick: str, days: Sequence[Day], total: int) -> Pair | None:
    theirs = [day for day in days if any(turn.speaker == nick for turn in day.turns)]
    built: list[Day] = []
    seen = 0
    while theirs and seen < total / 2:
        day = theirs.pop(0)
        seen += sum(turn.speaker == nick for turn in day.turns)
        built.append(day)
    if not theirs:
        return None
    return Pair(
        person=nick,
        built=_dialogue("earlier days", nick, built),
        tested=_dialogue("later days", nick, theirs),
    )


def _dialogue(name: str, nick: str, days: Sequence[Day]) -> Dialogue:
    return Dialogue(
        name=name,
        speakers=(nick, "the channel"),
        turns=tuple(turn for day in days for turn in day.turns),
        questions=(),
    )
