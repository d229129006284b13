"""Every action can be found by its words, has keys that can be changed, and what widgets say can be read aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from annotator.qt.dialogs.command_palette import rank
from annotator.qt.dialogs.keys import KeysDialog
from annotator.qt.main_window.window import MainWindow
from tests.journeys.driving import current, drag_over, panel_of, place_of, press

ARTICLE = "01_hollant.txt"
SPOKEN = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def test_every_action_is_in_the_palette_and_in_the_key_overview(window: MainWindow) -> None:
    window.further.conveniences.palette.open_over(window)
    shown = set(window.further.conveniences.palette.shown())
    specs = window.actions_.specs()
    assert shown == {spec.id for spec in specs}
    overview = KeysDialog(window.actions_, window)
    words = overview.findChild(QTextEdit).toPlainText()
    for spec in specs:
        for key in window.actions_.keys(spec.id):
            assert key in words, spec.id
    overview.close()
    window.further.conveniences.palette.hide()


def test_a_few_letters_find_an_action_and_enter_does_it(window: MainWindow) -> None:
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    palette = window.further.conveniences.palette
    palette.open_over(window)
    palette._line.setText("anon")
    assert palette.shown()[0] == "kind.anonymous_source"
    QTest.keyClick(palette._line, Qt.Key.Key_Return)
    assert current(window).kind == "anonymous_source"


def test_words_are_ranked_by_how_well_they_fit() -> None:
    assert rank("undo", "Undo: Import") == 0
    assert rank("tag again", "Tag as the one before") is None
    first, second = rank("find", "Find in article"), rank("find", "Go and find")
    assert first is not None
    assert second is not None
    assert first < second


def test_a_key_can_be_changed_but_not_taken_from_another_action(window: MainWindow) -> None:
    dialog = window.further.conveniences.preferences()
    editor = dialog.keys
    editor.set_key("mark.hedge", "G")
    assert window.actions_.keys("mark.hedge") == ["G"]
    editor.set_key("mark.hedge", "1")
    assert window.actions_.keys("mark.hedge") == ["G"]
    assert "belongs to" in editor.said.text()
    dialog.close()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_1, Qt.Key.Key_G)
    assert current(window).hedge
    dialog = window.further.conveniences.preferences()
    dialog.keys.reset("mark.hedge")
    assert window.actions_.keys("mark.hedge") == ["H"]
    dialog.close()


def test_settings_hold_at_once(window: MainWindow) -> None:
    dialog = window.further.conveniences.preferences()
    dialog._set("theme", "contrast")
    assert window.look.theme.name == "High contrast"
    dialog._set("font_size", 20.0)
    assert panel_of(window, ARTICLE).view.document().defaultFont().pointSizeF() == pytest.approx(20.0)
    dialog._set("theme", "light")
    dialog.close()


def test_text_on_the_clipboard_becomes_an_article(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("A pasted headline\r\n\r\nThe mayor said it works.")
    window.actions_["articles.paste"].trigger()
    opened = [one for one in window.session.open.values() if one.article.title == "A pasted headline"]
    assert [one.text for one in opened] == ["A pasted headline\n\nThe mayor said it works."]


def test_the_context_menu_offers_what_fits_the_place(window: MainWindow) -> None:
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    texts = [action.text() for action in window.further.conveniences.menu(selected=True).actions()]
    assert "Named official" in texts
    assert "Source" in texts
    press(window, Qt.Key.Key_1)
    texts = [action.text() for action in window.further.conveniences.menu(selected=False).actions()]
    assert "Move boundaries" in texts
    assert "Remove attribution" in texts
    panel.view.customContextMenuRequested.emit(QPoint(5, 5))
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def test_every_widget_can_be_read_aloud(window: MainWindow) -> None:
    drag_over(panel_of(window, ARTICLE), place_of(panel_of(window, ARTICLE), "two fifths of the cost"))
    press(window, Qt.Key.Key_1)
    dialogs = [window.further.conveniences.preferences(), KeysDialog(window.actions_, window)]
    silent = []
    for root in (window, *dialogs):
        for widget in root.findChildren(QWidget):
            inner = widget.objectName().startswith("qt_") or any(
                isinstance(one, (QComboBox, QAbstractSpinBox, QLineEdit)) for one in _above(widget)
            )
            if not isinstance(widget, SPOKEN) or inner or not _reachable(widget):
                continue
            words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            if not words and not (isinstance(widget, QAbstractButton) and widget.toolTip()):
                silent.append(" in ".join(type(one).__name__ for one in (widget, *_above(widget))))
    for dialog in dialogs:
        dialog.close()
    assert sorted(set(silent)) == []


def _above(widget: QWidget) -> list[QWidget]:
    found = []
    parent = widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def _reachable(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton)
