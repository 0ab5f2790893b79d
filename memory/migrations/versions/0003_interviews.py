"""Interviews, and twins that are drafts until they go live."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("twin", schema=None) as batch_op:
        batch_op.add_column(sa.Column("live_at", sa.DateTime(), nullable=True))

    op.create_table(
        "interview_question",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("learnt", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["after"], ["interview_question.question_id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.fact_id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id"),
        sa.UniqueConstraint("twin_id", "key"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("interview_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interview_question_twin_id"), ["twin_id"], unique=False
        )

    op.create_table(
        "answer_part",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("utterance_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["interview_question.question_id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["utterance_id"], ["utterance.utterance_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "utterance_id"),
    )
    with op.batch_alter_table("answer_part", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_part_utterance_id"), ["utterance_id"], unique=False
        )
