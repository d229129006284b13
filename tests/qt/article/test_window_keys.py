"""The window's keys and drops pass through the article view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from annotator.core.spans import Span
from annotator.qt.article.view import ArticleView

KEYS = [
    "1",
    "9",
    "0",
    "S",
    "X",
    "[",
    "Backspace",
    "Return",
    "Esc",
    "Tab",
    "Ctrl+Z",
    "Ctrl+Return",
    "Ctrl+Shift+Z",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_of_the_window_works_while_the_text_has_the_focus(
    key: str, open_view: Callable[..., ArticleView], qtbot: QtBot, story: str
):
    window = QMainWindow()
    qtbot.addWidget(window)
    view = open_view(story)
    window.setCentralWidget(view)
    done: list[str] = []
    action = QAction(window)
    action.setShortcut(QKeySequence(key))
    action.triggered.connect(lambda: done.append(key))
    window.addAction(action)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    view.setFocus()
    QApplication.processEvents()
    view.select(Span(3, 9))
    combination = QKeySequence(key)[0]
    QTest.keyClick(view, combination.key(), combination.keyboardModifiers())
    assert done == [key]
    assert view.selection() == Span(3, 9)
    window.takeCentralWidget()


def test_a_dropped_file_is_left_to_the_window(view: ArticleView):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile("/somewhere/article.txt")])
    event = QDragEnterEvent(
        QPoint(20, 20),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(view.viewport(), event)
    assert not event.isAccepted()
