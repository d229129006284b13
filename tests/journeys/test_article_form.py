"""What is known of an article can be corrected, and noted, where it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.qt.main_window.window import MainWindow
from tests.journeys.driving import panel_of

ARTICLE = "02_avell_courier.txt"


def test_a_note_and_an_outlet_are_kept_and_can_be_undone(window: MainWindow) -> None:
    window.desk.focus(ARTICLE)
    form = window.inspector.article
    assert form.outlet.text() == "The Avell Courier"
    form.note.setFocus()
    form.note.setPlainText("Compare with the wire.")
    QTest.keyClick(form.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form.outlet.setText("Avell Courier")
    QTest.keyClick(form.outlet, Qt.Key.Key_Return)
    article = window.session.open[ARTICLE].article
    assert article.note == "Compare with the wire."
    assert window.session.project.outlet_name(article) == "Avell Courier"
    assert "Avell Courier" in panel_of(window, ARTICLE).view.accessibleName()
    window.actions_["deed.undo"].trigger()
    assert form.outlet.text() == "The Avell Courier"


def test_the_form_follows_the_focus(window: MainWindow) -> None:
    window.desk.focus(ARTICLE)
    first = window.inspector.article.outlet.text()
    window.desk.focus_step(1)
    assert window.inspector.article.outlet.text() != first
