"""Which way an encoder is run: by onnxruntime wherever its files allow it."""

import os
import sys
from pathlib import Path
from subprocess import run

from memory.adapters.onnx_bert import OnnxBertEmbedding
from memory.adapters.proven import ProvenEmbedding
from memory.adapters.sentence_transformer import SentenceTransformerEmbedding
from persona.bootstrap import open_embedding
from persona.models import embedding_folder
from persona.settings import load_settings

CHOOSE = """
from persona.bootstrap import open_embedding
from persona.settings import load_settings
encoder = open_embedding(load_settings(embedding="sentence-transformers:someone/some-bert"))
print(type(encoder).__name__, encoder.name, encoder.dimension)
"""


def _folder() -> Path:
    return embedding_folder(load_settings().models_dir)


def test_a_folder_with_a_plain_bert_is_run_by_onnx():
    encoder = open_embedding(load_settings(embedding=f"sentence-transformers:{_folder()}"))
    assert isinstance(encoder, ProvenEmbedding)
    assert isinstance(encoder.chosen(), OnnxBertEmbedding)
    assert encoder.dimension == 384


def test_a_folder_of_another_kind_is_left_to_sentence_transformers(tmp_path: Path):
    encoder = open_embedding(load_settings(embedding=f"sentence-transformers:{tmp_path}"))
    assert isinstance(encoder, SentenceTransformerEmbedding)


def test_a_name_not_downloaded_yet_is_left_to_sentence_transformers():
    encoder = open_embedding(load_settings(embedding="sentence-transformers:nobody/has-this"))
    assert isinstance(encoder, SentenceTransformerEmbedding)


def test_what_was_downloaded_is_run_by_onnx(tmp_path: Path):
    cache = tmp_path / "hub" / "models--someone--some-bert"
    (cache / "snapshots").mkdir(parents=True)
    (cache / "refs").mkdir()
    (cache / "refs" / "main").write_text("abc")
    (cache / "snapshots" / "abc").symlink_to(_folder())
    chosen = run(
        [sys.executable, "-c", CHOOSE],
        env={**os.environ, "HF_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert chosen.stdout.split() == ["ProvenEmbedding", "someone/some-bert", "384"]
