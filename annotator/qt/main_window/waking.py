"""Wake the main window: into the frame that stands already, or to have its picture taken."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.core.errors import BrokenLaw
from annotator.qt.main_window.frame import Frame
from annotator.qt.main_window.picture import Picture
from annotator.qt.main_window.window import MainWindow
from annotator.qt.support import garbage
from annotator.qt.support.after_paint import AfterPaint
from annotator.qt.support.crash import hook_for
from annotator.qt.support.icons import app_icon
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish

_PATIENCE = 400
"""After so many milliseconds the window is shown even though its project is not open yet."""


def fill(frame: Frame, settings: Settings, wish: WindowWish) -> None:
    """Put the main window into a frame and open its project; both are painted together, unless that takes long."""
    window = _made(settings, wish, frame)
    frame.take(window, _PATIENCE)
    window.session.articlesChanged.connect(frame.uncover)
    window.jobs.broke.connect(frame.uncover)
    window.start()


def draw(settings: Settings, wish: WindowWish) -> int:
    """Show the main window by itself until its picture is saved; returns the exit code."""
    if wish.screenshot is None:
        raise BrokenLaw("A picture needs a file to be saved in.")
    window = _made(settings, wish)
    picture = Picture(window, wish.screenshot, wish.size)
    AfterPaint(window, window.start)
    window.show()
    QApplication.exec()
    return picture.code


def _made(settings: Settings, wish: WindowWish, frame: Frame | None = None) -> MainWindow:
    QApplication.setWindowIcon(app_icon())
    window = MainWindow(settings, wish, frame)
    sys.excepthook = hook_for(window)
    once = Qt.ConnectionType.SingleShotConnection
    window.jobs.started.connect(lambda job: job.ended.connect(garbage.resume), once)
    return window
