"""ElevenLabs by its SDK: streaming with the times of characters, instant clones, deleting them."""

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from persona.consent.record import Consent
from persona.errors import VoiceProblem
from persona.voice.adapters.openai import respelt
from persona.voice.alignment import aligned, phones_in_words
from persona.voice.cloning import Account, Cloned
from persona.voice.reading import sayable
from persona.voice.sound import from_pcm
from persona.voice.speaking import Abilities, Manner
from persona.voice.speech import Speech, TimedWord

_MODEL = "eleven_flash_v2_5"
_SAMPLE_RATE, _FORMAT = 24_000, "pcm_24000"
_SLOWEST, _FASTEST = 0.7, 1.2
_NOT_THERE = 404


class ElevenLabsVoice:
    """A voice at ElevenLabs."""

    abilities = Abilities(hosted=True, clones=True, knows_phones=False)

    def __init__(self, client: Any, voice: str) -> None:
        """Take a voice by its id, or `MODEL/VOICE_ID`."""
        model, _, self._voice = voice.rpartition("/")
        self._client, self._model = client, model or _MODEL

    @property
    def name(self) -> str:
        """The voice as `provider:voice`."""
        return f"elevenlabs:{self._voice}"

    def speak(self, clauses: Iterable[str], manner: Manner) -> Iterator[Speech]:
        """Say each clause, with the words at the times that the provider gives."""
        said = ""
        for clause in clauses:
            text = respelt(sayable(clause), manner)
            if not any(character.isalnum() for character in text):
                continue
            yield self._say(text, said, manner.speed)
            said = f"{said} {text}"[-300:]

    def _say(self, text: str, before: str, speed: float) -> Speech:
        pcm, letters = b"", list[tuple[str, float, float]]()
        try:
            for chunk in self._client.text_to_speech.stream_with_timestamps(
                self._voice,
                text=text,
                model_id=self._model,
                output_format=_FORMAT,
                previous_text=before or None,
                voice_settings={"speed": min(max(speed, _SLOWEST), _FASTEST)},
            ):
                pcm += base64.b64decode(chunk.audio_base_64 or "")
                times = chunk.alignment
                if times is not None:
                    letters += zip(
                        times.characters,
                        times.character_start_times_seconds,
                        times.character_end_times_seconds,
                        strict=True,
                    )
        except Exception as error:  # the SDK lets its HTTP library's errors through
            raise problem(error) from None
        samples = from_pcm(pcm[: len(pcm) // 2 * 2])
        if not len(samples):
            raise VoiceProblem("ElevenLabs sent no sound", "try again")
        speech = Speech(samples=samples, sample_rate=_SAMPLE_RATE, text=text)
        words = _words(letters)
        return phones_in_words(speech, words) if words else aligned(speech)


class ElevenLabsCloning:
    """Voices made at ElevenLabs from a sample."""

    price = (
        "Making a voice from a sample uses up no characters, but is part of paid plans only."
        " Whatever the twin says with it is counted by the character."
    )

    def __init__(self, client: Any) -> None:
        self._client = client

    def account(self) -> Account:
        """Return how the account stands."""
        try:
            found = self._client.user.subscription.get()
        except Exception as error:  # the SDK lets its HTTP library's errors through
            raise problem(error) from None
        return Account(
            plan=found.tier,
            may_clone=found.can_use_instant_voice_cloning,
            characters_left=max(0, found.character_limit - found.character_count),
            voices_left=max(0, found.voice_limit - found.voice_slots_used),
        )

    def clone(self, name: str, sample: Sequence[Path], consent: Consent) -> Cloned:
        """Make a voice from recordings of the one who consented."""
        if not consent.statement:
            raise VoiceProblem("a voice is only made with consent", "give it first")
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("rb")) for path in sample]
            try:
                made = self._client.voices.ivc.create(name=name, files=files)
            except Exception as error:  # the SDK lets its HTTP library's errors through
                raise problem(error) from None
        return Cloned(voice_id=str(made.voice_id), usable=not made.requires_verification)

    def delete(self, voice_id: str) -> None:
        """Delete a voice that was made; one that is gone already counts as deleted."""
        try:
            self._client.voices.delete(voice_id)
        except Exception as error:  # the SDK lets its HTTP library's errors through
            if getattr(error, "status_code", None) != _NOT_THERE:
                raise problem(error) from None


def _words(letters: Sequence[tuple[str, float, float]]) -> tuple[TimedWord, ...]:
    """Return the words that timed characters make."""
    text = "".join(letter for letter, _, _ in letters)
    if len(text) != len(letters):
        return ()
    return tuple(
        TimedWord(match[0], letters[match.start()][1], letters[match.end() - 1][2])
        for match in re.finditer(r"[\w'’-]+", text)
    )


def problem(error: Exception) -> VoiceProblem:
    """Return what went wrong, in words for the user and without anything that was sent."""
    import httpx
    from elevenlabs.core.api_error import ApiError

    if isinstance(error, VoiceProblem):
        return error
    if isinstance(error, httpx.TimeoutException):
        return VoiceProblem("ElevenLabs takes too long to answer", "try again")
    if isinstance(error, httpx.HTTPError):
        return VoiceProblem("ElevenLabs can't be reached", "is there a network?")
    if not isinstance(error, ApiError):
        return VoiceProblem("ElevenLabs' answer can't be read", "try again")
    status, code = error.status_code, _code(error.body)
    for known, message, hint in _PROBLEMS:
        if known in (code, status):
            return VoiceProblem(message, hint)
    return VoiceProblem(f"ElevenLabs answers with an error ({status})", "try again")


_PROBLEMS: list[tuple[str | int, str, str]] = [
    (
        "quota_exceeded",
        "the account at ElevenLabs is used up",
        "add to it, or choose another voice",
    ),
    ("voice_not_found", "ElevenLabs has no such voice", "choose another"),
    ("too_many_concurrent_requests", "ElevenLabs is asked too often", "wait a little"),
    ("system_busy", "ElevenLabs is busy", "wait a little"),
    (401, "ElevenLabs doesn't take the key", "look at ELEVENLABS_API_KEY"),
    (403, "the account at ElevenLabs doesn't allow this", "look at its plan"),
    (404, "ElevenLabs has no such voice", "choose another"),
    (429, "ElevenLabs is asked too often", "wait a little"),
]


def _code(body: Any) -> str:
    """Return the provider's word for what went wrong, whatever shape it comes in."""
    try:
        return str(body["detail"]["status"])
    except (KeyError, TypeError, IndexError):
        return ""
