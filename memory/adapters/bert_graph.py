"""A BERT encoder as a graph for onnxruntime, written straight from the weights of its folder.

The graph is small and made anew at each start from the same file that torch would read, so there is
no second copy of the weights to go stale. It uses onnxruntime's joined operations, which do a
layer's attention and each addition with its normalisation in one step.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

Tensors = dict[str, NDArray[Any]]


class Graph(NamedTuple):
    """A model in two parts: what is done, and with which weights."""

    model: bytes
    """ONNX, its weights only named."""
    weights: Tensors


_OPERATIONS = "com.microsoft"
_WEIGHTS = "model.safetensors"
_POOLING = Path("1_Pooling/config.json")
_MEAN = "pooling_mode_mean_tokens"


def is_plain_bert(folder: Path) -> bool:
    """Say whether a model's folder holds what this file can write: a BERT and the mean of it."""
    try:
        config = _read(folder / "config.json")
        pooling = _read(folder / _POOLING)
        prompts = _read(folder / "config_sentence_transformers.json").get("prompts") or {}
    except (OSError, ValueError):
        return False
    modes = {key for key, used in pooling.items() if key.startswith("pooling_mode") and used}
    return (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and modes == {_MEAN}
        and not any(prompts.values())
        and (folder / _WEIGHTS).is_file()
        and (folder / "tokenizer.json").is_file()
    )


def dimension_of(folder: Path) -> int:
    """Return the length of the model's vectors."""
    return int(_read(folder / "config.json")["hidden_size"])


def longest_input(folder: Path) -> int:
    """Return how many tokens of a text the model reads."""
    return int(_read(folder / "sentence_bert_config.json")["max_seq_length"])


def bert_graph(folder: Path) -> Graph:
    """Return the model for onnxruntime.

    It takes `tokens` and `mask`, int32 [texts, length] filled up on the right, and gives `sums`,
    float32 [texts, 1, dimension]: the states of each text's tokens added up.
    """
    writer = _Writer(_tensors(folder / _WEIGHTS), _read(folder / "config.json"))
    return Graph(writer.write().SerializeToString(), writer.weights)


class _Writer:
    """Collects the nodes and weights of one graph."""

    def __init__(self, tensors: Tensors, config: Mapping[str, Any]) -> None:
        self._tensors = tensors
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self._nodes: list[onnx.NodeProto] = []
        self.weights: Tensors = {}

    def write(self) -> onnx.ModelProto:
        """Return the whole model."""
        state = self._embeddings()
        for layer in range(self._layers):
            state = self._layer(f"encoder.layer.{layer}", state)
        self._sums(state)
        shape = ["texts", "length"]
        graph = helper.make_graph(
            self._nodes,
            "bert",
            [
                helper.make_tensor_value_info(n, TensorProto.INT32, shape)
                for n in ("tokens", "mask")
            ],
            [helper.make_tensor_value_info("sums", TensorProto.FLOAT, ["texts", 1, None])],
            [_named(name, values) for name, values in self.weights.items()],
        )
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(_OPERATIONS, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8)

    def _embeddings(self) -> str:
        places, kinds = (
            self._tensors[f"embeddings.{name}_embeddings.weight"]
            for name in ("position", "token_type")
        )
        inputs = [
            "tokens",
            "",
            self._weight("words", self._tensors["embeddings.word_embeddings.weight"]),
            self._weight("places", places + kinds[0]),  # every text is of the first kind
            "",
            *self._norm("embeddings.LayerNorm"),
            "mask",
        ]
        self._node(
            "EmbedLayerNormalization", inputs, ["embedded", "lengths"], epsilon=self._epsilon
        )
        return "embedded"

    def _layer(self, name: str, state: str) -> str:
        attended = self._attention(f"{name}.attention", state)
        inner = self._product(f"{name}.intermediate.dense", attended)
        bent = f"{name}.bent"
        self._node("BiasGelu", [inner, self._bias(f"{name}.intermediate.dense")], [bent])
        return self._joined(f"{name}.output", bent, attended)

    def _attention(self, name: str, state: str) -> str:
        thirds = [f"{name}.self.{part}" for part in ("query", "key", "value")]
        weights = np.concatenate([self._tensors[f"{third}.weight"].T for third in thirds], axis=1)
        biases = np.concatenate([self._tensors[f"{third}.bias"] for third in thirds])
        inputs = [
            state,
            self._weight(f"{name}.weight", weights),
            self._weight(f"{name}.bias", biases),
            "lengths",
        ]
        self._node("Attention", inputs, [f"{name}.heads"], num_heads=self._heads)
        return self._joined(f"{name}.output", f"{name}.heads", state)

    def _joined(self, name: str, state: str, skipped: str) -> str:
        """Put `state` through a dense layer, add what was skipped, normalise."""
        product = self._product(f"{name}.dense", state)
        inputs = [product, skipped, *self._norm(f"{name}.LayerNorm"), self._bias(f"{name}.dense")]
        self._node("SkipLayerNormalization", inputs, [name], epsilon=self._epsilon)
        return name

    def _sums(self, state: str) -> None:
        self._node("Constant", [], ["axis"], domain="", value_ints=[1])
        self._node("Cast", ["mask"], ["share"], domain="", to=TensorProto.FLOAT)
        self._node("Unsqueeze", ["share", "axis"], ["row"], domain="")
        self._node("MatMul", ["row", state], ["sums"], domain="")

    def _product(self, name: str, state: str) -> str:
        weight = self._weight(f"{name}.weight", self._tensors[f"{name}.weight"].T)
        self._node("MatMul", [state, weight], [f"{name}.product"], domain="")
        return f"{name}.product"

    def _bias(self, name: str) -> str:
        return self._weight(f"{name}.bias", self._tensors[f"{name}.bias"])

    def _norm(self, name: str) -> tuple[str, str]:
        return (
            self._weight(f"{name}.weight", self._tensors[f"{name}.weight"]),
            self._weight(f"{name}.bias", self._tensors[f"{name}.bias"]),
        )

    def _weight(self, name: str, values: NDArray[Any]) -> str:
        self.weights[name] = np.require(values, requirements=("C", "A"))
        return name

    def _node(
        self,
        kind: str,
        inputs: list[str],
        outputs: list[str],
        domain: str = _OPERATIONS,
        **how: Any,
    ) -> None:
        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **how))


def _named(name: str, values: NDArray[Any]) -> onnx.TensorProto:
    """Describe a weight whose values are handed over beside the graph."""
    kind = helper.np_dtype_to_tensor_dtype(values.dtype)
    tensor = onnx.TensorProto(name=name, data_type=kind, dims=values.shape)
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="beside")
    return tensor


def _tensors(path: Path) -> Tensors:
    """Open a safetensors file: its length, a table in JSON, then the values; none is read yet."""
    values = np.memmap(path, np.uint8, "r")
    start = 8 + int(values[:8].view("<u8")[0])
    table = json.loads(bytes(values[8:start]))
    return {
        name: values[slice(*(start + at for at in entry["data_offsets"]))]
        .view(np.float32)
        .reshape(entry["shape"])
        for name, entry in table.items()
        if entry.get("dtype") == "F32"
    }


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
