"""A Qdrant server or cluster by URL; one collection for all twins, each point tied to its twin."""

import uuid
from collections.abc import Sequence

import numpy as np
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from memory.embedding import Vectors
from memory.errors import IndexProblem
from memory.index import Candidates, Point, Ranking
from memory.lexical import Terms

_IDS = uuid.UUID("7c1fbd0e-52c5-4dc4-9d3c-2a2c0f3a6f10")


def connect(url: str, api_key: str | None) -> QdrantClient:
    """Return a client of the server at `url`."""
    return QdrantClient(url=url, api_key=api_key)


class QdrantIndex:
    """Vector index on a server; `client` may also be an in-memory one."""

    def __init__(self, client: QdrantClient, dimension: int, *, home_key: str = "home") -> None:
        """Open the collection for vectors of `dimension`, made if it is not there.

        Args:
            client: a connected client.
            dimension: length of the dense vectors.
            home_key: tells the points of several homes on one server apart.
        """
        self._client = client
        self._collection = f"selfsame-{home_key}-{dimension}"
        self._ensure_collection(dimension)

    def upsert(self, twin_id: int, points: Sequence[Point]) -> None:
        """Write points durably, replacing those with the same ids."""
        if points:
            self._client.upsert(
                self._collection, points=[_as_struct(twin_id, p) for p in points], wait=True
            )

    def search(
        self, twin_id: int, dense: Vectors, terms: Terms, *, limit: int, owner: bool
    ) -> Candidates:
        """Return up to `limit` points by cosine and by BM25."""
        visible = _of_twin(twin_id, owner=owner)
        queries: list[models.Query] = [
            models.NearestQuery(nearest=dense.tolist()),
            models.NearestQuery(nearest=_sparse(terms)),
        ]
        requests = [
            models.QueryRequest(
                query=query, using=using, filter=visible, limit=limit, with_payload=["utterance_id"]
            )
            for query, using in zip(queries, ("dense", "bm25"), strict=True)
        ]
        found = self._client.query_batch_points(self._collection, requests=requests)
        return Candidates(*(_ranking(answer.points) for answer in found))

    def remove(self, twin_id: int, utterance_ids: Sequence[int] | None = None) -> None:
        """Remove the points named, or everything of the twin."""
        chosen: models.PointsSelector
        if utterance_ids is None:
            chosen = models.FilterSelector(filter=_of_twin(twin_id, owner=True))
        elif utterance_ids:
            chosen = models.PointIdsList(points=[_point_id(twin_id, u) for u in utterance_ids])
        else:
            return
        self._client.delete(self._collection, points_selector=chosen, wait=True)

    def count(self, twin_id: int) -> int:
        """Return how many points the twin has."""
        return self._client.count(
            self._collection, count_filter=_of_twin(twin_id, owner=True), exact=True
        ).count

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _ensure_collection(self, dimension: int) -> None:
        try:
            if self._client.collection_exists(self._collection):
                return
            self._create(dimension)
        except (ResponseHandlingException, UnexpectedResponse) as error:
            raise IndexProblem(
                f"the Qdrant server can't be used: {error}", "check SELFSAME_QDRANT_URL and its key"
            ) from error

    def _create(self, dimension: int) -> None:
        cosine = models.VectorParams(size=dimension, distance=models.Distance.COSINE)
        bm25 = models.SparseVectorParams(modifier=models.Modifier.IDF)
        self._client.create_collection(
            self._collection, vectors_config={"dense": cosine}, sparse_vectors_config={"bm25": bm25}
        )
        tenant = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
        self._client.create_payload_index(self._collection, "twin", field_schema=tenant)
        by_audience = models.PayloadSchemaType.KEYWORD
        self._client.create_payload_index(self._collection, "audience", field_schema=by_audience)


def _point_id(twin_id: int, utterance_id: int) -> str:
    return str(uuid.uuid5(_IDS, f"{twin_id}/{utterance_id}"))


def _as_struct(twin_id: int, point: Point) -> models.PointStruct:
    return models.PointStruct(
        id=_point_id(twin_id, point.utterance_id),
        vector={"dense": point.dense.tolist(), "bm25": _sparse(point.terms)},
        payload={
            "twin": str(twin_id),
            "audience": point.audience,
            "utterance_id": point.utterance_id,
        },
    )


def _of_twin(twin_id: int, *, owner: bool) -> models.Filter:
    must: list[models.Condition] = [
        models.FieldCondition(key="twin", match=models.MatchValue(value=str(twin_id)))
    ]
    if not owner:
        public = models.MatchValue(value="public")
        must.append(models.FieldCondition(key="audience", match=public))
    return models.Filter(must=must)


def _sparse(terms: Terms) -> models.SparseVector:
    return models.SparseVector(indices=list(terms.indices), values=list(terms.values))


def _ranking(points: Sequence[models.ScoredPoint]) -> Ranking:
    ids = ((point.payload or {})["utterance_id"] for point in points)
    return Ranking(
        np.fromiter(ids, np.int64, len(points)),
        np.fromiter((point.score for point in points), np.float32, len(points)),
    )
