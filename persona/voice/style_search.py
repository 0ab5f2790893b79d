"""Moving a style towards a voice: gradient ascent on likeness, through decoder and speaker encoder.

Only the half of the style that colours the sound moves, and a filter of 32 bands with it. Both are
held near where they began, since far from any style that Kokoro was trained with speech gets lost.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from persona.voice.envelope import BANDS, Spectrum
from persona.voice.kokoro_decoder import KokoroDecoder
from persona.voice.kokoro_network import SAMPLE_RATE, Prepared
from persona.voice.speaker import RATE, Embedding, SpeakerEncoder

_STYLE_STEP, _GAIN_STEP = 0.12, 0.4
_STYLE_HOLD, _GAIN_HOLD = 3e-3, 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A point of the search."""

    offset: NDArray[np.float32]
    """[128]: what is added to the first half of the style."""
    gains: Spectrum


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What the search is for."""

    embedding: Embedding
    """The voice to come near to."""
    level: float
    """Loudness in dB that speech is brought to before it is embedded."""
    scale: NDArray[np.float32]
    """[128]: how much the stock styles differ in each number."""


Watch = Callable[[int, Found], bool]
"""Told of points on the way with their step; a true answer ends the search."""


def climb(
    decoder: KokoroDecoder,
    encoder: SpeakerEncoder,
    said: Sequence[tuple[Prepared, NDArray[np.float32]]],
    gains: Spectrum,
    aim: Aim,
    *,
    steps: int,
    watch: Watch,
) -> None:
    """Search from some utterances, each with the first half of its style, and a filter.

    Args:
        decoder: makes an utterance sound.
        encoder: tells how near it is.
        said: the utterances that take turns.
        gains: the filter to begin with.
        aim: what to come near to.
        steps: how many to take.
        watch: is shown every step.
    """
    scale, wanted = torch.from_numpy(aim.scale), torch.from_numpy(aim.embedding)
    first = torch.from_numpy(gains.astype(np.float32))
    moved = torch.zeros(len(scale), requires_grad=True)
    filtering = first.clone().requires_grad_()
    groups: list[dict[str, Any]] = [
        {"params": [moved], "lr": _STYLE_STEP},
        {"params": [filtering], "lr": _GAIN_STEP},
    ]
    optimiser = torch.optim.Adam(groups, betas=(0.8, 0.95))
    torch.set_flush_denormal(True)
    for step in range(steps):
        prepared, style = said[step % len(said)]
        optimiser.zero_grad()
        sound = decoder(prepared, torch.from_numpy(style) + moved * scale)
        alike = encoder.embed_tensor(_levelled(_filtered(sound, filtering), aim.level)) @ wanted
        held = _STYLE_HOLD * moved.pow(2).mean() + _GAIN_HOLD * (filtering - first).pow(2).mean()
        (held - alike).backward()  # pyright: ignore[reportUnknownMemberType]
        optimiser.step()
        offset = (moved * scale).detach().numpy().copy()
        if watch(step + 1, Found(offset=offset, gains=filtering.detach().numpy().copy())):
            return


def _filtered(sound: Tensor, gains: Tensor) -> Tensor:
    """Return sound with each band louder by `gains` dB, at the rate of the speaker encoder."""
    whole = len(sound) // 3 * 3
    spectrum = torch.fft.rfft(sound[:whole])
    places = np.interp(np.fft.rfftfreq(whole, 1 / SAMPLE_RATE), BANDS, np.arange(len(BANDS)))
    low = torch.from_numpy(np.minimum(places.astype(np.int64), len(BANDS) - 2))
    share = torch.from_numpy(places.astype(np.float32)) - low
    decibels = gains[low] * (1 - share) + gains[low + 1] * share
    kept = whole * RATE // SAMPLE_RATE
    louder = (spectrum * 10 ** (decibels / 20))[: kept // 2 + 1]
    return torch.fft.irfft(louder, kept) * (RATE / SAMPLE_RATE)


def _levelled(sound: Tensor, level: float) -> Tensor:
    return sound * (10 ** (level / 20) / sound.pow(2).mean().sqrt())
