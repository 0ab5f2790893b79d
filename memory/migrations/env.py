"""Runs migrations on the engine that `memory.database` hands over."""

from alembic import context
from sqlmodel import SQLModel

import memory.tables  # noqa: F401  (fills the metadata)

engine = context.config.attributes["engine"]
with engine.begin() as connection:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True
    )
    context.run_migrations()
