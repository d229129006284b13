"""The real window on a project of its own, driven as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from annotator.qt.main_window.window import MainWindow
from annotator.workspace.sample import sample_project
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish

OpenWindow = Callable[[WindowWish], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens windows and waits until their project stands on the desk."""
    windows: list[MainWindow] = []

    def opened(wish: WindowWish) -> MainWindow:
        window = MainWindow(Settings(), wish)
        windows.append(window)
        window.resize(1500, 900)
        window.show()
        qtbot.waitExposed(window)
        window.start()
        qtbot.waitUntil(
            lambda: window.session.workspace is not None and not window.jobs.busy(), timeout=20_000
        )
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield opened
    for window in windows:
        if shiboken6.isValid(window):
            window.close()
            shiboken6.delete(window)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A project with the sample story, its annotators and its gold."""
    place = tmp_path / "sample.annotator"
    sample_project("tester", str(place)).close()
    return place


@pytest.fixture
def window(open_window: OpenWindow, sample: Path) -> MainWindow:
    """The window on the sample story."""
    return open_window(WindowWish(place=str(sample), annotator="tester"))
