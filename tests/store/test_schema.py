"""The tables that migrations make are the tables that the program knows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from annotator.store import migrate, migrations, tables
from annotator.store.database import APPLICATION_ID
from annotator.store.project import SqlStore


@pytest.mark.usefixtures("store")
def test_migrations_make_exactly_the_tables_of_today(place: Path):
    engine = create_engine(f"sqlite:///{place}")
    with engine.connect() as connection:
        # The index of words and the numbers of its rows are SQLite's own way; the program's tables know nothing of them.
        opts = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or not name.startswith("text_"),
        }
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


@pytest.mark.usefixtures("store")
def test_every_constraint_of_the_tables_is_in_the_file_under_its_name(place: Path, tmp_path: Path):
    def named(path: Path) -> dict[str, set[object]]:
        engine = create_engine(f"sqlite:///{path}")
        seen = inspect(engine)
        found = {
            table: {
                *((one["name"], one["sqltext"]) for one in seen.get_check_constraints(table)),
                *((one["name"], *one["constrained_columns"]) for one in seen.get_foreign_keys(table)),
                *((one["name"], *one["column_names"]) for one in seen.get_unique_constraints(table)),
                *((one["name"], *one["column_names"]) for one in seen.get_indexes(table)),
            }
            for table in tables.metadata.tables
        }
        engine.dispose()
        return found

    engine = create_engine(f"sqlite:///{tmp_path / 'today.db'}")
    tables.metadata.create_all(engine)
    engine.dispose()
    assert named(place) == named(tmp_path / "today.db")


def test_the_newest_step_is_the_one_that_the_program_calls_its_head():
    steps = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert steps.get_heads() == [migrate.HEAD]
    assert {step.revision for step in steps.walk_revisions()} == set(migrate._KNOWN)


def test_every_step_can_be_taken_back(store: SqlStore, place: Path):
    from alembic import command
    from alembic.config import Config

    store.close()
    engine = create_engine(f"sqlite:///{place}")
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    engine.dispose()


def test_a_project_file_says_whose_it_is_and_lets_readers_and_a_writer_go_side_by_side(
    store: SqlStore, place: Path
):
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        rows = dict(connection.execute("SELECT key, value FROM project"))
    assert rows["format"] == migrate.FORMAT
    assert rows["project_id"] == store.project_id


LAWS = [
    (
        "annotation_sets",
        "INSERT INTO annotation_sets VALUES ('x', 'a', 'm', 'lost', '', '', '', '', '', '{}', 1)",
    ),
    ("annotators", "INSERT INTO annotators VALUES ('x', 'maria', '', '', '', '', 1)"),
    ("articles", "UPDATE articles SET length = -1"),
    ("attributions", "UPDATE attributions SET type = 'shout'"),
    ("attributions", "UPDATE attributions SET polarity = 'maybe'"),
    ("attributions", "UPDATE attributions SET confidence = 1.5"),
    ("attributions", "UPDATE attributions SET set_id = 'nowhere'"),
    ("attributions", "UPDATE attributions SET parent = 'nobody'"),
    ("attributions", "UPDATE attributions SET source_id = 'nobody'"),
    ("articles", "UPDATE articles SET story_id = 'nowhere'"),
    ("articles", "UPDATE articles SET text_sha256 = 'nothing'"),
    ("fragments", "UPDATE fragments SET start_at = -1"),
    ("fragments", "UPDATE fragments SET end_at = start_at"),
    ("deeds", "UPDATE deeds SET mode = 'guess'"),
    ("stories", "INSERT INTO stories VALUES ('x', 'Ferry', '', 0, '', 1)"),
    (
        "comments",
        "INSERT INTO comments VALUES ('x', NULL, 'why', 'nobody', NULL, NULL, '[]', '', 0, NULL, '[]', 1)",
    ),
    ("texts", "DELETE FROM texts"),
]


@pytest.mark.parametrize("statement", [statement for _, statement in LAWS])
def test_the_database_itself_refuses_what_no_program_may_write(tmp_path: Path, statement: str):
    from tests.building import article_in, marked, opened

    place = tmp_path / "laws.annotator"
    with opened(place) as workspace:
        article_in(workspace)
        marked(workspace, "Nobody asked us")
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        with pytest.raises(sqlite3.IntegrityError):
            _commit(connection, statement)
        connection.execute("ROLLBACK")


def _commit(connection: sqlite3.Connection, statement: str) -> None:
    assert connection.execute(statement).rowcount
    connection.execute("COMMIT")
