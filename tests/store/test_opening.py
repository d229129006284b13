"""What cannot be opened is named in one sentence and left byte for byte as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.errors import ProjectError
from annotator.store import migrate, project
from annotator.workspace.opening import new_project, open_project, restore_project, upgrade_project
from tests.building import HAND, article_in, marked, opened, state_of


def kept(place: Path) -> dict[str, bytes]:
    """All files of a folder and their bytes."""
    return {path.name: path.read_bytes() for path in place.parent.iterdir() if path.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project with an article and a mark, closed."""
    found = tmp_path / "ferry.annotator"
    with opened(found) as workspace:
        article_in(workspace)
        marked(workspace, "Nobody asked us")
    return found


def execute(place: Path, *statements: str) -> None:
    with closing(sqlite3.connect(place)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def other_database(place: Path) -> None:
    place.unlink()
    execute(place, "CREATE TABLE birds (name TEXT)")


def nameless_alembic(place: Path) -> None:
    place.unlink()
    execute(
        place,
        "CREATE TABLE alembic_version (version_num TEXT)",
        "CREATE TABLE project (key TEXT, value TEXT)",
        "INSERT INTO alembic_version VALUES ('0001')",
    )


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty file": (lambda place: place.write_bytes(b""), "is not an Annotator project"),
    "words": (lambda place: place.write_text("Dear diary"), "is not an Annotator project"),
    "binary": (lambda place: place.write_bytes(bytes(range(256)) * 40), "is not an Annotator project"),
    "head alone": (lambda place: place.write_bytes(b"SQLite format 3\x00"), "is not an Annotator project"),
    "head and noise": (
        lambda place: place.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 40),
        "is not an Annotator project",
    ),
    "cut in the first page": (lambda place: os.truncate(place, 3000), "is not an Annotator project"),
    "another program's database": (other_database, "is not an Annotator project"),
    "another program's database with our tables' names": (nameless_alembic, "is not an Annotator project"),
    "a newer Annotator's project": (
        lambda place: execute(place, "UPDATE alembic_version SET version_num = '0999'"),
        "made by a newer Annotator",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
@pytest.mark.parametrize("way", [open_project, lambda place, _hand: upgrade_project(place)])
def test_a_file_that_is_no_project_of_ours_is_refused_and_not_touched(
    place: Path, case: str, way: Callable[[str, str], object]
):
    spoil, says = UNREADABLE[case]
    spoil(place)
    before = kept(place)
    with pytest.raises(ProjectError, match=says) as caught:
        way(str(place), HAND)
    assert "\n" not in str(caught.value)
    assert str(place) in str(caught.value)
    assert kept(place) == before


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path):
    with pytest.raises(ProjectError, match="is a folder, not a project file"):
        open_project(str(tmp_path), HAND)
    with pytest.raises(ProjectError, match="There is no project at"):
        open_project(str(tmp_path / "gone.annotator"), HAND)
    with pytest.raises(ProjectError, match="There is no project at"):
        upgrade_project(str(tmp_path / "gone.annotator"))
    assert list(tmp_path.iterdir()) == []


def test_a_project_cut_short_gives_sentences_and_the_check_says_damaged(place: Path):
    size = place.stat().st_size
    os.truncate(place, size // 2 // 4096 * 4096)
    with pytest.raises(ProjectError, match="damaged"):
        read_and_check(place)


def read_and_check(place: Path) -> None:
    with opened(place) as workspace:
        for fault in workspace.check():
            raise ProjectError(f"{fault.code}: {fault.message}")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("mysql://host/db", "lives in SQLite or PostgreSQL, not in 'mysql'"),
        ("sqlite+nonsense://x", "is not the address of a project"),
    ],
)
def test_an_address_that_is_none_is_refused_in_a_sentence(words: str, says: str):
    with pytest.raises(ProjectError, match=says):
        open_project(words, HAND)


def test_a_driver_that_is_not_installed_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ProjectError, match="needs the package psycopg, which is not installed"):
        open_project("postgresql+psycopg://host/db", HAND)


def test_a_password_is_never_shown():
    with pytest.raises(ProjectError) as caught:
        open_project("mysql://maria:secret@host/db", HAND)
    assert "secret" not in str(caught.value)


def test_a_new_project_never_replaces_what_stands_there(place: Path, tmp_path: Path):
    before = kept(place)
    with pytest.raises(ProjectError, match="exists already"):
        new_project(str(place), HAND)
    with pytest.raises(ProjectError, match="exists already"):
        new_project(str(tmp_path), HAND)
    with pytest.raises(ProjectError, match="does not exist"):
        new_project(str(tmp_path / "nowhere" / "x.annotator"), HAND)
    assert kept(place) == before


