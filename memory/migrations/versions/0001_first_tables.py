"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("utterance_id", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("outbox_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_twin_id"), ["twin_id"], unique=False)

    op.create_table(
        "twin",
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("style", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("twin_id"),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "alias",
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("twin_id", "name"),
    )
    op.create_table(
        "conversation",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_twin_id"), ["twin_id"], unique=False)

    op.create_table(
        "fact",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("value_key", sa.String(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=True),
        sa.Column("valid_to", sa.DateTime(), nullable=True),
        sa.Column("learnt_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("taught", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.create_index("ix_fact_slot", ["twin_id", "subject", "attribute"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_twin_id"), ["twin_id"], unique=False)

    op.create_table(
        "index_state",
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.String(), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("twin_id"),
    )
    op.create_table(
        "source",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_twin_id"), ["twin_id"], unique=False)

    op.create_table(
        "thread",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("visitor", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thread_id"),
        sa.UniqueConstraint("twin_id", "visitor"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_twin_id"), ["twin_id"], unique=False)

    op.create_table(
        "tombstone",
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("twin_id", "digest"),
    )
    op.create_table(
        "wish",
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("wished_at", sa.DateTime(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wish_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_twin_id"), ["twin_id"], unique=False)

    op.create_table(
        "turn",
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("heard", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("learned", sa.JSON(), nullable=False),
        sa.Column("timings_ms", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.thread_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("turn_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turn_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "utterance",
        sa.Column("utterance_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("natural_key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("attachment", sa.String(), nullable=True),
        sa.Column("prompt", sa.String(), nullable=True),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.conversation_id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("utterance_id"),
        sa.UniqueConstraint("conversation_id", "natural_key"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("utterance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_utterance_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index("ix_utterance_fingerprint", ["twin_id", "fingerprint"], unique=False)
        batch_op.create_index(
            "ix_utterance_order",
            ["twin_id", "conversation_id", "said_at", "utterance_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_utterance_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_utterance_twin_id"), ["twin_id"], unique=False)

    op.create_table(
        "fact_evidence",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("utterance_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.fact_id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["utterance_id"], ["utterance.utterance_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "utterance_id"),
    )
    with op.batch_alter_table("fact_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_evidence_utterance_id"), ["utterance_id"], unique=False
        )
