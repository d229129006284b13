"""A project of an older Annotator opens after an upgrade with everything in it, and can be searched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.errors import ProjectError
from annotator.core.searching import Hit
from annotator.store import migrate
from annotator.workspace.opening import open_project, restore_project, upgrade_project
from tests.building import opened, state_of


@pytest.fixture
def older(tmp_path: Path, project_folder: Path) -> Path:
    """A project as the first tables had it."""
    place = tmp_path / "lighthouse.annotator"
    script = (project_folder / "tests" / "golden" / "project-0001.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(place)) as file:
        file.executescript(script)
    return place


def revision(place: Path) -> str:
    with closing(sqlite3.connect(place)) as file:
        return str(file.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def rows(place: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(place)) as file:
        names = [
            name
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("alembic", "sqlite", "text_"))
        ]
        return {name: file.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def test_an_older_project_says_what_to_do_and_is_left_as_it_was(older: Path):
    before = older.read_bytes()
    with pytest.raises(ProjectError, match="older Annotator; run `annotator upgrade"):
        open_project(str(older), "maria")
    assert older.read_bytes() == before


def test_an_upgrade_keeps_every_row_and_copies_the_old_state_aside(older: Path):
    before = rows(older)
    aside = upgrade_project(str(older))
    assert aside is not None
    assert (revision(aside), revision(older)) == ("0001", migrate.HEAD)
    after = rows(older)
    assert {name: after[name] for name in before} == before == rows(aside)


def test_an_upgraded_project_can_be_searched_and_worked_on(older: Path):
    upgrade_project(str(older))
    with opened(older) as project:
        assert project.search("маяк") == [Hit("mayak", 2, 6)]
        assert project.search("light*") == [Hit("pell", 4, 14), Hit("mayak", 58, 68)]
        before = state_of(project)
        project.redo()
        project.undo()
        assert state_of(project) == before
        assert project.check() == []


def test_a_copy_of_an_older_project_can_be_restored_and_then_upgraded(older: Path, tmp_path: Path):
    place = tmp_path / "restored.annotator"
    restore_project(older, place)
    upgrade_project(str(place))
    with opened(place) as project:
        assert project.search('"harbour post"')


def test_an_upgrade_that_fails_leaves_the_project_as_it_was(older: Path):
    with closing(sqlite3.connect(older)) as file:
        file.execute("CREATE TABLE text_numbers (something TEXT)")
        file.commit()
    before = rows(older)
    with pytest.raises(ProjectError):
        upgrade_project(str(older))
    assert rows(older) == before
    assert revision(older) == "0001"
