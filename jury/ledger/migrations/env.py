"""What Alembic runs: its revisions, on the connection that opened the ledger."""

from alembic import context

from jury.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
