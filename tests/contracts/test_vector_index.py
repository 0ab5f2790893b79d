"""What every vector index must do, run against each adapter."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qdrant_client import QdrantClient

from memory.adapters.qdrant import QdrantIndex
from memory.adapters.qdrant_edge import QdrantEdgeIndex
from memory.index import Point, VectorIndex
from memory.lexical import document_terms, query_terms
from memory.model import Audience

DIMENSION = 8


def _edge(folder: Path) -> VectorIndex:
    return QdrantEdgeIndex(folder, DIMENSION)


def _server(_folder: Path) -> VectorIndex:
    return QdrantIndex(QdrantClient(":memory:"), DIMENSION)


@pytest.fixture(params=[_edge, _server], ids=["edge", "client"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    make: Callable[[Path], VectorIndex] = request.param
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the in-memory client has no payload indexes and says so
        opened = make(tmp_path / "index")
    yield opened
    opened.close()


def _vector(seed: int) -> np.ndarray:
    vector = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
    return vector / np.linalg.norm(vector)


def _point(utterance_id: int, text: str = "words", audience: Audience = "public") -> Point:
    return Point(
        utterance_id=utterance_id,
        dense=_vector(utterance_id),
        terms=document_terms(text),
        audience=audience,
    )


def _found(
    index: VectorIndex, twin_id: int, text: str = "words", *, owner: bool = True
) -> set[int]:
    candidates = index.search(twin_id, _vector(1), query_terms(text), limit=50, owner=owner)
    return {*candidates.dense.ids.tolist(), *candidates.lexical.ids.tolist()}


def test_a_point_is_found_by_meaning_and_by_words(index: VectorIndex) -> None:
    index.upsert(1, [_point(1, "a red bicycle"), _point(2, "the old harbour")])
    candidates = index.search(1, _vector(2), query_terms("bicycle"), limit=5, owner=True)
    assert candidates.dense.ids[0] == 2
    assert candidates.dense.scores[0] == pytest.approx(1.0, abs=1e-3)  # kept in 16 bits
    assert candidates.lexical.ids.tolist() == [1]


def test_the_rarer_word_weighs_more(index: VectorIndex) -> None:
    common = [_point(i, "tea again") for i in range(1, 20)]
    index.upsert(1, [*common, _point(30, "harbour")])
    ranking = index.search(1, _vector(1), query_terms("tea harbour"), limit=3, owner=True).lexical
    assert ranking.ids[0] == 30


def test_writing_the_same_point_twice_keeps_one(index: VectorIndex) -> None:
    index.upsert(1, [_point(1, "old words")])
    index.upsert(1, [_point(1, "new thoughts")])
    assert index.count(1) == 1
    lexical = index.search(1, _vector(9), query_terms("old"), limit=5, owner=True).lexical
    assert not len(lexical.ids)


def test_what_only_the_owner_may_know_is_left_out_for_others(index: VectorIndex) -> None:
    index.upsert(1, [_point(1), _point(2, audience="owner")])
    assert _found(index, 1, owner=False) == {1}
    assert _found(index, 1, owner=True) == {1, 2}


def test_removed_points_are_gone(index: VectorIndex) -> None:
    index.upsert(1, [_point(1), _point(2)])
    index.remove(1, [1])
    assert _found(index, 1) == {2}
    index.remove(1)
    assert index.count(1) == 0


def test_removing_one_twin_leaves_the_others(index: VectorIndex) -> None:
    index.upsert(1, [_point(1)])
    index.upsert(2, [_point(1), _point(2)])
    index.remove(1)
    assert index.count(2) == 2


def test_an_empty_index_answers_with_nothing(index: VectorIndex) -> None:
    assert _found(index, 7) == set()
    assert index.count(7) == 0


@given(owners=st.lists(st.integers(1, 4), min_size=1, max_size=40), asked=st.integers(1, 5))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_search_returns_another_twins_points(
    index: VectorIndex, owners: list[int], asked: int
) -> None:
    for twin_id in range(1, 6):
        index.remove(twin_id)
    for utterance_id, twin_id in enumerate(owners, start=1):
        index.upsert(twin_id, [_point(utterance_id)])
    mine = {i for i, twin_id in enumerate(owners, start=1) if twin_id == asked}
    assert _found(index, asked) == mine
    assert index.count(asked) == len(mine)
