"""Runs migrations on the engine that `memory.database` hands over."""

from alembic import context

from memory import tables

engine = context.config.attributes["engine"]
with engine.begin() as connection:
    context.configure(
        connection=connection, target_metadata=tables.SQLModel.metadata, render_as_batch=True
    )
    context.run_migrations()
