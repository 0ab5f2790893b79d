"""The two ways to run the embedded encoder, side by side: how fast, and how alike."""

from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from evals.made_up_chat import made_up_texts
from memory.embedding import Embedding, Vectors
from persona.bootstrap import minilm

_TEXTS = 512
_ROUNDS = 3


def compare_encoders(models_dir: Path) -> dict[str, Any]:
    """Embed the same made-up messages by torch and by onnxruntime, in turns; the median counts."""
    both = minilm(models_dir)
    texts = made_up_texts(_TEXTS)
    ways: dict[str, Embedding] = {"torch": both.sure, "onnxruntime": both.fast}
    vectors: dict[str, Vectors] = {name: way.embed(texts) for name, way in ways.items()}
    rounds = [{name: _paces(way, texts) for name, way in ways.items()} for _ in range(_ROUNDS)]
    cosines = (vectors["torch"] * vectors["onnxruntime"]).sum(axis=1)
    return {
        name: {
            "per_second": _median([paces[name][0] for paces in rounds]),
            "per_processor_second": _median([paces[name][1] for paces in rounds]),
        }
        for name in ways
    } | {"lowest_cosine": round(float(cosines.min()), 7), "in_use": _name_of(both.chosen(), ways)}


def _paces(way: Embedding, texts: list[str]) -> tuple[float, float]:
    started, spent = perf_counter(), process_time()
    way.embed(texts)
    return len(texts) / (perf_counter() - started), len(texts) / (process_time() - spent)


def _median(values: list[float]) -> int:
    return round(sorted(values)[len(values) // 2])


def _name_of(chosen: Embedding, ways: dict[str, Embedding]) -> str:
    return next(name for name, way in ways.items() if way is chosen)
