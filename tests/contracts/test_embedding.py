"""What every text encoder must do, run against each adapter; and when the fast one is trusted."""

import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import run

import numpy as np
import pytest

from memory.adapters.bert_graph import is_plain_bert
from memory.adapters.onnx_bert import OnnxBertEmbedding
from memory.adapters.proven import PROBES, ProvenEmbedding
from memory.adapters.sentence_transformer import SentenceTransformerEmbedding
from memory.embedding import Embedding, Vectors
from persona.models import embedding_folder
from persona.settings import load_settings

NAME = "all-minilm-l6-v2"


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where the weights of the embedded encoder lie."""
    return embedding_folder(load_settings().models_dir)


@pytest.fixture(scope="module")
def by_torch(folder: Path) -> SentenceTransformerEmbedding:
    """The encoder as sentence-transformers runs it."""
    return SentenceTransformerEmbedding(str(folder), name=NAME, dimension=384)


@pytest.fixture(scope="module")
def by_onnx(folder: Path) -> OnnxBertEmbedding:
    """The same weights as onnxruntime runs them."""
    return OnnxBertEmbedding(folder, name=NAME, dimension=384)


@pytest.fixture(params=["by_torch", "by_onnx", "embedding"])
def encoder(request: pytest.FixtureRequest) -> Embedding:
    """Each of the encoders, the one in use last."""
    return request.getfixturevalue(request.param)


def test_gives_one_unit_vector_a_text_in_their_order(encoder: Embedding):
    texts = [f"{word} " * times for word in ("boat", "garden") for times in (1, 90, 3, 400)]
    vectors = encoder.embed(texts)
    assert vectors.shape == (len(texts), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert encoder.embed([text])[0] @ vector > 0.9999


def test_nothing_gives_no_vectors(encoder: Embedding):
    assert encoder.embed([]).shape == (0, encoder.dimension)


def test_a_question_lies_nearest_to_what_it_is_about(encoder: Embedding):
    texts = ["I sold the old car", "the soup needs salt", "our cat had three kittens"]
    query = encoder.embed_query("which animals were born?")
    assert query.shape == (encoder.dimension,)
    assert int((encoder.embed(texts) @ query).argmax()) == 2


def test_torch_and_onnx_give_the_same_vectors(
    by_torch: SentenceTransformerEmbedding, by_onnx: OnnxBertEmbedding
):
    texts = [*PROBES, "你好吗", "\n\t", "x" * 5000, "[MASK] [SEP] <b>", *map(str, range(90))]
    assert (by_torch.embed(texts) * by_onnx.embed(texts)).sum(axis=1).min() > 0.99999


def test_only_a_plain_bert_is_read(folder: Path, tmp_path: Path):
    assert is_plain_bert(folder)
    assert not is_plain_bert(tmp_path)


class _Fast:
    """An encoder whose vectors can be wrong, or that can't be loaded."""

    name, dimension = NAME, 384

    def __init__(self, like: Embedding, *, off: float = 0.0, broken: bool = False) -> None:
        self._like, self._off, self._broken = like, off, broken

    @property
    def build(self) -> str:
        if self._broken:
            raise RuntimeError("can't be loaded")
        return "made up"

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = self._like.embed(texts) + np.float32(self._off)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_query(self, text: str) -> Vectors:
        return self.embed([text])[0]


class _Counting:
    """An encoder that counts what it was asked."""

    def __init__(self, like: Embedding) -> None:
        self.name, self.dimension, self._like, self.asked = NAME, 384, like, 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += 1
        return self._like.embed(texts)

    def embed_query(self, text: str) -> Vectors:
        return self.embed([text])[0]


def _proven(fast: _Fast, sure: Embedding, folder: Path, place: Path) -> ProvenEmbedding:
    weights = folder / "model.safetensors"
    return ProvenEmbedding(fast, sure, weights=weights, proof=place / "cache" / "proof.json")


def test_the_fast_encoder_is_proven_once(by_onnx: OnnxBertEmbedding, folder: Path, tmp_path: Path):
    sure, fast = _Counting(by_onnx), _Fast(by_onnx)
    for _ in range(2):
        assert _proven(fast, sure, folder, tmp_path).chosen() is fast
    assert sure.asked == 1


def test_a_torn_proof_counts_as_none(by_onnx: OnnxBertEmbedding, folder: Path, tmp_path: Path):
    sure, fast = _Counting(by_onnx), _Fast(by_onnx)
    _proven(fast, sure, folder, tmp_path).embed_query("hello")
    (tmp_path / "cache" / "proof.json").write_text('["/work')
    assert _proven(fast, sure, folder, tmp_path).chosen() is fast
    assert sure.asked == 2


@pytest.mark.parametrize("ailing", [{"off": 0.01}, {"broken": True}, {"off": float("nan")}])
def test_an_encoder_that_fails_its_proof_is_not_used(
    ailing: dict[str, float], by_onnx: OnnxBertEmbedding, folder: Path, tmp_path: Path
):
    sure = _Counting(by_onnx)
    choice = _proven(_Fast(by_onnx, **ailing), sure, folder, tmp_path)  # pyright: ignore
    assert choice.embed_query("hello") @ by_onnx.embed_query("hello") > 0.9999
    assert choice.chosen() is sure
    assert not (tmp_path / "cache").exists()


def test_a_proven_encoder_needs_no_torch(embedding: Embedding):
    embedding.embed_query("gives proof, if there is none yet")
    program = (
        "import sys; from persona.bootstrap import minilm; "
        "from persona.settings import load_settings; "
        "minilm(load_settings().models_dir).embed_query('hello'); "
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert run([sys.executable, "-c", program], check=False).returncode == 0
