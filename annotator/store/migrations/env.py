"""How Alembic meets a project: on the connection it is handed, in the caller's transaction."""

from __future__ import annotations

from alembic import context

from annotator.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
