"""The problems panel follows what is marked, and leads to the place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.qt.main_window.window import MainWindow
from tests.journeys.driving import current, drag_over, panel_of, place_of, press

ARTICLE = "01_hollant.txt"


def test_a_problem_appears_leads_to_its_place_and_goes(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_["go.problems"].trigger()
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_1)
    tree = window.further.problems._tree
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 1, timeout=5000)
    assert "no source" in tree.topLevelItem(0).text(0)
    assert "(1)" in window.docks["problems"].windowTitle()
    made = current(window).id
    window.session.set_current(None)
    tree.itemActivated.emit(tree.topLevelItem(0).child(0), 0)
    assert current(window).id == made
    panel.view.setFocus()
    press(window, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 0, timeout=5000)
