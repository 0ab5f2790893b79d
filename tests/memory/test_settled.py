"""What the index proposes is put in an order that does not hang on the index."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from memory.index import Candidates, Ranking, settled
from memory.recall import CANDIDATES
from memory.store import Memory
from tests.chats import ana, ben
from tests.conftest import Tell

POINTS = st.dictionaries(st.integers(1, 99), st.sampled_from([0.25, 0.5, 1.0]), max_size=12)


def ranking(points: list[tuple[int, float]]) -> Ranking:
    ids, scores = zip(*points, strict=True) if points else ((), ())
    return Ranking(np.array(ids, np.int64), np.array(scores, np.float32))


def found(points: list[tuple[int, float]], limit: int) -> list[tuple[int, float]]:
    one = ranking(points)
    settled_ = settled(Candidates(one, one), limit).lexical
    return list(zip(settled_.ids.tolist(), settled_.scores.tolist(), strict=True))


@given(POINTS, st.integers(1, 6), st.integers(0, 99))
def test_whichever_equals_come_through_the_result_is_the_same(
    points: dict[int, float], limit: int, seed: int
) -> None:
    chance = random.Random(seed)
    mixed = list(points.items())
    results: list[list[tuple[int, float]]] = []
    for _ in range(3):
        chance.shuffle(mixed)
        best = sorted(mixed, key=lambda point: -point[1])[:limit]
        results.append(found(best, limit))
    assert results[0] == results[1] == results[2]


def test_what_was_not_cut_off_is_all_kept() -> None:
    points = [(3, 1.0), (1, 0.5), (2, 0.5)]
    assert found(points, 4) == [(3, 1.0), (1, 0.5), (2, 0.5)]
    assert found(points, 3) == [(3, 1.0)]


def test_what_was_written_more_often_than_is_looked_at_is_found(memory: Memory, tell: Tell) -> None:
    tell(*(ana("lol", minutes=at) for at in range(CANDIDATES + 9)), ben("the bus is late", days=2))
    assert memory.recall("lol").hits[0].utterance.text == "lol"
