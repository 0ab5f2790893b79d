"""All tables, in one file: the source of truth of a home.

The vector index is made from these and can be made again at any time.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """A time that is aware and in UTC on both sides; SQLite itself keeps no zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


def _now() -> datetime:
    return datetime.now(UTC)


def _twin_key() -> Any:
    return Field(sa_column_args=[ForeignKey("twin.twin_id", ondelete="CASCADE")], index=True)


def _child_of(column: str) -> Any:
    return Field(sa_column_args=[ForeignKey(column, ondelete="CASCADE")], index=True)


class TwinRow(SQLModel, table=True):
    """One twin."""

    __tablename__ = "twin"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"sqlite_autoincrement": True}

    twin_id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    owner: str
    created_at: datetime = Field(default_factory=_now, sa_type=UtcDateTime)
    style: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    live_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When its owner let it go live; a draft until then."""
    pseudonyms: bool = False
    """Whether visitors are told other names than people's own."""


class AliasRow(SQLModel, table=True):
    """A name, number or handle that stands for the owner in exports."""

    __tablename__ = "alias"  # pyright: ignore[reportAssignmentType]

    twin_id: int = Field(
        primary_key=True, sa_column_args=[ForeignKey("twin.twin_id", ondelete="CASCADE")]
    )
    name: str = Field(primary_key=True)


class SourceRow(SQLModel, table=True):
    """One imported file, or the owner's talk with the twin."""

    __tablename__ = "source"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"sqlite_autoincrement": True}

    source_id: int | None = Field(default=None, primary_key=True)
    twin_id: int = _twin_key()
    name: str
    format: str
    digest: str = ""
    imported_at: datetime = Field(default_factory=_now, sa_type=UtcDateTime)
    report: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """What its last import found and skipped."""


class ConversationRow(SQLModel, table=True):
    """A chat, document or interview, whichever files it came in."""

    __tablename__ = "conversation"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"sqlite_autoincrement": True}

    conversation_id: int | None = Field(default=None, primary_key=True)
    twin_id: int = _twin_key()
    format: str
    key: str
    title: str
    form: str


class UtteranceRow(SQLModel, table=True):
    """One thing said or written."""

    __tablename__ = "utterance"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("conversation_id", "natural_key"),
        Index("ix_utterance_order", "twin_id", "conversation_id", "said_at", "utterance_id"),
        Index("ix_utterance_fingerprint", "twin_id", "fingerprint"),
        {"sqlite_autoincrement": True},
    )

    utterance_id: int | None = Field(default=None, primary_key=True)
    twin_id: int = _twin_key()
    conversation_id: int = _child_of("conversation.conversation_id")
    source_id: int = _child_of("source.source_id")
    natural_key: str
    """What it is known by in its conversation: the platform's id, or time, speaker and text."""
    fingerprint: str
    """Time, speaker and text alone, to recognise a conversation that comes a second time."""
    external_id: str | None = None
    speaker: str
    own: bool
    said_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    text: str
    attachment: str | None = None
    prompt: str | None = None
    quoted: bool = False
    private: bool = False
    marks: str = ""
    """Kinds of private data found in it, in order, with spaces between; kept when lifted."""
    place: str = ""


class AlsoInRow(SQLModel, table=True):
    """Says that an utterance stands in another source than the one it first came from."""

    __tablename__ = "also_in"  # pyright: ignore[reportAssignmentType]

    utterance_id: int = Field(
        primary_key=True,
        sa_column_args=[ForeignKey("utterance.utterance_id", ondelete="CASCADE")],
    )
    source_id: int = Field(
        primary_key=True,
        index=True,
        sa_column_args=[ForeignKey("source.source_id", ondelete="CASCADE")],
    )


class LiftedRow(SQLModel, table=True):
    """A kind of private data that the owner doesn't mind visitors to see."""

    __tablename__ = "lifted"  # pyright: ignore[reportAssignmentType]

    twin_id: int = Field(
        primary_key=True, sa_column_args=[ForeignKey("twin.twin_id", ondelete="CASCADE")]
    )
    kind: str = Field(primary_key=True)


class FactRow(SQLModel, table=True):
    """A statement about somebody, with the time it holds; never overwritten, only closed."""

    __tablename__ = "fact"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_fact_slot", "twin_id", "subject", "attribute"),
        {"sqlite_autoincrement": True},
    )

    fact_id: int | None = Field(default=None, primary_key=True)
    twin_id: int = _twin_key()
    subject: str
    attribute: str
    value: str
    value_key: str
    """The value folded for comparison."""
    valid_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    valid_to: datetime | None = Field(default=None, sa_type=UtcDateTime)
    learnt_at: datetime = Field(default_factory=_now, sa_type=UtcDateTime)
    state: str = "active"
    superseded_by: int | None = None
    private: bool = False
    taught: bool = False


