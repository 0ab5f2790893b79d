"""Hearing on this machine: Whisper by CTranslate2."""

import math
import os
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from persona.errors import ModelProblem
from persona.voice.hearing import Transcript
from persona.voice.sound import Samples, resampled
from persona.voice.speech import Speech, TimedWord

_RATE = 16_000
_NO_SPEECH, _SURE = 0.6, -0.5
"""Taken for no speech: from this probability on, when the words are no likelier than this."""
_AT_ONCE = 25.0
"""Seconds up to which words alone are found in one look."""
_LEAST, _AFTER = 12.0, 4.0
"""Seconds of the shortest look, and of silence at the end of each: with less it repeats itself."""
_FRAMES = 100
"""Frames a second of what Whisper looks at."""
_TOKENS, _MORE_TOKENS = 10, 16
"""Tokens for each second of speech, and on top, after which it can only be repeating itself."""


class WhisperHearing:
    """A Whisper model in a folder."""

    hosted = False

    def __init__(self, folder: Path, name: str, threads: int | None = None) -> None:
        """Load the model.

        Raises:
            ModelProblem: it can't be loaded.
        """
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

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
        many = self._model.model.is_multilingual
        self._tokens: Any = Tokenizer(
            self._model.hf_tokenizer, many, task="transcribe", language="en"
        )

    def transcribe(self, speech: Speech, *, timed: bool = True) -> Transcript:
        """Return what is said."""
        samples = resampled(speech.samples, speech.sample_rate, _RATE)
        with self._lock:
            if timed or speech.seconds > _AT_ONCE:
                return self._timed(samples)
            return self._words_alone(samples)

    def _timed(self, samples: Samples) -> Transcript:
        found, _ = self._model.transcribe(
            samples,
            language="en",
            beam_size=5,
            temperature=0.0,  # trying again at others takes several times as long
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        segments = [s for s in found if s.no_speech_prob < _NO_SPEECH or s.avg_logprob > _SURE]
        words = [word for segment in segments for word in segment.words or ()]
        sure = [max(1e-3, word.probability) for word in words]
        return Transcript(
            text=" ".join("".join(s.text for s in segments).split()),
            words=tuple(TimedWord(w.word.strip(), float(w.start), float(w.end)) for w in words),
            confidence=math.exp(sum(map(math.log, sure)) / len(sure)) if sure else 0.0,
        )

    def _words_alone(self, samples: Samples) -> Transcript:
        """Look at little more than the speech: Whisper's usual 30 seconds take most of its time."""
        prompt = self._model.get_prompt(self._tokens, [], without_timestamps=True)
        most = _MORE_TOKENS + round(_TOKENS * len(samples) / _RATE)
        (found,) = self._model.model.generate(
            self._model.encode(self._look(samples)),
            [prompt],
            beam_size=5,
            max_length=len(prompt) + most,
            return_scores=True,
            return_no_speech_prob=True,
        )
        tokens, score = found.sequences_ids[0], float(found.scores[0])
        if len(tokens) >= most:
            return self._timed(samples)
        if found.no_speech_prob >= _NO_SPEECH and score <= _SURE:
            return Transcript(text="", confidence=0.0)
        text = " ".join(self._tokens.decode(tokens).split())
        return Transcript(text=text, confidence=math.exp(score))

    def _look(self, samples: Samples) -> Any:
        """Return the spectrum of speech and of the silence after it, [mels, frames]."""
        seconds = max(_LEAST, len(samples) / _RATE + _AFTER)
        frames = 2 * math.ceil(seconds * _FRAMES / 2)  # it looks at two of them as one
        padded = np.pad(samples, (0, frames * _RATE // _FRAMES - len(samples)))
        return self._model.feature_extractor(padded, padding=0)[:, :frames]
