"""The owner's agreement that their voice may be made anew: what they agreed to, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from persona.errors import VoiceProblem

STATEMENT = (
    "I am {name}. I agree that a computer voice that sounds like mine is made from my recordings,"
    " and that my digital twin speaks with it. I can take this back at any time."
)
"""What the owner agrees to, in plain words."""

_SHORTEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """An agreement, bound to a person, a time and the recordings it was given for."""

    person: str
    statement: str
    given_at: datetime
    sample_hashes: tuple[str, ...] = ()
    """SHA-256 of each recording."""

    @property
    def reference(self) -> str:
        """A short name for this agreement, which tells nothing of what it says."""
        signed = f"{self.person}|{self.statement}|{self.given_at.isoformat()}"
        return sha256(signed.encode()).hexdigest()[:16]


def give_consent(person: str, statement: str, recordings: tuple[bytes, ...] = ()) -> Consent:
    """Return the agreement of a person.

    Raises:
        VoiceProblem: the statement says too little to be one.
    """
    said = " ".join(statement.split())
    if len(said) < _SHORTEST:
        raise VoiceProblem(
            "this is only made with consent", "say what you agree to, in a sentence of your own"
        )
    hashes = tuple(sha256(recording).hexdigest() for recording in recordings)
    return Consent(person=person, statement=said, given_at=datetime.now(UTC), sample_hashes=hashes)
