"""IRC logs are read by day, and cut so that a twin is tested on days it never saw."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.errors import EvalProblem
from evals.irc import Day, halves, load_irc
from memory.model import NewUtterance

NICKS = ("ana", "ben", "cleo")


def _lines(*messages: tuple[str, str, str]) -> str:
    return "\n".join(
        json.dumps({"ts": f"2010-01-{day}T10:0{number}", "nick": nick, "text": text, "src": day})
        for number, (day, nick, text) in enumerate(messages)
    )


def test_days_are_read_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(_lines(("09", "ana", "later"), ("08", "ben", "hi"), ("08", "ana", " ")))
    days = load_irc(path)
    assert [[(t.speaker, t.text) for t in day.turns] for day in days] == [
        [("ben", "hi")],
        [("ana", "later")],
    ]


@pytest.mark.parametrize("content", ["not json", "[]", '{"nick": "ana"}', '{"ts": "soon"}'])
def test_a_file_of_another_kind_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(content)
    with pytest.raises(EvalProblem) as refused:
        load_irc(path)
    assert "\n" not in str(refused.value)


@given(st.lists(st.lists(st.sampled_from(NICKS), min_size=1, max_size=9), max_size=9))
def test_a_day_is_on_one_side_and_the_built_side_is_earlier(spoken: list[list[str]]) -> None:
    days = [
        Day(
            f"{number:02}",
            tuple(
                NewUtterance(speaker=nick, own=False, text="hey", external_id=f"{number:02}:{at}")
                for at, nick in enumerate(nicks)
            ),
        )
        for number, nicks in enumerate(spoken)
    ]
    pairs, every = halves(days)
    assert len(every) == len(days)
    for pair in pairs:
        sides = [[str(t.external_id)[:2] for t in side.turns] for side in (pair.built, pair.tested)]
        assert max(sides[0]) < min(sides[1])
        own = [sum(t.speaker == pair.person for t in s.turns) for s in (pair.built, pair.tested)]
        assert own[0] >= own[1] > 0
        assert sum(own) == sum(nicks.count(pair.person) for nicks in spoken)
