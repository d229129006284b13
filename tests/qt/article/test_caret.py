"""The caret moves as in any other text field, and a screen reader finds what it expects."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.core.spans import Span
from annotator.qt.article.offsets import display_projection
from annotator.qt.article.view import ArticleView

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
ROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
SIDES = (Qt.Key.Key_Left, Qt.Key.Key_Right)


def stock_beside(view: ArticleView, text: str, qtbot: QtBot) -> QTextEdit:
    """Qt's own text field with the same text in lines of the same width."""
    stock = QTextEdit()
    qtbot.addWidget(stock)
    stock.setReadOnly(True)
    stock.setTextInteractionFlags(view.textInteractionFlags())
    stock.setFont(view.font())
    stock.setFrameShape(view.frameShape())
    stock.document().setDocumentMargin(0)
    stock.setPlainText(display_projection(text))
    match_width(stock, view)
    stock.show()
    qtbot.waitExposed(stock)
    return stock


def match_width(stock: QTextEdit, view: ArticleView) -> None:
    assert view._page is not None
    stock.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
    stock.setLineWrapColumnOrWidth(view._page.paragraphs.width)
    stock.resize(view.size())


def carets(view: QTextEdit) -> tuple[int, int]:
    return view.textCursor().position(), view.textCursor().anchor()


def test_fifteen_hundred_keys_move_the_caret_as_in_qts_own_text_field(
    open_view: Callable[..., ArticleView], prose: Callable[..., str], qtbot: QtBot, story: str
):
    text = prose(6000) + "\n" + story
    view = open_view(text)
    stock = stock_beside(view, text, qtbot)
    pick = random.Random(3)
    for step in range(1500):
        key = pick.choice((*SIDES, *ROWS, *ENDS))
        held = pick.choice((NONE, SHIFT, CTRL, CTRL | SHIFT))
        if held & CTRL and (key in ROWS or (key in ENDS and pick.random() < 0.9)):
            continue
        for one in (view, stock):
            QTest.keyClick(one, key, held)
        assert carets(view) == carets(stock), (step, key, held)


def test_up_and_down_follow_the_lines_after_every_change_of_width(
    open_view: Callable[..., ArticleView], prose: Callable[..., str], qtbot: QtBot
):
    text = prose(20_000)
    view = open_view(text)
    stock = stock_beside(view, text, qtbot)
    pick = random.Random(8)
    for width in (420, 333, 610, 500):
        view.resize(width, 500)
        QApplication.processEvents()
        match_width(stock, view)
        QApplication.processEvents()
        for step in range(150):
            key, held = pick.choice((*ROWS, Qt.Key.Key_Down, *ENDS)), pick.choice((NONE, SHIFT))
            for one in (view, stock):
                QTest.keyClick(one, key, held)
            assert carets(view) == carets(stock), (width, step, key)


def test_a_screen_reader_finds_text_caret_and_selection(view: ArticleView, story: str):
    words = QAccessible.queryAccessibleInterface(view).textInterface()
    at = story.index("denied")
    view.select(Span(at, at + 6))
    assert words.characterCount() == view._offsets.length
    assert words.cursorPosition() == view._offsets.to_utf16(at + 6)
    assert words.selectionCount() == 1
