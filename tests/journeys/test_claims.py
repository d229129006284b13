"""Attributions that make the same claim are linked across columns, by key or by drawing a line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.claims import Claim
from annotator.qt.article.panel import ArticlePanel
from annotator.qt.main_window.window import MainWindow
from tests.journeys.driving import current, drag_over, panel_of, place_of, point_at, press

FIRST, SECOND = "01_hollant.txt", "02_avell_courier.txt"


def _two_marks(window: MainWindow) -> tuple[str, str]:
    made = []
    for article_id, words in ((FIRST, "two fifths of the cost"), (SECOND, "two fifths of the cost")):
        window.desk.focus(article_id)
        panel = panel_of(window, article_id)
        drag_over(panel, place_of(panel, words))
        press(window, Qt.Key.Key_2)
        made.append(current(window).id)
    return made[0], made[1]


def test_l_on_two_attributions_links_them_and_draws_a_line(window: MainWindow) -> None:
    first, second = _two_marks(window)
    window.session.set_current((FIRST, first))
    press(window, Qt.Key.Key_L)
    window.session.set_current((SECOND, second))
    press(window, Qt.Key.Key_L)
    marks = [window.session.open[FIRST].marks[first], window.session.open[SECOND].marks[second]]
    assert marks[0].claims == marks[1].claims
    assert window.session.project.registry.name(Claim, marks[0].claims[0]) == "two-fifths-cost"
    lines = window.desk.links.links()
    assert [(line.left, line.right) for line in lines] == [((FIRST, first), (SECOND, second))]
    assert window.desk.links.isVisible()
    press(window, (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert window.session.open[FIRST].marks[first].claims == ()
    assert window.desk.links.links() == []


def test_a_line_drawn_from_a_bracket_to_a_mark_links_them(window: MainWindow) -> None:
    first, second = _two_marks(window)
    window.session.set_current((FIRST, first))
    left, right = panel_of(window, FIRST), panel_of(window, SECOND)
    QApplication.processEvents()
    left.view.show_attribution(first)
    left.view.viewport().repaint()
    top = int(left.view.anchor_of(first, -1).y())
    margin = [QPoint(x, y) for y in range(top - 4, top + 24, 4) for x in range(0, left.view.width(), 3)]
    bracket = next(point for point in margin if left.view.brackets_under(point) == [first])
    right.view.show_attribution(second)
    QApplication.processEvents()
    goal = right.view.viewport().mapToGlobal(_inside(right, second))
    port, button, none = left.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(port, button, none, bracket)
    QTest.mouseMove(port, port.mapFromGlobal(goal))
    QTest.mouseRelease(port, button, none, port.mapFromGlobal(goal))
    assert window.session.open[FIRST].marks[first].claims
    assert window.session.open[FIRST].marks[first].claims == window.session.open[SECOND].marks[second].claims


def _inside(panel: ArticlePanel, attribution_id: str) -> QPoint:
    view = panel.view
    mark = view.marks_of(attribution_id)[0].fragments[0]
    return point_at(panel, mark.start + 2)


def test_lines_follow_when_a_column_scrolls(window: MainWindow) -> None:
    window.session.set_hand("gold")
    mark = next(one for one in panel_of(window, FIRST).opened().in_order() if one.claims)
    window.session.set_current((FIRST, mark.id))
    before = window.desk.links.grab().toImage()
    bar = panel_of(window, SECOND).view.verticalScrollBar()
    bar.setValue(bar.value() + 40)
    QApplication.processEvents()
    assert window.desk.links.links()
    assert window.desk.links.grab().toImage() != before


def test_each_claim_in_a_list_is_completed_on_its_own(window: MainWindow) -> None:
    _two_marks(window)
    line = window.inspector.claims
    completer = line.completer()
    line.setText("opening-put-off, fre")
    completer.setCompletionPrefix(completer.splitPath(line.text())[0])
    offered = [completer.completionModel().index(at, 0) for at in range(completer.completionCount())]
    assert [str(one.data()) for one in offered] == ["freight-stays-out"]
    assert completer.pathFromIndex(offered[0]) == "opening-put-off, freight-stays-out"
