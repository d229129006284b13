"""Undoing and redoing a deed on very many marks leaves the window alive and lets nothing come in between."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.searching import Hit
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.commands.occurrences import MarkMany
from tests.journeys.driving import CTRL, drag_over, panel_of, place_of, press

FIRST = "01_hollant.txt"


@pytest.fixture(name="many")
def many_marks(window: MainWindow) -> int:
    """How many marks one deed made, most of them in an article that is open."""
    places = [Hit(FIRST, at, at + 3) for at in range(0, 2400, 3)]
    window.session.project.execute(MarkMany(tuple(places), "tester", "other"))
    return len(panel_of(window, FIRST).opened().marks)


def _idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)


def test_a_large_deed_is_undone_and_done_again_in_the_worker(
    window: MainWindow, qtbot: QtBot, many: int
) -> None:
    marks = panel_of(window, FIRST).opened().marks
    window.gestures.undo()
    assert window.jobs.busy()
    assert window.status._doing.text().startswith("Undoing: Tag ")
    cancel = next(one for one in window.status.findChildren(QToolButton) if one.text() == "Cancel")
    assert cancel.isHidden(), "undoing cannot be stopped half way"
    _idle(window, qtbot)
    assert not marks
    assert window.messages.words().startswith("Undid: Tag ")
    window.gestures.redo()
    _idle(window, qtbot)
    assert len(marks) == many
    assert window.list.table.model().rowCount() >= many


def test_nothing_is_marked_or_undone_while_a_large_deed_is_being_undone(
    window: MainWindow, qtbot: QtBot, many: int
) -> None:
    panel = panel_of(window, FIRST)
    assert len(panel.opened().marks) == many
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    window.gestures.undo()
    for gesture in (lambda: window.gestures.kind("other"), window.gestures.undo, window.gestures.redo):
        with pytest.raises(BrokenLaw, match="Something longer is under way"):
            gesture()
    _idle(window, qtbot)
    assert window.session.project.reading.find(Attribution, kind="other", set_id=panel.opened().set_id) == []
    window.gestures.kind("other")
    assert len(panel.opened().marks) == 1


def test_a_small_deed_is_undone_at_once(window: MainWindow, qtbot: QtBot) -> None:
    assert window.further
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    panel = panel_of(window, FIRST)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_1, (Qt.Key.Key_Z, CTRL))
    assert not window.jobs.busy()
    assert not panel.opened().marks
