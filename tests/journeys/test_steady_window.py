"""Nothing moves, goes stale or takes the keyboard away while one works."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.core.articles import Article
from annotator.core.spans import Span
from annotator.qt.attributions.model import ID_ROLE
from annotator.qt.main_window.window import MainWindow
from tests.journeys.driving import CTRL, current, drag_over, panel_of, place_of, press

ARTICLE = "01_hollant.txt"


def test_a_message_leaves_the_text_where_it_was(window: MainWindow) -> None:
    view = panel_of(window, ARTICLE).view
    before = view.viewport().mapToGlobal(QPoint(0, 0))
    window.messages.warn("Something to read.")
    QApplication.processEvents()
    assert window.messages.isVisible()
    assert view.viewport().mapToGlobal(QPoint(0, 0)) == before


def test_a_click_on_a_message_leaves_the_keyboard_with_the_article(window: MainWindow) -> None:
    panel = panel_of(window, ARTICLE)
    panel.view.setFocus()
    window.messages.say("Something to read.")
    QApplication.processEvents()
    words = window.messages.findChild(QLabel, "messageWords")
    assert words is not None
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    assert panel.view.hasFocus()
    window.messages.hide()
    assert panel.view.hasFocus()


def test_undoing_an_import_takes_its_article_off_the_desk_and_leaves_the_sample(
    qtbot: QtBot, window: MainWindow
) -> None:
    before = list(window.session.open)
    QGuiApplication.clipboard().setText("A headline\n\nThe mayor said it works.")
    window.actions_["articles.paste"].trigger()
    pasted = window.session.focused
    assert pasted not in before
    window.desk.panels[pasted].view.select(Span(12, 21))
    press(window, Qt.Key.Key_1)
    while window.session.project.next_undo() is not None:
        press(window, (Qt.Key.Key_Z, CTRL))
    qtbot.waitUntil(lambda: pasted not in window.desk.panels)
    assert window.session.project.reading.get(Article, pasted) is None
    assert list(window.session.open) == before
    assert window.session.project.reading.get(Article, ARTICLE) is not None


def test_the_list_keeps_to_the_attribution_in_hand_when_its_place_changes(window: MainWindow) -> None:
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "a year late"))
    press(window, Qt.Key.Key_1)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_2)
    for words, key in (("PORT AVELL", Qt.Key.Key_S), ("informed", Qt.Key.Key_C)):
        drag_over(panel, place_of(panel, words))
        press(window, key)
        assert window.list.table.currentIndex().data(ID_ROLE) == current(window).id


def test_more_columns_than_fit_are_scrolled_through_and_the_panels_keep_their_width(
    qtbot: QtBot, window: MainWindow
) -> None:
    QApplication.processEvents()
    before = [window.docks[name].width() for name in ("stories", "inspector")]
    for article in window.session.project.articles():
        window.gestures.open_article(article.id)
    QApplication.processEvents()
    assert len(window.desk.panels) == 5
    assert [window.docks[name].width() for name in ("stories", "inspector")] == before
    last = list(window.desk.panels.values())[-1]
    assert last.view.hasFocus()
    qtbot.waitUntil(
        lambda: window.desk.rect().contains(last.mapTo(window.desk, last.rect().topRight())), timeout=5_000
    )


def test_a_long_title_stays_on_one_line_and_its_tip_tells_all_of_it(window: MainWindow) -> None:
    header = panel_of(window, ARTICLE).header
    title = panel_of(window, ARTICLE).opened().article.title
    panel_of(window, ARTICLE).header.setFixedWidth(150)
    QApplication.processEvents()
    shown = next(one for one in header.findChildren(QLabel) if one.accessibleName() == "Title")
    assert shown.text().endswith("…")
    assert shown.toolTip() == title
