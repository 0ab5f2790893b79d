"""The fast voice for weak machines: hibari, one American woman, far faster than speech."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# What these libraries give is only half typed.

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from persona.errors import ModelProblem
from persona.voice.embedded import Sounded, say_clauses
from persona.voice.onnx_graph import extended, output
from persona.voice.speaking import Abilities, Manner
from persona.voice.speech import Speech

_DURATIONS = "/Clip_output_0"
_FRAME_SECONDS = 0.025
_PARTS = ["lh", "theta", "ln", "lr", "phi", "f0"]


class HibariVoice:
    """The fast voice."""

    name = "hibari:heart"
    abilities = Abilities(hosted=False, clones=False, knows_phones=True)

    def speak(self, clauses: Iterable[str], manner: Manner) -> Iterator[Speech]:
        """Say each clause."""
        return say_clauses(clauses, manner, lambda letters: _render(letters, manner.speed))


def _render(letters: list[int], speed: float) -> Sounded:
    from hibari import dsp  # pyright: ignore[reportMissingTypeStubs]  # it has no types

    synthesise: Any = dsp.synth
    inputs = {
        "ids": np.array([[0, *letters, 0]], np.int64),
        "speed": np.array([speed], np.float32),
    }
    *parts, frames = _network().run([*_PARTS, _DURATIONS], inputs)
    # The same noise each time, so that the same words are the same sound.
    sound: Any = synthesise(*(part[0] for part in parts), np.random.default_rng(0))
    lasts = np.asarray(frames, np.float32).reshape(-1) * _FRAME_SECONDS
    return Sounded(np.asarray(sound, np.float32), lasts.tolist())


@lru_cache(maxsize=1)
def _network() -> Any:
    import hibari  # pyright: ignore[reportMissingTypeStubs]  # it has no types
    import onnxruntime

    weights = Path(str(hibari.__file__)).parent / "assets" / "hibari.onnx"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # more threads cost more than they bring
    options.log_severity_level = 3
    model = extended(weights.read_bytes(), [output(_DURATIONS)])
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no family of errors of its own
        raise ModelProblem(
            "the fast voice can't be loaded", "install it anew: pip install hibari-tts==0.2.1"
        ) from error
