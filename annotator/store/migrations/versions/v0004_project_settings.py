"""A table of what holds for everybody in a project, such as that annotators work blind."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, Integer, PrimaryKeyConstraint, String

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "project_settings",
        Column("id", String(64), nullable=False),
        Column("body", JSON, nullable=False),
        Column("version", Integer, nullable=False),
        PrimaryKeyConstraint("id", name="pk_project_settings"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("project_settings")
