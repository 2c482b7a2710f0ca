"""Run by Alembic: migrates over the connection, and inside the transaction, that ``store.schema`` hands in."""

from alembic import context

from facelabel.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
