"""The network of Kokoro-82M (Hexgrad, Apache-2.0) with two taps that its ONNX file lacks.

The file takes letters, a style and a speed and gives sound. It knows more: how long each letter
lasts, and the pitch curve. Additions to the loaded graph bring the first out and let the second be
moved: the curve `f` that the network predicts becomes `pitch * f ** spread` before it is decoded.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from persona.errors import ModelProblem
from persona.voice.onnx_graph import extended, node, number_input, output, result_renamed
from persona.voice.sound import Samples

Style = NDArray[np.float32]
"""[256]: the first half colours the sound, the second carries pitch and pace."""

SAMPLE_RATE = 24_000
FRAME_SECONDS = 0.025
"""A phoneme lasts a whole number of these."""
STYLE = "/decoder/Slice_output_0"
FRAMES = "/encoder/MatMul_1_output_0"
CURVE = "/encoder/Reshape_output_0"
LOUDNESS = "/encoder/Reshape_1_output_0"
SOURCE = "/decoder/decoder/generator/Concat_3_output_0"
"""Values inside the graph that the decoder reads; the last is the harmonics of the pitch curve."""
_DURATIONS = "/encoder/Round_output_0"
_PITCH = "/encoder/F0_proj/Conv_output_0"
_PREDICTED = "/encoder/F0_proj/Conv_output_X"
REMEDY = "get it anew: selfsame models --fetch kokoro-82m"


class Rendered(NamedTuple):
    """What came out of the network."""

    samples: Samples
    durations: NDArray[np.float32]
    """[phonemes + 2]: seconds that each lasts; the first and last are the pauses around."""
    pitch: NDArray[np.float32]
    """[frames]: the curve in Hz, 80 a second, below 10 where there is no voice."""


class Prepared(NamedTuple):
    """What the decoder reads besides the style."""

    frames: NDArray[np.float32]
    curve: NDArray[np.float32]
    loudness: NDArray[np.float32]
    source: NDArray[np.float32]


class KokoroNetwork:
    """The loaded network; one is enough for all voices and threads."""

    def __init__(self, weights: Path, threads: int | None = None) -> None:
        """Load the network from its verified ONNX file."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads or 0
        try:
            self._session: Any = onnxruntime.InferenceSession(
                _tapped(weights.read_bytes()), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime has no family of errors of its own
            raise ModelProblem(
                f"onnxruntime can't load {weights.name}", "is there memory for it?"
            ) from error

    def render(
        self,
        phonemes: Sequence[int],
        style: Style,
        *,
        speed: float = 1.0,
        pitch: float = 1.0,
        spread: float = 1.0,
    ) -> Rendered:
        """Say phonemes, at most 509, in a style.

        Args:
            phonemes: their numbers in Kokoro's vocabulary.
            style: the voice.
            speed: 1 is the pace of the style, 2 twice as fast.
            pitch: factor of the pitch curve.
            spread: power of the pitch curve: above 1 livelier, below 1 flatter.
        """
        wanted = ["audio", _DURATIONS, _PITCH]
        samples, frames, curve = self._session.run(
            wanted, _inputs(phonemes, style, speed, pitch, spread)
        )
        lasts = np.maximum(frames.reshape(-1), 1.0).astype(np.float32) * np.float32(FRAME_SECONDS)
        return Rendered(
            np.asarray(samples, np.float32).reshape(-1), lasts, np.asarray(curve).reshape(-1)
        )

    def prepare(
        self,
        phonemes: Sequence[int],
        style: Style,
        *,
        speed: float = 1.0,
        pitch: float = 1.0,
        spread: float = 1.0,
    ) -> Prepared:
        """Return what the decoder would read to say phonemes in a style."""
        wanted = [FRAMES, CURVE, LOUDNESS, SOURCE]
        return Prepared(*self._session.run(wanted, _inputs(phonemes, style, speed, pitch, spread)))


def _inputs(
    phonemes: Sequence[int], style: Style, speed: float, pitch: float, spread: float
) -> dict[str, NDArray[Any]]:
    return {
        "tokens": np.array([[0, *phonemes, 0]], np.int64),
        "style": style.reshape(1, 256).astype(np.float32),
        "speed": np.array([speed], np.float32),
        "pitch": np.array([pitch], np.float32),
        "spread": np.array([spread], np.float32),
    }


def _tapped(model: bytes) -> bytes:
    """Return the ONNX file with the durations and a movable pitch curve."""
    try:
        renamed = result_renamed(model, _PITCH, _PREDICTED)
    except ValueError as error:
        raise ModelProblem("this isn't the Kokoro we know", REMEDY) from error
    additions = [
        node("Relu", [_PREDICTED], "pitch_voiced"),
        node("Pow", ["pitch_voiced", "spread"], "pitch_spread"),
        node("Mul", ["pitch_spread", "pitch"], _PITCH),
        *map(number_input, ("pitch", "spread")),
        *map(output, (_DURATIONS, _PITCH, FRAMES, CURVE, LOUDNESS, SOURCE)),
    ]
    return extended(renamed, additions)
