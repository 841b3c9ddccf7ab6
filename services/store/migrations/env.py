"""Where alembic runs: always within the connection and the transaction of services/store/upgrade."""

from alembic import context

from models.tables.every import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
