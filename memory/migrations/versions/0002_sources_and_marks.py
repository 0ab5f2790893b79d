"""What a source held and skipped, in which sources an utterance stands, and why it is private."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what removing a source and lifting a mark need."""
    op.add_column("source", sa.Column("report", sa.JSON(), nullable=True))
    op.add_column("utterance", sa.Column("marks", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "also_in",
        sa.Column("utterance_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["utterance_id"], ["utterance.utterance_id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("utterance_id", "source_id"),
    )
    op.create_index("ix_also_in_source_id", "also_in", ["source_id"])
    op.create_table(
        "lifted",
        sa.Column("twin_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["twin_id"], ["twin.twin_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("twin_id", "kind"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("lifted")
    op.drop_table("also_in")
    op.drop_column("utterance", "marks")
    op.drop_column("source", "report")
