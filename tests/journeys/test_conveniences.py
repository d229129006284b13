"""Every action can be found by its words, has keys that can be changed, and what widgets say can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.qt.dialogs.command_palette import rank
from annotator.qt.dialogs.keys import KeysDialog
from annotator.qt.dialogs.page import PageDialog
from annotator.qt.main_window.window import MainWindow
from annotator.qt.sources.window import SourcesWindow
from annotator.workspace.settings import Settings
from tests.journeys.driving import current, drag_over, panel_of, place_of, press

ARTICLE = "01_hollant.txt"
SPOKEN = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


def test_every_action_is_in_the_palette_and_in_the_key_overview(window: MainWindow) -> None:
    window.further.conveniences.palette.open_over(window)
    shown = set(window.further.conveniences.palette.shown())
    specs = window.actions_.specs()
    assert shown == {spec.id for spec in specs}
    overview = KeysDialog(window.actions_, window)
    words = overview.findChild(QTextEdit).toPlainText()
    for spec in specs:
        assert spec.text.rstrip("…") in words, spec.id
        for key in window.actions_.keys(spec.id):
            assert key in words, spec.id
    assert {f"panel.{name}" for name in window.docks} <= shown
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


def test_whole_words_come_before_beginnings_before_what_is_inside_before_letters_in_order() -> None:
    wanted = ["Source", "Sources…", "Resource list", "Say our Greece"]
    ranks = [rank("source", words) for words in wanted[:3]]
    assert None not in ranks
    assert ranks == sorted(ranks)
    letters = rank("sor", "Say our words")
    inside = rank("sor", "A sensor")
    assert letters is not None
    assert inside is not None
    assert inside < letters
    around = rank("zoom", "Larger text", "View Zoom in")
    assert around is not None
    assert letters < around
    assert rank("sor", "Mist over") is None, "the first letter begins a word"


def test_what_was_used_lately_stands_on_top_and_is_remembered(window: MainWindow) -> None:
    palette = window.further.conveniences.palette
    for words in ("smaller text", "go to stories"):
        palette.open_over(window)
        palette._line.setText(words)
        QTest.keyClick(palette._line, Qt.Key.Key_Return)
    palette.open_over(window)
    assert palette.shown()[:2] == ["go.stories", "view.zoom_out"]
    assert Settings().get("recent_actions") == ["go.stories", "view.zoom_out"]
    palette._line.setText("qqq")
    assert palette.shown() == []
    assert palette._nothing.isVisible()
    palette.hide()


def test_no_label_hides_where_the_window_is_narrow(window: MainWindow) -> None:
    window.session.set_hand("gold")
    for width in (1000, 1280, 1900):
        window.resize(width, 700)
        QApplication.processEvents()
        bar = window.palette_bar
        buttons = [label.button for label in bar._labels]
        assert len(buttons) == 11
        assert all(one.isVisible() and one.geometry().right() <= bar.width() for one in buttons), width


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


def _dialogs(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Iterator[QWidget]:
    """Every dialog of the program, open."""
    further = window.further
    yield further.conveniences.preferences()
    yield further.modes.ask_assign()
    yield further.colleagues.show_conflicts()
    yield KeysDialog(window.actions_, window)
    yield PageDialog("A page", "Some words.", window)
    further.conveniences.palette.open_over(window)
    yield further.conveniences.palette
    further.conveniences.palette.hide()
    for action_id in ("sources.open", "scheme.edit", "set.export"):
        window.actions_[action_id].trigger()
        qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    article = tmp_path / "ferry.txt"
    article.write_text("Ferry to stop in May\n\nNobody asked us.\n", "utf-8")
    further.exchanges.ask_about([str(article)])
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    opened = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert {"Sources", "Label scheme", "Export training set", "Import"} <= {
        one.windowTitle() for one in opened
    }
    sources = next(one for one in opened if isinstance(one, SourcesWindow))
    sources.table.selectRow(0)
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    yield from opened


def test_every_widget_can_be_read_aloud(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    drag_over(panel_of(window, ARTICLE), place_of(panel_of(window, ARTICLE), "two fifths of the cost"))
    press(window, Qt.Key.Key_1)
    for action_id in ("text.find", "text.concordance", "go.problems", "help.guidelines"):
        window.actions_[action_id].trigger()
    for action_id in ("mode.compare", "mode.review", "go.suggestions", "go.comments"):
        window.actions_[action_id].trigger()
        qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=30_000)
    dialogs = list(_dialogs(window, qtbot, tmp_path))
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
