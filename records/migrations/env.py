"""Alembic runs inside the connection that records/database.py hands over."""

from alembic import context

from records.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
