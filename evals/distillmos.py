"""DistillMOS: how natural speech sounds, from 1 to 5 (Stahl and Gamper 2025).

The network is small enough to be written down here; only its weights are taken from the package, by
checksum, so none of its other dependencies are needed, one of which would replace torch.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What torch gives is only half typed.

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from persona.voice.sound import Samples

if TYPE_CHECKING:
    from torch import Tensor, nn

RATE = 16_000
_SPAN, _STEP = 122_880, 16_000
"""Samples that are judged together, and how far apart the spans of longer speech begin at most."""
_WINDOW, _HOP, _POWER = 320, 160, 0.3
_CHANNELS = (2, 64, 64, 128, 256, 256, 256)
_FEATURES, _WIDTH, _HEADS, _LAYERS = 1024, 200, 8, 7
_LEAST = 1e-12


class DistillMos:
    """The network; used by one thread at a time."""

    def __init__(self, weights: Path) -> None:
        """Load the network from the package's `distill_mos_v7.pt`."""
        import torch
        from torch import nn

        state: dict[str, Tensor] = torch.load(weights, map_location="cpu", weights_only=True)[
            "model"
        ]

        def loaded(name: str, part: nn.Module) -> Any:
            inner = {k.removeprefix(name): v for k, v in state.items() if k.startswith(name)}
            part.load_state_dict(inner)
            return part.eval()

        layer = nn.TransformerEncoderLayer(_WIDTH, _HEADS, 2 * _WIDTH, 0.0, batch_first=True)
        stack = nn.TransformerEncoder(layer, _LAYERS, enable_nested_tensor=False)
        inside = "transformer_pool_attn.transformer."
        pool = "transformer_pool_attn.pool.linear"
        self._cnn = loaded("cnn.cnn.", _convolutions())
        self._norms = [
            loaded("transformer_pool_attn.norm_input.", nn.BatchNorm1d(_FEATURES)),
            loaded(f"{inside}norm.", nn.BatchNorm1d(_FEATURES)),
        ]
        self._narrowed = loaded(f"{inside}linear_proj.", nn.Linear(_FEATURES, _WIDTH))
        self._places = state[f"{inside}position_encoding.pe"]
        self._attending = loaded(f"{inside}transformer_encoder.", stack)
        self._norm = loaded("transformer_pool_attn.norm_trans.", nn.BatchNorm1d(_WIDTH))
        self._weighing = nn.Sequential(
            loaded(f"{pool}1.", nn.Linear(_WIDTH, 2 * _WIDTH)),
            nn.ReLU(),
            loaded(f"{pool}2.", nn.Linear(2 * _WIDTH, 1)),
        )
        self._verdict = loaded(f"{pool}3.", nn.Linear(_WIDTH, 1))

    def __call__(self, samples: Samples) -> float:
        """Return the score of speech at 16 kHz."""
        import torch

        with torch.no_grad():
            judged = self._judge(_compressed(torch.from_numpy(_spans(samples))))
            return float((1 + 4 * torch.sigmoid(judged)).mean())

    def _judge(self, spectra: "Tensor") -> "Tensor":
        """Return a verdict for each spectrum of [spans, 2, bins, frames]."""
        found = self._cnn(spectra).flatten(1, 2)
        for norm in self._norms:
            found = norm(found)
        found = self._attending(self._narrowed(found.transpose(1, 2)) + self._places)
        found = self._norm(found.transpose(1, 2)).transpose(1, 2)
        share = self._weighing(found).softmax(dim=1)
        return self._verdict((share * found).sum(dim=1))


def _spans(samples: Samples) -> NDArray[np.float32]:
    """Return sound in spans of one length, each as loud as can be; short sound is filled up."""
    padded = np.pad(samples, (0, max(0, _SPAN - len(samples))))
    over = len(padded) - _SPAN
    starts = [int(share * over) for share in np.linspace(0, 1, -(-over // _STEP) + 1)]
    spans = np.stack([padded[at : at + _SPAN] for at in starts])
    return (spans / (np.abs(spans).max(axis=1, keepdims=True) + 1e-8)).astype(np.float32)


def _compressed(spans: "Tensor") -> "Tensor":
    """Return complex spectra whose magnitudes are compressed, [spans, 2, bins, frames]."""
    import torch

    beside = (_WINDOW - _HOP) // 2
    padded = torch.nn.functional.pad(spans, (beside, beside), mode="reflect")
    waves = torch.stft(
        padded,
        _WINDOW,
        _HOP,
        window=torch.hann_window(_WINDOW),
        center=False,
        return_complex=True,
    )
    compressed = waves * waves.abs().clip(_LEAST) ** (_POWER - 1)
    return torch.view_as_real(compressed).permute(0, 3, 1, 2)


def _convolutions() -> "nn.Sequential":
    from torch import nn

    layers: list[nn.Module] = []
    last = len(_CHANNELS) - 2
    for number, (given, made) in enumerate(pairwise(_CHANNELS)):
        stride = (2 if number else 1, 2 if number == last else 1)
        layers += [nn.Conv2d(given, made, 3, stride, (0, 1)), nn.LeakyReLU(0.1)]
    return nn.Sequential(*layers)
