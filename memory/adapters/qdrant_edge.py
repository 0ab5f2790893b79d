"""Qdrant's engine in process: one shard a twin in a folder of its own, nothing to start."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
import qdrant_edge as edge

from memory.embedding import Vectors
from memory.errors import HomeInUse, IndexProblem
from memory.index import Candidates, Point, Ranking
from memory.lexical import Terms

_FOR_ALL = edge.Filter(must=[edge.FieldCondition("audience", match=edge.MatchValue("public"))])


class QdrantEdgeIndex:
    """Vector index in a folder; one process at a time may open it."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension
        self._shards: dict[int, edge.EdgeShard] = {}
        self._lock = RLock()  # a shard is opened once and closed while nobody searches it

    def upsert(self, twin_id: int, points: Sequence[Point]) -> None:
        """Write points durably, replacing those with the same ids."""
        if not points:
            return
        with self._lock:
            shard = self._shard(twin_id)
            shard.update(edge.UpdateOperation.upsert_points([_as_edge(p) for p in points]))
            shard.flush()

    def search(
        self, twin_id: int, dense: Vectors, terms: Terms, *, limit: int, owner: bool
    ) -> Candidates:
        """Return up to `limit` points by cosine and by BM25."""
        visible = None if owner else _FOR_ALL
        by_meaning = edge.Query.Nearest(dense.tolist(), using="dense")
        by_words = edge.Query.Nearest(_sparse(terms), using="bm25")
        queries = [
            edge.QueryRequest(
                limit, query=by_meaning, filter=visible, params=edge.SearchParams(exact=True)
            ),
            edge.QueryRequest(limit, query=by_words, filter=visible),
        ]
        with self._lock:
            found = self._shard(twin_id).query_batch(edge.QueryBatchRequest(queries))
        return Candidates(*(_ranking(points) for points in found))

    def remove(self, twin_id: int, utterance_ids: Sequence[int] | None = None) -> None:
        """Remove the points named, or everything of the twin."""
        with self._lock:
            if utterance_ids is None:
                self._drop(twin_id)
            elif utterance_ids:
                shard = self._shard(twin_id)
                shard.update(edge.UpdateOperation.delete_points(list(utterance_ids)))
                shard.flush()

    def count(self, twin_id: int) -> int:
        """Return how many points the twin has."""
        with self._lock:
            return self._shard(twin_id).count(edge.CountRequest(exact=True))

    def close(self) -> None:
        """Flush and close every shard."""
        with self._lock:
            for shard in self._shards.values():
                shard.flush()
                shard.close()
            self._shards.clear()

    def _drop(self, twin_id: int) -> None:
        shard = self._shards.pop(twin_id, None)
        if shard is not None:
            shard.close()
        shutil.rmtree(self._path(twin_id), ignore_errors=True)

    def _path(self, twin_id: int) -> Path:
        return self._folder / f"twin-{twin_id}"

    def _shard(self, twin_id: int) -> edge.EdgeShard:
        if twin_id not in self._shards:
            self._shards[twin_id] = self._open(self._path(twin_id))
        return self._shards[twin_id]

    def _open(self, path: Path) -> edge.EdgeShard:
        try:
            if (path / "segments").exists():
                return edge.EdgeShard.load(str(path))
            return self._create(path)
        except Exception as error:  # the engine raises nothing more specific
            raise _translated(error, path) from error

    def _create(self, path: Path) -> edge.EdgeShard:
        shutil.rmtree(path, ignore_errors=True)  # what a kill in the middle of a creation left
        path.mkdir(parents=True)
        dense = edge.EdgeVectorParams(
            size=self._dimension,
            distance=edge.Distance.Cosine,
            datatype=edge.VectorStorageDatatype.Float16,  # half the pages, as good at finding
        )
        lexical = edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)
        config = edge.EdgeConfig(vectors={"dense": dense}, sparse_vectors={"bm25": lexical})
        shard = edge.EdgeShard.create(str(path), config)
        by_audience = edge.PayloadSchemaType.Keyword
        shard.update(edge.UpdateOperation.create_field_index("audience", by_audience))
        shard.flush()
        return shard


def _translated(error: Exception, path: Path) -> IndexProblem | HomeInUse:
    if "WouldBlock" in str(error):
        return HomeInUse(
            f"the index in {path.parent.parent} is open in another process",
            "close the other selfsame, or use another --home",
        )
    return IndexProblem(f"the index in {path} can't be opened: {error}", "run: selfsame reindex")


def _as_edge(point: Point) -> edge.Point:
    vectors: dict[str, Any] = {"dense": point.dense.tolist(), "bm25": _sparse(point.terms)}
    return edge.Point(point.utterance_id, vectors, {"audience": point.audience})


def _sparse(terms: Terms) -> edge.SparseVector:
    return edge.SparseVector(list(terms.indices), list(terms.values))


def _ranking(points: Sequence[edge.ScoredPoint]) -> Ranking:
    return Ranking(
        np.array([p.id for p in points], np.int64),
        np.array([p.score for p in points], np.float32),
    )
