"""Tables of what merges of bundles taught, and of the conflicts that wait for a person."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, Integer, PrimaryKeyConstraint, String

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "conflicts",
        Column("id", String(64), nullable=False),
        Column("noun", String(200), server_default="", nullable=False),
        Column("noun_id", String(200), server_default="", nullable=False),
        Column("versions", JSON, nullable=False),
        Column("version", Integer, nullable=False),
        PrimaryKeyConstraint("id", name="pk_conflicts"),
    )
    op.create_table(
        "learned",
        Column("id", String(64), nullable=False),
        Column("body", JSON, nullable=False),
        Column("version", Integer, nullable=False),
        PrimaryKeyConstraint("id", name="pk_learned"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("learned")
    op.drop_table("conflicts")
