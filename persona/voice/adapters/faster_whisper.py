"""Hearing on this machine: Whisper by CTranslate2."""

import math
import os
from pathlib import Path
from threading import Lock
from typing import Any

from persona.errors import ModelProblem
from persona.voice.hearing import Transcript
from persona.voice.sound import resampled
from persona.voice.speech import Speech, TimedWord

_RATE = 16_000
_NO_SPEECH = 0.6


class WhisperHearing:
    """A Whisper model in a folder."""

    hosted = False

    def __init__(self, folder: Path, name: str, threads: int | None = None) -> None:
        """Load the model.

        Raises:
            ModelProblem: it can't be loaded.
        """
        from faster_whisper import WhisperModel

        self.name = f"faster-whisper:{name}"
        self._lock = Lock()
        try:
            self._model: Any = WhisperModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads or min(4, os.cpu_count() or 1),
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelProblem(
                f"no Whisper model can be loaded from {folder}", "is it in CTranslate2's format?"
            ) from error

    def transcribe(self, speech: Speech) -> Transcript:
        """Return what is said, with the times of the words."""
        samples = resampled(speech.samples, speech.sample_rate, _RATE)
        with self._lock:
            found, _ = self._model.transcribe(
                samples,
                language="en",
                beam_size=5,
                temperature=0.0,  # trying again at others takes several times as long
                word_timestamps=True,
                condition_on_previous_text=False,
            )
            segments = [s for s in found if s.no_speech_prob < _NO_SPEECH or s.avg_logprob > -0.5]
        words = [word for segment in segments for word in segment.words or ()]
        sure = [max(1e-3, word.probability) for word in words]
        return Transcript(
            text=" ".join("".join(s.text for s in segments).split()),
            words=tuple(TimedWord(w.word.strip(), float(w.start), float(w.end)) for w in words),
            confidence=math.exp(sum(map(math.log, sure)) / len(sure)) if sure else 0.0,
        )
