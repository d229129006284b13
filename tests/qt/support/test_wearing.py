"""What is said in another tone looks so at once, however often the tone changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.qt.support.messages import MessageBar
from annotator.qt.support.theme import Theme


def test_an_error_is_written_in_the_colour_of_danger_and_what_comes_after_it_is_not(
    qtbot: QtBot, qapp: QApplication, project_folder: Path
):
    theme = Theme.load(project_folder / "resources" / "themes" / "light.toml")
    before = qapp.styleSheet()
    qapp.setStyleSheet(theme.stylesheet())
    bar = MessageBar()
    qtbot.addWidget(bar)
    words = bar.findChild(QLabel, "messageWords")
    assert words is not None
    for _ in range(2):
        bar.say("All went well.")
        assert words.palette().windowText().color().name() == theme.text
        bar.warn("Something did not.")
        assert words.palette().windowText().color().name() == theme.danger
    qapp.setStyleSheet(before)
