"""One agreement of the owner: what was said, when, for what, and how it was checked."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Literal

from persona.errors import ConsentProblem

Cover = Literal["voice", "face", "text"]
"""What is made anew: the sound, the looks, the words."""
ALL: tuple[Cover, ...] = ("voice", "face", "text")

_SHORTEST = 12
_REFUSAL = re.compile(
    r"\b(?:(?:do|does|did|will|would|can)(?:\s+not|n['’]t)|cannot|never|no longer)\s+"
    r"(?:\w+\s+)?(?:agree|consent|allow|permit|want)|\bi refuse\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """An agreement, bound to a person, a time and the recordings it was given for."""

    person: str
    statement: str
    """What the owner agreed to, as it was shown, said or typed."""
    given_at: datetime
    covers: tuple[Cover, ...] = ALL
    how: Literal["typed", "spoken"] = "typed"
    words: tuple[str, ...] = ()
    """The random words that stood in the statement; empty where it was the owner's own."""
    heard: str = ""
    """What was heard, where it was spoken."""
    likeness: float | None = None
    """How alike the voice was to the owner's sample, where it was spoken."""
    recording_hash: str = ""
    """SHA-256 of the recording of the statement."""
    sample_hashes: tuple[str, ...] = ()
    """SHA-256 of each recording, video or picture it was given for."""

    @property
    def reference(self) -> str:
        """A short name for this agreement, which tells nothing of what it says."""
        parts = (self.person, self.statement, self.given_at.isoformat(), self.recording_hash)
        return sha256("\n".join(parts).encode()).hexdigest()[:16]


def typed_consent(
    person: str,
    statement: str,
    covers: tuple[Cover, ...] = ALL,
    *,
    words: tuple[str, ...] = (),
    material: tuple[Path, ...] = (),
) -> Consent:
    """Return an agreement in writing.

    Raises:
        ConsentProblem: the statement says too little to be one, or says no.
    """
    said = " ".join(statement.split())
    if len(said) < _SHORTEST:
        raise ConsentProblem(
            "a voice or a face is only made with consent",
            "say what you agree to, in a sentence of your own",
        )
    if _REFUSAL.search(said):
        raise ConsentProblem("these words say no", "nothing is made unless you agree")
    return Consent(
        person=person,
        statement=said,
        given_at=datetime.now(UTC),
        covers=covers,
        words=words,
        sample_hashes=tuple(map(hash_of, material)),
    )


def hash_of(file: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        ConsentProblem: it can't be read.
    """
    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ConsentProblem(
            f"there is no file {file}" if not file.exists() else f"{file} can't be read",
            "name a recording or a picture of the owner",
        ) from error
