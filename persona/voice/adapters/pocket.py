"""Pocket TTS of Kyutai: a small network that speaks on a CPU in the voice of a sample.

Its weights are the user's own download, named by the library's own YAML file; `pip install
"selfsame[pocket]"` brings the library. It tells no times, so they are found out here.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# What torch and the library give is only half typed.

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from persona.errors import SettingsProblem, VoiceProblem
from persona.voice.adapters.openai import respelt
from persona.voice.alignment import aligned
from persona.voice.reading import sayable
from persona.voice.sound import at_tempo, resampled
from persona.voice.speaking import Abilities, Manner
from persona.voice.speech import Speech

LONGEST_SAMPLE = 30.0
"""Seconds of the sample that it listens to."""


class PocketVoice:
    """The owner's voice by Pocket TTS; loads the network at its first word."""

    abilities = Abilities(hosted=False, clones=True, knows_phones=False)

    def __init__(self, config: Path, sample: Speech) -> None:
        """Take the library's YAML file that names the weights, and a sample of the owner."""
        self._config = config
        self._sample = sample
        self._opened: tuple[Any, Any] | None = None
        self._lock = Lock()  # the library says not to speak twice at once
        self.name = f"pocket:{config.stem}"

    def speak(self, clauses: Iterable[str], manner: Manner) -> Iterator[Speech]:
        """Say each clause.

        Raises:
            SettingsProblem: library or weights are not there.
        """
        for clause in clauses:
            text = sayable(clause)
            if any(character.isalnum() for character in text):
                yield aligned(self._said(text, manner))

    def _said(self, text: str, manner: Manner) -> Speech:
        with self._lock:
            model, voice = self._opened or self._open()
            try:
                sound = model.generate_audio(voice, respelt(text, manner))
            except (RuntimeError, ValueError) as error:
                raise VoiceProblem("Pocket TTS can't say this", "choose another voice") from error
        samples = np.clip(sound.numpy().astype(np.float32), -0.999, 0.999)
        rate: int = model.sample_rate
        if manner.speed != 1.0:
            samples = at_tempo(samples, rate, manner.speed)
        return Speech(samples=samples, sample_rate=rate, text=text)

    def _open(self) -> tuple[Any, Any]:
        import torch

        with _own_threads():
            model = _load(self._config)
            heard = resampled(self._sample.samples, self._sample.sample_rate, model.sample_rate)
            heard = heard[: int(LONGEST_SAMPLE * model.sample_rate)]
            voice = model.get_state_for_audio_prompt(torch.from_numpy(heard)[None])
        self._opened = model, voice
        return self._opened


def _load(config: Path) -> Any:
    try:
        from pocket_tts import TTSModel
    except ImportError:
        raise SettingsProblem(
            "Pocket TTS isn't installed", 'pip install "selfsame[pocket]"'
        ) from None
    try:
        return TTSModel.load_model(config=config)
    except (OSError, ValueError, RuntimeError) as error:
        raise SettingsProblem(
            f"{config.name} names no weights that Pocket TTS can load",
            "download them, and name their files in it",
        ) from error


@contextmanager
def _own_threads() -> Generator[None]:
    """Keep how many threads torch may use, which the library sets to one when it is imported."""
    import torch

    threads = torch.get_num_threads()
    try:
        yield
    finally:
        torch.set_num_threads(threads)
