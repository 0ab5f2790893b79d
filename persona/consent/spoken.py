"""An agreement that was said aloud: were it these words, and the owner's voice?"""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from persona.consent.record import Consent, hash_of, typed_consent
from persona.consent.statement import Challenge, Compared, compare
from persona.errors import ConsentProblem
from persona.voice.hearing import Hearing
from persona.voice.speaker import Embedding, SpeakerEncoder, likeness
from persona.voice.speech import Speech

SAME_VOICE = 0.75
"""Likeness from which two recordings count as one voice; see the figures."""


class Spoken(NamedTuple):
    """What was found in the recording of a statement."""

    heard: str
    compared: Compared
    voice: Embedding
    likeness: float | None
    """To the voice sample; None where there is none."""


def listen_to(
    recording: Speech,
    challenge: Challenge,
    hearing: Hearing,
    encoder: SpeakerEncoder,
    sample: Speech | None,
) -> Spoken:
    """Hear what is said in a recording, and whether the voice is that of the sample."""
    heard = hearing.transcribe(recording).text
    voice = encoder.embed(recording)
    alike = None if sample is None else likeness(voice, encoder.embed(sample))
    return Spoken(heard, compare(challenge, heard), voice, alike)


def spoken_consent(
    person: str, challenge: Challenge, found: Spoken, recording: Path, material: tuple[Path, ...]
) -> Consent:
    """Return the agreement that a recording is.

    Raises:
        ConsentProblem: other words are heard in it, or another voice.
    """
    if found.compared.missing:
        raise ConsentProblem(
            f"these words were not heard: {', '.join(found.compared.missing)}",
            "read the statement again, slowly, or type it",
        )
    if not found.compared.agrees:
        raise ConsentProblem(
            "too little of the statement was heard", "read all of it again, or type it"
        )
    if found.likeness is not None and found.likeness < SAME_VOICE:
        raise ConsentProblem(
            "the statement and the sample sound like two people",
            "the person in the sample must say it; a quiet room and the same microphone help",
        )
    typed = typed_consent(person, challenge.statement, challenge.covers, material=material)
    return replace(
        typed,
        how="spoken",
        words=challenge.words,
        heard=found.heard,
        likeness=found.likeness,
        recording_hash=hash_of(recording),
    )
