"""The list of attributions keeps its order, its selection and its words while one works."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.core.sources import Source
from annotator.qt.attributions.model import CONTENT, ID_ROLE, KIND, OUTLET, SOURCE
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.commands.sources import EditSource
from tests.journeys.driving import CTRL, current, drag_over, panel_of, place_of, press

FIRST = "01_hollant.txt"
DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


def _cells(window: MainWindow, column: int) -> list[str]:
    shown = window.list.table.model()
    return [str(shown.index(at, column).data()) for at in range(shown.rowCount())]


def _is_sorted(cells: list[str], *, backwards: bool = False) -> bool:
    return cells == sorted(cells, key=str.casefold, reverse=backwards)


def test_rows_are_sorted_both_ways_and_what_was_chosen_stays_chosen(window: MainWindow) -> None:
    window.session.set_hand("gold")
    table = window.list.table
    QAbstractItemModelTester(window.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
    by_place = _cells(window, CONTENT)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(table.model().index(7, KIND), flags)
    chosen = table.currentIndex().data(ID_ROLE)
    for order in (UP, DOWN):
        table.sortByColumn(SOURCE, order)
        assert _is_sorted(_cells(window, SOURCE), backwards=order == DOWN)
        assert table.currentIndex().data(ID_ROLE) == chosen
    table.sortByColumn(CONTENT, UP)
    assert _cells(window, CONTENT) == by_place


def test_a_new_mark_and_a_renamed_source_find_their_places_among_sorted_rows(window: MainWindow) -> None:
    window.session.set_hand("gold")
    for order in (UP, DOWN):
        window.list.table.sortByColumn(SOURCE, order)
        project = window.session.project
        marks = [mark for opened in window.session.open.values() for mark in opened.in_order()]
        source = project.registry.get(Source, next(mark.source_id for mark in marks if mark.source_id))
        assert source is not None
        name = "Zora Zett" if order == UP else "Aaron Abel"
        project.execute(EditSource(source.id, {"name": name}))
        assert name in _cells(window, SOURCE)
        assert _is_sorted(_cells(window, SOURCE), backwards=order == DOWN)
    window.session.set_hand("tester")
    window.list.table.sortByColumn(KIND, DOWN)
    panel = panel_of(window, FIRST)
    QAbstractItemModelTester(window.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
    for words, key in (("a year late", Qt.Key.Key_5), ("two fifths of the cost", Qt.Key.Key_1)):
        window.session.set_current(None)
        drag_over(panel, place_of(panel, words))
        press(window, key)
    assert _cells(window, KIND) == ["Other", "Named official"]
    press(window, Qt.Key.Key_5, Qt.Key.Key_2)
    assert current(window).kind == "anonymous_source"
    assert _cells(window, KIND) == ["Other", "Anonymous source"]
    press(window, Qt.Key.Key_Delete, (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Z, CTRL))
    assert _is_sorted(_cells(window, KIND), backwards=True)


def test_the_box_says_what_the_header_sorts_by(window: MainWindow) -> None:
    window.list.table.sortByColumn(OUTLET, DOWN)
    assert window.list._sort.currentText() == "Sort by outlet"


def test_an_empty_list_says_why(window: MainWindow) -> None:
    empty = window.list._empty
    assert empty.text() == "What you mark in the open articles is listed here."
    assert empty.isVisible()
    window.session.set_hand("gold")
    assert not empty.isVisible()
    window.list._filter.setText("no such words anywhere")
    assert empty.text() == "No attribution fits the filter."


def test_the_columns_share_the_width_and_the_content_gets_what_is_left(
    window: MainWindow, qtbot: QtBot
) -> None:
    table = window.list.table
    head = table.horizontalHeader()
    for width in (1200, 1600):
        window.resize(width, 800)
        qtbot.waitUntil(lambda: head.length() == table.viewport().width())
        assert table.columnWidth(CONTENT) >= table.columnWidth(OUTLET)
