"""Two desks, one story: what a colleague did comes in by file, and what both changed is decided by a person."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.annotation_sets import REOPENED
from annotator.core.attributions import Attribution
from annotator.core.errors import BadInput
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.bundling import write_bundle
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import ChangeFields
from tests.building import opened

ARTICLE = "01_hollant.txt"


@pytest.fixture
def other(window: MainWindow, tmp_path: Path) -> Path:
    """The same project on a colleague's desk; maria's first article is open to changes."""
    window.session.project.execute(SetStatus(ARTICLE, "maria", REOPENED))
    place = tmp_path / "other.annotator"
    window.session.project.backup(place)
    return place


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=30_000)


def changed(place: Path, mark_id: str, note: str, out: Path) -> Path:
    """A bundle of the colleague's desk, after a change there."""
    with opened(place, "ben") as desk:
        desk.execute(ChangeFields((mark_id,), {"note": note}))
        write_bundle(desk, out)
    return out


def test_a_colleagues_change_comes_in_and_once_only(
    window: MainWindow, other: Path, tmp_path: Path, qtbot: QtBot
):
    assert window.further
    project = window.session.project
    own = project.set_of(ARTICLE, "maria")
    assert own is not None
    mark = project.attributions(own.id)[0]
    bundle = changed(other, mark.id, "seen by ben", tmp_path / "ben.bundle")
    window.further.colleagues.merge(bundle)
    settle(window, qtbot)
    now = project.reading.get(Attribution, mark.id)
    assert now is not None
    assert now.note == "seen by ben"
    said: list[str] = []
    window.session.notice.connect(said.append)
    window.further.colleagues.merge(bundle)
    settle(window, qtbot)
    assert "Nothing in it was new" in said[-1]


def test_what_both_changed_is_decided_by_a_person(
    window: MainWindow, other: Path, tmp_path: Path, qtbot: QtBot
):
    assert window.further
    project = window.session.project
    own = project.set_of(ARTICLE, "maria")
    assert own is not None
    mark = project.attributions(own.id)[0]
    project.execute(ChangeFields((mark.id,), {"note": "mine"}))
    window.further.colleagues.merge(changed(other, mark.id, "theirs", tmp_path / "ben.bundle"))
    settle(window, qtbot)
    dialog = window.further.colleagues.show_conflicts()
    assert dialog.list.count() == 1
    wanted = next(
        at
        for at in range(1, dialog.table.columnCount())
        if dialog.table.horizontalHeaderItem(at).text().startswith("ben")
    )
    item = dialog.list.item(0)
    dialog.decided.emit(item.data(256).id, str(wanted))
    assert dialog.list.count() == 0
    now = project.reading.get(Attribution, mark.id)
    assert now is not None
    assert now.note == "theirs"
    dialog.close()


def test_the_project_is_bundled_and_a_broken_bundle_changes_nothing(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
):
    assert window.further
    out = tmp_path / "mine.bundle"
    window.further.colleagues.bundle(out)
    settle(window, qtbot)
    assert out.stat().st_size > 1000
    broken = tmp_path / "broken.bundle"
    shutil.copy(out, broken)
    broken.write_bytes(broken.read_bytes()[: out.stat().st_size // 2])
    wrong: list[object] = []
    window.jobs.broke.connect(wrong.append)
    before = window.session.project.last_seq()
    window.further.colleagues.merge(broken)
    settle(window, qtbot)
    assert isinstance(wrong[0], BadInput)
    assert window.session.project.last_seq() == before


def test_a_colleague_without_the_program_gets_a_page(window: MainWindow, tmp_path: Path, qtbot: QtBot):
    assert window.further
    out = tmp_path / "report.html"
    window.further.colleagues.report(out)
    settle(window, qtbot)
    page = out.read_text("utf-8")
    assert "Selmara wants strait tunnel opening put off" in page
    assert page.lstrip().lower().startswith("<!doctype html>")
