"""Hands and eyes for tests: drag over words, press keys, look at what is on the screen and on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from annotator.core.attributions import Attribution
from annotator.core.spans import Span
from annotator.qt.article.panel import ArticlePanel
from annotator.qt.main_window.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def panel_of(window: MainWindow, file_name: str) -> ArticlePanel:
    """The column of the article from this file."""
    return window.desk.panels[file_name]


def place_of(panel: ArticlePanel, words: str, nth: int = 0) -> Span:
    """Where words stand in the column's article, in code points."""
    text, at = panel.opened().text, -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def point_at(panel: ArticlePanel, position: int) -> QPoint:
    """Where on the viewport the caret before a code point would stand."""
    view = panel.view
    units = len(panel.opened().text[:position].encode("utf-16-le")) // 2
    cursor = QTextCursor(view.document())
    cursor.setPosition(units)
    return view.cursorRect(cursor).center()


def drag_over(panel: ArticlePanel, span: Span) -> None:
    """Select words with the mouse."""
    panel.view.show_span(span)
    QApplication.processEvents()
    viewport = panel.view.viewport()
    start, end = point_at(panel, span.start), point_at(panel, span.end)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def press(window: MainWindow, *keys: Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    """Press keys on whatever has the keyboard, as the window system would deliver them."""
    for key in keys:
        code, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        target = QApplication.focusWidget() or window
        QTest.keyClick(target, code, modifier)


def press_button(inside: QWidget, name: str) -> None:
    """Click the tool button with this accessible name."""
    button = next(one for one in inside.findChildren(QToolButton) if one.accessibleName() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def current(window: MainWindow) -> Attribution:
    """The attribution in hand."""
    mark = window.session.attribution()
    assert mark is not None, "no attribution is in hand"
    return mark


def exported(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def marks_on_disk(place: Path, annotator: str, out: Path) -> dict[str, list[dict[str, Any]]]:
    """An annotator's attributions by article, read from the file in a process of its own making."""
    from annotator.workspace.choosing import Selection
    from annotator.workspace.exporting import ExportWish, export
    from annotator.workspace.opening import open_project

    project = open_project(str(place), "reader")
    try:
        export(project, out, ExportWish("jsonl", Selection(annotators=(annotator,))))
    finally:
        project.close()
    return {line["id"]: line["attributions"] for line in exported(out)}
