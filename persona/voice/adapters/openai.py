"""OpenAI's voices and transcription, or those of a server that speaks its API."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from persona.errors import VoiceProblem
from persona.voice.alignment import aligned
from persona.voice.hearing import Transcript
from persona.voice.reading import sayable
from persona.voice.sound import from_pcm, wav_bytes
from persona.voice.speaking import Abilities, Manner
from persona.voice.speech import Speech, TimedWord

if TYPE_CHECKING:
    from openai import OpenAI, OpenAIError

_MODEL = "gpt-4o-mini-tts"
_SAMPLE_RATE = 24_000
_WITH_WORDS = "whisper-1"


class OpenAIVoice:
    """A voice of OpenAI; when its phones fall is found out here, since it doesn't say."""

    abilities = Abilities(hosted=True, clones=False, knows_phones=False)

    def __init__(self, client: "OpenAI", voice: str) -> None:
        """Take a voice, such as `marin`, or `MODEL/VOICE`."""
        model, _, name = voice.rpartition("/")
        self._client, self._model, self._voice = client, model or _MODEL, name

    @property
    def name(self) -> str:
        """The voice as `provider:voice`."""
        return f"openai:{self._voice}"

    def speak(self, clauses: Iterable[str], manner: Manner) -> Iterator[Speech]:
        """Say each clause."""
        from openai import OpenAIError

        for clause in clauses:
            text = sayable(clause)
            if not any(character.isalnum() for character in text):
                continue
            try:
                answer = self._client.audio.speech.create(
                    model=self._model,
                    voice=self._voice,
                    input=respelt(text, manner),
                    response_format="pcm",
                    speed=manner.speed,
                )
                pcm = answer.content
            except OpenAIError as error:
                raise problem(error) from None
            samples = from_pcm(pcm[: len(pcm) // 2 * 2])
            yield aligned(Speech(samples=samples, sample_rate=_SAMPLE_RATE, text=text))


class OpenAIHearing:
    """Transcription by OpenAI."""

    hosted = True

    def __init__(self, client: "OpenAI", model: str) -> None:
        self._client, self._model = client, model
        self.name = f"openai:{model}"

    def transcribe(self, speech: Speech, *, timed: bool = True) -> Transcript:
        """Return what is said; with the times of words where wanted and the model gives them."""
        from openai import OpenAIError, omit

        file = ("speech.wav", wav_bytes(speech))
        try:
            if self._model == _WITH_WORDS:
                return self._with_words(file, timed=timed)
            plain = self._client.audio.transcriptions.create(
                model=self._model,
                file=file,
                include=["logprobs"] if _tells_chances(self._model) else omit,
            )
        except OpenAIError as error:
            raise problem(error) from None
        chances = [token.logprob for token in plain.logprobs or () if token.logprob is not None]
        return Transcript(text=plain.text.strip(), confidence=_confidence(chances))

    def _with_words(self, file: tuple[str, bytes], *, timed: bool) -> Transcript:
        found = self._client.audio.transcriptions.create(
            model=self._model,
            file=file,
            response_format="verbose_json",
            timestamp_granularities=["word", "segment"] if timed else ["segment"],
        )
        words = tuple(TimedWord(w.word, w.start, w.end) for w in found.words or ())
        chances = [segment.avg_logprob for segment in found.segments or ()]
        return Transcript(text=found.text.strip(), words=words, confidence=_confidence(chances))


def _tells_chances(model: str) -> bool:
    return model.startswith("gpt-4o") and "diarize" not in model


def _confidence(chances: Sequence[float]) -> float:
    """Return the mean probability of log probabilities; 1 where the provider gives none."""
    return math.exp(sum(chances) / len(chances)) if chances else 1.0


def respelt(text: str, manner: Manner) -> str:
    """Return a text with the owner's words spelt as they sound, for a voice that reads letters."""
    import re

    for word, said in manner.pronunciations.items():
        if not said.startswith("/"):
            text = re.sub(rf"\b{re.escape(word)}\b", said, text, flags=re.IGNORECASE)
    return text


def problem(error: "OpenAIError") -> VoiceProblem:
    """Return what went wrong, in words for the user and without anything that was sent."""
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    if isinstance(error, APITimeoutError):
        return VoiceProblem("OpenAI takes too long to answer", "try again")
    if isinstance(error, APIConnectionError):
        return VoiceProblem("OpenAI can't be reached", "is there a network?")
    if not isinstance(error, APIStatusError):
        return VoiceProblem("OpenAI's answer can't be read", "try again")
    if error.status_code == 429 and error.code == "insufficient_quota":
        return VoiceProblem(
            "the account at OpenAI is used up", "add to it, or choose another voice"
        )
    said = {
        401: ("OpenAI doesn't take the key", "look at OPENAI_API_KEY"),
        404: ("OpenAI has no such voice or model", "choose another"),
        429: ("OpenAI is asked too often", "wait a little"),
    }
    message, hint = said.get(
        error.status_code, (f"OpenAI answers with an error ({error.status_code})", "try again")
    )
    return VoiceProblem(message, hint)
