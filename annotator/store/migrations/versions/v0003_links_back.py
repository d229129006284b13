"""Indexes of links that few rows have, so that taking away one row does not read all the others."""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_LINKS = (
    ("articles", "previous"),
    ("attributions", "parent"),
    ("comments", "attribution_id"),
    ("comments", "reply_to"),
)


def upgrade() -> None:
    """Make the indexes, of the rows alone that have the link."""
    for table, column in _LINKS:
        there = text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    """Take them away."""
    for table, column in reversed(_LINKS):
        op.drop_index(f"ix_{table}_{column}", table)