class FactEvidenceRow(SQLModel, table=True):
    """Ties a fact to an utterance that shows it."""

    __tablename__ = "fact_evidence"  # pyright: ignore[reportAssignmentType]

    fact_id: int = Field(
        primary_key=True, sa_column_args=[ForeignKey("fact.fact_id", ondelete="CASCADE")]
    )
    utterance_id: int = Field(
        primary_key=True,
        index=True,
        sa_column_args=[ForeignKey("utterance.utterance_id", ondelete="CASCADE")],
    )


class TombstoneRow(SQLModel, table=True):
    """Keyed hash of something forgotten, so that a later import can't bring it back."""

    __tablename__ = "tombstone"  # pyright: ignore[reportAssignmentType]

    twin_id: int = Field(
        primary_key=True, sa_column_args=[ForeignKey("twin.twin_id", ondelete="CASCADE")]
    )
    digest: str = Field(primary_key=True)
    forgotten_at: datetime = Field(default_factory=_now, sa_type=UtcDateTime)


class WishRow(SQLModel, table=True):
    """Something the owner asked of the manner of the replies; the newest of a kind holds."""

    __tablename__ = "wish"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"sqlite_autoincrement": True}

    wish_id: int | None = Field(default=None, primary_key=True)
    twin_id: int = _twin_key()
    kind: str
    sentence: str
    wished_at: datetime = Field(default_factory=_now, sa_type=UtcDateTime)
    active: bool = True


class ThreadRow(SQLModel, table=True):
    """One conversation with the twin, by its owner or by one visitor."""

    __tablename__ = "thread"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("twin_id", "visitor"),
        {"sqlite_autoincrement": True},
    )

    thread_id: int | None = Field(default=None, primary_key=True)
    twin_id: int = _twin_key()
    visitor: str
    """Name of the visitor; empty for the owner."""
    started_at: datetime = Field(default_factory=_now, sa_type=UtcDateTime)


class TurnRow(SQLModel, table=True):
    """One exchange with the twin."""

    __tablename__ = "turn"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"sqlite_autoincrement": True}

    turn_id: int | None = Field(default=None, primary_key=True)
    thread_id: int = _child_of("thread.thread_id")
    said_at: datetime = Field(default_factory=_now, sa_type=UtcDateTime)
    heard: str
    reply: str
    outcome: str
    evidence: list[int] = Field(default_factory=list, sa_type=JSON)
    learned: list[str] = Field(default_factory=list, sa_type=JSON)
    timings_ms: dict[str, float] = Field(default_factory=dict, sa_type=JSON)


class InterviewQuestionRow(SQLModel, table=True):
    """One question of the interview, and whether it was answered."""

    __tablename__ = "interview_question"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("twin_id", "key"),
        {"sqlite_autoincrement": True},
    )

    question_id: int | None = Field(default=None, primary_key=True)
    twin_id: int = _twin_key()
    key: str
    area: str
    prompt: str
    reason: str
    after: int | None = Field(
        default=None,
        sa_column_args=[ForeignKey("interview_question.question_id", ondelete="SET NULL")],
    )
    """The question whose answer led to this one."""
    attribute: str = ""
    fact_id: int | None = Field(
        default=None, sa_column_args=[ForeignKey("fact.fact_id", ondelete="SET NULL")]
    )
    state: str = "open"
    asked_at: datetime = Field(default_factory=_now, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    learnt: bool = False


class AnswerPartRow(SQLModel, table=True):
    """Ties a question to an utterance that answers it; a long answer has several."""

    __tablename__ = "answer_part"  # pyright: ignore[reportAssignmentType]

    question_id: int = Field(
        primary_key=True,
        sa_column_args=[ForeignKey("interview_question.question_id", ondelete="CASCADE")],
    )
    utterance_id: int = Field(
        primary_key=True,
        index=True,
        sa_column_args=[ForeignKey("utterance.utterance_id", ondelete="CASCADE")],
    )


class OutboxRow(SQLModel, table=True):
    """A change the index has not seen yet; written in the transaction of the change itself."""

    __tablename__ = "outbox"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"sqlite_autoincrement": True}

    outbox_id: int | None = Field(default=None, primary_key=True)
    twin_id: int = Field(index=True)
    utterance_id: int
    removed: bool = False


class IndexStateRow(SQLModel, table=True):
    """Which encoder made the vectors of a twin."""

    __tablename__ = "index_state"  # pyright: ignore[reportAssignmentType]

    twin_id: int = Field(
        primary_key=True, sa_column_args=[ForeignKey("twin.twin_id", ondelete="CASCADE")]
    )
    encoder: str
    dimension: int
