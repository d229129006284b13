"""Bring a project's tables to the form this program knows; say which form they have."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select

from annotator.core.errors import ProjectError
from annotator.store.database import APPLICATION_ID, shown
from annotator.store.tables import project

HEAD = "0006"
"""The newest revision in migrations/versions."""

FORMAT = "annotator-project/1"
"""What the table `project` says under `format`; a file without it is not ours."""

_KNOWN = ("0001", "0002", "0003", "0004", "0006")


def revision_of(connection: Connection) -> str | None:
    """The revision of a project's tables, or None where there are none of ours."""
    names = set(inspect(connection).get_table_names())
    if not {"alembic_version", "project"} <= names:
        return None
    if connection.execute(select(project.c.value).where(project.c.key == "format")).scalar() != FORMAT:
        return None
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def require_known(connection: Connection, place: str) -> str:
    """The revision of a project, when it is one that this program can open or upgrade.

    Raises:
        ProjectError: when the place holds something else, or a project from a newer Annotator.
    """
    revision = revision_of(connection)
    if revision is None:
        raise ProjectError(f"{shown(place)} is not an Annotator project. Nothing was changed.")
    if revision not in _KNOWN:
        raise ProjectError(
            f"{shown(place)} was made by a newer Annotator (its tables are at {revision}, this program knows {HEAD}). "
            "Update Annotator to open it. Nothing was changed."
        )
    return revision


def upgrade(engine: Engine) -> None:
    """Run all migrations that a database lacks, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
