"""Text embedding by onnxruntime, for encoders of BERT's shape: torch's vectors in half the time.

It needs neither torch nor sentence-transformers, which also saves the seconds of importing them.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# What these libraries give is only half typed.

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from memory.embedding import Vectors

_TOKENS_AT_ONCE = 512
"""Tokens of one run, filling included: what larger runs compute no longer fits a core's cache."""


class _Loaded(NamedTuple):
    session: Any
    tokenizer: Any
    graph: str
    """Hash of the graph."""


class OnnxBertEmbedding:
    """Loads the model at its first use, once."""

    def __init__(self, folder: Path, *, name: str, dimension: int) -> None:
        """Prepare the encoder in `folder`, which must be a plain BERT."""
        self.name = name
        self.dimension = dimension
        self._folder = folder
        self._loaded: _Loaded | None = None
        self._lock = Lock()  # two first uses at once must not load it twice

    @property
    def build(self) -> str:
        """What its vectors depend on: the graph and the version that runs it."""
        return f"{self._model().graph} onnxruntime {version('onnxruntime')}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape [len(texts), dimension]."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens = [text.ids for text in self._model().tokenizer.encode_batch(list(texts))]
        batches = list(_batches([len(ids) for ids in tokens]))
        if len(batches) == 1:
            return self._run(tokens)
        with ThreadPoolExecutor(_cores()) as cores:
            runs = cores.map(self._run, ([tokens[i] for i in at] for at in batches))
            for at, found in zip(batches, runs, strict=True):
                vectors[at] = found
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape [dimension]."""
        return self.embed([text])[0]

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        filled = np.zeros((len(tokens), max(map(len, tokens))), np.int32)
        mask = np.zeros_like(filled)
        for row, ids in enumerate(tokens):
            filled[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        (sums,) = self._model().session.run(["sums"], {"tokens": filled, "mask": mask})
        return sums[:, 0] / np.linalg.norm(sums[:, 0], axis=1, keepdims=True)

    def _model(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._folder)
        return self._loaded


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts of like length, so that little is filled up, a run at a time."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and (end + 1 - start) * lengths[order[end]] <= _TOKENS_AT_ONCE:
            end += 1
        yield order[start:end]
        start = end


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _load(folder: Path) -> _Loaded:
    import onnxruntime
    from tokenizers import Tokenizer

    from memory.adapters.bert_graph import bert_graph, longest_input

    graph = bert_graph(folder)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # a batch to each core: no core waits for another
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(w) for w in graph.weights.values()]
    options.add_external_initializers(list(graph.weights), values)
    session = onnxruntime.InferenceSession(graph.model, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(longest_input(folder))
    tokenizer.no_padding()
    return _Loaded(session, tokenizer, sha256(graph.model).hexdigest())
