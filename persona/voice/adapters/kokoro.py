"""The embedded voices: Kokoro-82M in one of its own styles, or in one fitted to the owner."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from persona.voice.embedded import SAMPLE_RATE, Sounded, say_clauses
from persona.voice.envelope import filtered
from persona.voice.kokoro_network import KokoroNetwork, Rendered
from persona.voice.sound import Samples, at_level
from persona.voice.speaking import Abilities, Manner
from persona.voice.speech import Speech

Pack = NDArray[np.float32]
"""[510, 256]: a style for each number of letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A style with all that makes it one person's."""

    name: str
    pack: Pack
    pitch: float = 1.0
    """Factor of the pitch."""
    spread: float = 1.0
    """Liveliness of the pitch: its distance from the middle is multiplied by this."""
    middle: float = 150.0
    """Hz that `spread` leaves where it is."""
    speed: float = 1.0
    gains: tuple[float, ...] = ()
    """dB in the bands of `envelope.BANDS`; empty leaves the colour of the sound alone."""
    level: float | None = None
    """Loudness in dB below full scale; as it comes when None."""


class KokoroVoice:
    """A voice of Kokoro."""

    abilities = Abilities(hosted=False, clones=False, knows_phones=True)

    def __init__(self, network: KokoroNetwork, voice: Voice) -> None:
        self._network = network
        self._voice = voice

    @property
    def name(self) -> str:
        """The voice as `provider:voice`."""
        return f"kokoro:{self._voice.name}"

    def speak(self, clauses: Iterable[str], manner: Manner) -> Iterator[Speech]:
        """Say each clause."""
        return say_clauses(
            clauses,
            manner,
            lambda letters: sound(self._network, self._voice, letters, manner.speed),
        )


def sound(network: KokoroNetwork, voice: Voice, letters: list[int], speed: float = 1.0) -> Sounded:
    """Make letters sound in a voice."""
    rendered = render(network, voice, letters, speed)
    samples = coloured(rendered.samples, voice)
    return Sounded(samples, rendered.durations.tolist())


def render(
    network: KokoroNetwork, voice: Voice, letters: list[int], speed: float = 1.0
) -> Rendered:
    """Return what the network makes of letters, before its colour is applied."""
    return network.render(
        letters,
        voice.pack[min(len(letters), len(voice.pack) - 1)],
        **pace(voice, speed),
    )


def pace(voice: Voice, speed: float = 1.0) -> dict[str, float]:
    """Return the speed and the change of pitch that the network is told for a voice."""
    return {
        "speed": voice.speed * speed,
        "pitch": voice.pitch * voice.middle ** (1 - voice.spread),
        "spread": voice.spread,
    }


def coloured(samples: Samples, voice: Voice) -> Samples:
    """Return rendered samples with the colour and loudness of a voice."""
    if voice.gains:
        samples = filtered(samples, SAMPLE_RATE, np.array(voice.gains, np.float32))
    return samples if voice.level is None else at_level(samples, voice.level)