def test_the_remains_of_a_deleted_project_are_not_read_into_a_new_one(place: Path, tmp_path: Path):
    remains = tmp_path / "ferry.annotator-wal"
    remains.write_bytes(b"old pages")
    place.unlink()
    for act in (
        lambda: new_project(str(place), HAND),
        lambda: restore_project(tmp_path / "copy.annotator", place),
    ):
        shutil.copy(remains, tmp_path / "kept")
        with pytest.raises(ProjectError):
            act()
        assert remains.read_bytes() == b"old pages"
        assert not place.exists()


@pytest.mark.parametrize(
    "name", ["50% done?.annotator", "mit Leerzeichen#1.annotator", "Історія.annotator", "a'b.db"]
)
def test_a_project_may_have_any_name(tmp_path: Path, name: str):
    with opened(tmp_path / name) as workspace:
        article_in(workspace)
        before = state_of(workspace)
        workspace.backup(tmp_path / f"copy of {name}")
    restore_project(tmp_path / f"copy of {name}", tmp_path / f"back {name}")
    with opened(tmp_path / f"back {name}") as workspace:
        assert state_of(workspace) == before
        assert workspace.check() == []


def test_a_live_copy_has_all_that_was_done_and_is_a_project(place: Path, tmp_path: Path):
    copy, back = tmp_path / "copy.annotator", tmp_path / "back.annotator"
    with opened(place) as workspace:
        marked(workspace, "Ferry to stop")
        workspace.backup(copy)
        before = state_of(workspace)
        with pytest.raises(ProjectError, match="exists already"):
            workspace.backup(copy)
        with pytest.raises(ProjectError, match="could not be written"):
            workspace.backup(tmp_path / "nowhere" / "copy.annotator")
        marked(workspace, "Nobody asked us", kind="institution")
    restore_project(copy, back)
    with opened(back) as workspace:
        assert state_of(workspace) == before
        assert [deed.label for deed in workspace.history()][:2] == ["Mark attribution"] * 2
        workspace.undo()
    assert {path.suffix for path in tmp_path.iterdir()} == {".annotator"}


def test_a_restored_project_lets_a_reader_in_while_it_is_written(place: Path, tmp_path: Path):
    copy, back = tmp_path / "copy.annotator", tmp_path / "back.annotator"
    with opened(place) as workspace:
        workspace.backup(copy)
    restore_project(copy, back)
    with opened(back), closing(sqlite3.connect(back)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_only_a_project_can_be_restored_and_never_over_another(place: Path, tmp_path: Path):
    words = tmp_path / "words.txt"
    words.write_text("Dear diary")
    before = kept(place)
    with pytest.raises(ProjectError, match="is not an Annotator project"):
        restore_project(words, tmp_path / "new.annotator")
    with pytest.raises(ProjectError, match="exists already"):
        restore_project(place, words)
    assert kept(place) == before


def test_a_project_that_is_up_to_date_is_not_copied_by_an_upgrade(place: Path):
    before = set(kept(place))
    assert upgrade_project(str(place)) is None
    assert set(kept(place)) == before


def test_an_older_project_is_refused_until_it_is_upgraded_and_the_old_state_is_kept(
    place: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(migrate, "_KNOWN", ("0000", "0001"))
    monkeypatch.setattr(project.migrate, "upgrade", print)
    execute(place, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(ProjectError, match="made by an older Annotator; run `annotator upgrade"):
        open_project(str(place), HAND)
    aside = upgrade_project(str(place))
    assert aside is not None
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)


def test_the_check_finds_what_somebody_changed_behind_our_back(place: Path):
    execute(
        place,
        "UPDATE texts SET text = 'Ferry'",
        "UPDATE attributions SET set_id = 'nowhere'",
    )
    with opened(place) as workspace:
        codes = {fault.code for fault in workspace.check()}
    assert codes >= {"changed_text", "lost_link"}


def test_the_check_finds_marks_that_leave_their_text(place: Path):
    execute(place, "UPDATE fragments SET end_at = 9000")
    with opened(place) as workspace:
        assert [fault.code for fault in workspace.check()] == ["outside"]


def test_resting_does_no_harm(place: Path):
    with opened(place) as workspace:
        before = state_of(workspace)
        workspace.rest()
        assert state_of(workspace) == before
