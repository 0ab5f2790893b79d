"""Whether visitors of a twin are told other names than people's own."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the choice; names are told as before until the owner makes it."""
    op.add_column(
        "twin", sa.Column("pseudonyms", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("twin", "pseudonyms")
