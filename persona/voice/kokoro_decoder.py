"""Kokoro's decoder as a function that can be differentiated, for fitting a style to a voice.

The weights are those of the ONNX file. Its rounding to eight bits is left out on the way, since a
rounded function has no slope; what comes out differs from the original by less than one hears.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# What these libraries give is only half typed.

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

from persona.voice.kokoro_network import CURVE, FRAMES, LOUDNESS, SOURCE, STYLE, Prepared

_SPECTRUM = "/decoder/decoder/generator/conv_post/Conv_output_0"
_SIZE, _HOP = 20, 5
_SEGMENTS = 24
"""What happens inside one is worked out twice rather than kept, which saves gigabytes."""


class KokoroDecoder:
    """The decoder."""

    def __init__(self, weights: Path) -> None:
        """Read the decoder's part of a verified ONNX file."""
        import onnx

        graph: Any = onnx.load(str(weights)).graph
        self._values: dict[str, Any] = {
            tensor.name: torch.from_numpy(np.array(onnx.numpy_helper.to_array(tensor)))
            for tensor in graph.initializer
        }
        steps = [_Step.of(node, varies=varies) for node, varies in _needed(graph)]
        for step in steps:
            if not step.varies:
                step.run(self._values)
        self._steps = [step for step in steps if step.varies]
        self._done = _last_used(self._steps)
        for step in self._steps:
            if step.kind in ("ConvInteger", "MatMulInteger"):
                self._widen(*step.inputs[1:2], *step.inputs[3:4])

    def __call__(self, prepared: Prepared, style: Tensor) -> Tensor:
        """Return the sound, [n], of one utterance in a style, [128]."""
        values: dict[str, Any] = dict(self._values)
        values[STYLE] = style.reshape(1, -1)
        inner = map(torch.from_numpy, prepared)
        values |= zip((FRAMES, CURVE, LOUDNESS, SOURCE), inner, strict=True)
        size = -(-len(self._steps) // _SEGMENTS)
        for first in range(0, len(self._steps), size):
            values = checkpoint(self._run, values, first, first + size, use_reentrant=False)
        both = values[_SPECTRUM]
        bins = _SIZE // 2 + 1
        spectrum, phase = torch.exp(both[:, :bins]), torch.sin(both[:, bins:])
        wave = torch.istft(
            torch.polar(spectrum, phase), _SIZE, _HOP, window=torch.hann_window(_SIZE)
        )
        return wave.reshape(-1)

    def _widen(self, name: str, zero: str = "") -> None:
        """Keep eight-bit weights as the numbers they stand for."""
        weight = self._values[name]
        if not weight.is_floating_point():
            shift: Any = self._values[zero].float() if zero else 0.0
            if zero and weight.dim() == 3 and shift.dim():  # a filter's are for each channel
                shift = shift.reshape(-1, 1, 1)
            self._values[name] = weight.float() - shift

    def _run(self, values: dict[str, Any], first: int, last: int) -> dict[str, Any]:
        """Return what is known after some steps and still needed."""
        known = dict(values)
        for step, done in zip(self._steps[first:last], self._done[first:last], strict=True):
            step.run(known)
            for name in done:
                known.pop(name, None)
        return known


class _Step(NamedTuple):
    """A node of the graph."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    options: dict[str, Any]
    name: str
    varies: bool
    """Whether it needs what is only known when speaking."""

    @classmethod
    def of(cls, node: Any, *, varies: bool) -> "_Step":
        import onnx

        options = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        inputs, outputs = tuple(node.input), tuple(node.output)
        return cls(node.op_type, inputs, outputs, options, node.name, varies)

    def run(self, values: dict[str, Any]) -> None:
        given = [values[name] if name else None for name in self.inputs]
        if self.kind in ("Floor", "Cast") and "bias" in self.name:
            result: Any = given[0]
        else:
            result = _KINDS[self.kind](self.options, *given)
        results = result if isinstance(result, tuple) else (result,)
        values |= zip(self.outputs, results, strict=False)


def _needed(graph: Any) -> list[tuple[Any, bool]]:
    """Return the nodes between what is prepared and the spectrum, each with whether it varies."""
    made_by = {name: node for node in graph.node for name in node.output}
    given = {STYLE, FRAMES, CURVE, LOUDNESS, SOURCE}
    order: dict[int, tuple[Any, bool]] = {}
    varies: dict[str, bool] = dict.fromkeys(given, True)

    def visit(name: str) -> bool:
        if name not in varies:
            varies[name] = False
            if node := made_by.get(name):
                each = [visit(one) for one in node.input]  # all of them, so not lazily
                found = any(each)
                varies.update(dict.fromkeys(node.output, found))
                order[id(node)] = node, found
        return varies[name]

    with _deep_recursion():
        visit(_SPECTRUM)
    return list(order.values())


def _last_used(steps: Sequence[_Step]) -> list[list[str]]:
    """Return for each step the values on the way that no later step needs."""
    made = {name for step in steps for name in step.outputs} - {_SPECTRUM}
    seen: set[str] = set()
    done: list[list[str]] = []
    for step in reversed(steps):
        mine = ({*step.inputs, *step.outputs} & made) - seen
        seen |= mine
        done.append(sorted(mine))
    return done[::-1]


@contextmanager
def _deep_recursion() -> Generator[None]:
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


def _conv(options: dict[str, Any], x: Tensor, weight: Tensor, *rest: Any) -> Tensor:
    bias = rest[0] if rest else None
    return F.conv1d(
        x,
        weight,
        bias,
        stride=options["strides"][0],
        padding=options["pads"][0],
        dilation=options["dilations"][0],
        groups=options["group"],
    )


def _conv_integer(options: dict[str, Any], x: Tensor, weight: Tensor, *_: Any) -> Tensor:
    return _conv(options, x, weight)


def _matmul_integer(_: dict[str, Any], x: Tensor, weight: Tensor, *_zeros: Any) -> Tensor:
    return x @ weight


def _conv_transpose(
    options: dict[str, Any], x: Tensor, weight: Tensor, bias: Tensor | None = None
) -> Tensor:
    return F.conv_transpose1d(
        x,
        weight,
        bias,
        stride=options["strides"][0],
        padding=options["pads"][0],
        output_padding=options.get("output_padding", [0])[0],
        groups=options["group"],
        dilation=options["dilations"][0],
    )


def _reduce_mean(options: dict[str, Any], x: Tensor, axes: Any = None) -> Tensor:
    along = options["axes"] if axes is None else axes.tolist()
    return x.mean(tuple(along), keepdim=bool(options.get("keepdims", 1)))


def _unsqueeze(options: dict[str, Any], x: Tensor, axes: Any = None) -> Tensor:
    for axis in options["axes"] if axes is None else axes.reshape(-1).tolist():
        x = x.unsqueeze(axis)
    return x


def _squeeze(_: dict[str, Any], x: Tensor, axes: Tensor) -> Tensor:
    return x.squeeze(tuple(axes.reshape(-1).tolist()))


def _split(options: dict[str, Any], x: Tensor, sizes: Any = None) -> tuple[Tensor, ...]:
    axis = options.get("axis", 0)
    if sizes is None:
        return x.chunk(options.get("num_outputs", 2), axis)
    return x.split(sizes.tolist(), axis)


def _resize(_: dict[str, Any], x: Tensor, _roi: Any, scales: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=float(scales[-1]), mode="nearest")


def _pad(options: dict[str, Any], x: Tensor, pads: Tensor, *_: Any) -> Tensor:
    half = len(pads) // 2
    return F.pad(x, [int(pads[half - 1]), int(pads[-1])], mode=options["mode"].decode())


def _slice(_: dict[str, Any], x: Tensor, start: Any, end: Any, axes: Any, _step: Any) -> Tensor:
    where = [slice(None)] * x.dim()
    where[int(axes[0])] = slice(int(start[0]), min(int(end[0]), 1 << 40))
    return x[tuple(where)]


def _quantize(_: dict[str, Any], x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return x, torch.tensor(1.0), torch.tensor(0.0)


_KINDS: dict[str, Callable[..., Any]] = {
    "Add": lambda _, a, b: a + b,
    "Sub": lambda _, a, b: a - b,
    "Mul": lambda _, a, b: a * b,
    "Div": lambda _, a, b: a / b,
    "Pow": lambda _, a, b: a * a if float(b.reshape(-1)[0]) == 2 else a**b,
    "Sqrt": lambda _, a: a.sqrt(),
    "Sin": lambda _, a: a.sin(),
    "Cast": lambda _, a: a,
    "Floor": lambda _, a: a.floor(),
    "LeakyRelu": lambda o, a: F.leaky_relu(a, o.get("alpha", 0.01)),
    "Concat": lambda o, *parts: torch.cat(parts, o["axis"]),
    "Reshape": lambda _, a, shape: a.reshape([int(n) for n in shape]),
    "Transpose": lambda o, a: a.permute(*o["perm"]),
    "Gather": lambda o, a, at: a.index_select(o.get("axis", 0), at.reshape(-1)),
    "DequantizeLinear": lambda _, q, scale, zero=0: (q.float() - zero) * scale,
    "DynamicQuantizeLinear": _quantize,
    "Conv": _conv,
    "ConvInteger": _conv_integer,
    "ConvTranspose": _conv_transpose,
    "MatMulInteger": _matmul_integer,
    "ReduceMean": _reduce_mean,
    "Unsqueeze": _unsqueeze,
    "Squeeze": _squeeze,
    "Split": _split,
    "Resize": _resize,
    "Pad": _pad,
    "Slice": _slice,
}
