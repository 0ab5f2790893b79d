"""The nouns of selfsame, as plain values.

Times are aware and in UTC. Ids are integers given by the database, unique in the home.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

OWNER = ""
"""The visitor name that stands for the owner."""

Audience = Literal["public", "owner"]
Form = Literal["chat", "group", "document", "interview", "post", "mail", "talk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The record that everything of one owner hangs on."""

    twin_id: int
    name: str
    """Short name used in commands, unique in the home."""
    owner: str
    """Name of the person, as the twin introduces itself."""
    created_at: datetime
    live_at: datetime | None = None
    """When its owner let it go live; None while it is a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One imported file, or the talk with the twin itself."""

    source_id: int
    twin_id: int
    name: str
    format: str
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUtterance:
    """An utterance on its way into the store."""

    speaker: str
    own: bool
    """True when the owner said it."""
    text: str
    said_at: datetime | None = None
    external_id: str | None = None
    attachment: str | None = None
    prompt: str | None = None
    """The question this answers, in an interview."""
    quoted: bool = False
    """True when the words are not the speaker's own, such as a forwarded message."""
    place: str = ""
    """Where it stands in its source, e.g. `line 12`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(NewUtterance):
    """One thing said or written: by whom, when, where."""

    utterance_id: int
    source: str
    """Name of the source it came from."""
    conversation_id: int
    session: int
    """Number of the sitting inside its conversation; a long silence starts a new one."""
    private: bool = False
    """True when only the owner may be told of it."""


class FactState(StrEnum):
    """What has become of a fact."""

    ACTIVE = "active"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """A statement about somebody, on its way into the store."""

    subject: str
    """Whom it is about: `owner`, or the name of somebody else."""
    attribute: str
    """What it says of them, from the short list of `memory.attributes` or free: `lives in`."""
    value: str
    """The value in the language of its source: `Porto`."""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    evidence: tuple[int, ...] = ()
    """Ids of the utterances that show it."""
    private: bool = False
    taught: bool = False
    """True when the owner said it to the twin, which outranks what was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(NewFact):
    """A statement with the utterances that show it and the time it holds."""

    fact_id: int
    state: FactState
    learnt_at: datetime
    superseded_by: int | None = None

    @property
    def statement(self) -> str:
        """The fact as one line of words."""
        return f"{self.subject} {self.attribute} {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One utterance that recall found."""

    utterance: Utterance
    score: float
    """Fused score; comparable inside one recall only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """How well memory covers a question, as numbers between 0 and 1 unless said otherwise.

    `own` is the person the question is about, `other` everybody else.
    """

    own_cosine: float = 0.0
    other_cosine: float = 0.0
    own_coverage: float = 0.0
    """Share of the question's information (idf) found in the best single utterance."""
    other_coverage: float = 0.0
    own_window_coverage: float = 0.0
    """The same, with the neighbouring utterances counted in."""
    own_bm25: float = 0.0
    """Best BM25 score over the highest one the question could reach."""
    other_bm25: float = 0.0
    own_lifted: float = 0.0
    """Best fused and lifted score; about 0 to 2."""
    other_lifted: float = 0.0
    own_worth: float = 0.0
    """Score of the best hit that the subject said; about 0 to 4."""
    other_worth: float = 0.0
    own_told: float = 0.0
    """Share of the question's information in the best single sentence that tells of the subject."""
    other_told: float = 0.0
    own_share: float = 0.0
    """Share of the best hits that the subject said, the best counting most."""
    about_share: float = 0.0
    """Share of the best hits that tell of the subject, the best counting most."""
    unknown_terms: float = 0.0
    """Share of the question's words that memory has never seen."""
    named_others: bool = False
    """True when the question names somebody besides its subject."""
    size: float = 0.0
    """Decimal logarithm of how many utterances memory holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What recall returns for one question."""

    question: str
    subject: str | None
    """The speaker the question is about; None when it is about the owner."""
    hits: tuple[Hit, ...]
    """Best first."""
    packed: tuple[Utterance, ...] = ()
    """What fits the token budget, in the order it was said."""
    facts: tuple[Fact, ...] = ()
    signals: Signals = field(default_factory=Signals)
