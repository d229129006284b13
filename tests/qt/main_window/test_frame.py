"""The window's frame stands first, and whatever fills it is one window with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.qt.main_window.frame import Frame
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.sample import sample_project
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish


@pytest.fixture
def place(tmp_path: Path) -> Path:
    found = tmp_path / "Harbour.annotator"
    sample_project("tester", str(found)).close()
    return found


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[Frame]:
    found = Frame({})
    found.show()
    qtbot.waitExposed(found)
    yield found
    if shiboken6.isValid(found):
        found.close()
        shiboken6.delete(found)


@pytest.fixture
def filled(qtbot: QtBot, frame: Frame, place: Path) -> MainWindow:
    window = MainWindow(Settings(), WindowWish(place=str(place)), frame)
    frame.take(window, patience=400)
    window.session.articlesChanged.connect(frame.uncover)
    window.start()
    qtbot.waitUntil(lambda: window.session.workspace is not None and not window.jobs.busy())
    return window


def test_a_frame_says_that_it_is_opening(frame: Frame):
    assert [label.text() for label in frame.findChildren(QLabel) if label.isVisible()] == ["Opening…"]


def test_the_main_window_fills_the_frame_and_names_it(frame: Frame, filled: MainWindow):
    assert filled.window() is frame
    assert filled.size() == frame.size()
    assert frame.windowTitle() == "Harbour – Annotator"
    assert not [
        label for label in frame.findChildren(QLabel) if label.text() == "Opening…" and label.isVisible()
    ]


def test_a_window_whose_project_is_slow_to_open_is_shown_without_it(qtbot: QtBot, frame: Frame):
    window = MainWindow(Settings(), WindowWish(), frame)
    frame.take(window, patience=1)
    qtbot.waitUntil(window.updatesEnabled)
    assert window.isVisible()


def test_what_is_kept_is_where_the_frame_stood(frame: Frame, filled: MainWindow):
    frame.resize(frame.minimumSizeHint() + QSize(10, 20))
    QApplication.processEvents()
    stood = frame.saveGeometry().toBase64().toStdString()
    filled.actions_["window.quit"].trigger()
    assert not frame.isVisible()
    assert Settings().get("window")["geometry"] == stood


def test_closing_the_frame_lets_go_of_the_project(frame: Frame, filled: MainWindow):
    assert frame.close()
    assert filled.session.workspace is None
    assert not frame.isVisible()
