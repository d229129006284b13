"""Start the window, and open the project once it is painted."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from annotator.qt.main_window.picture import Picture
from annotator.qt.main_window.window import MainWindow
from annotator.qt.support.crash import hook_for, keep_log, log_qt
from annotator.qt.support.icons import app_icon
from annotator.qt.support.themes import apply_theme, wanted_theme
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish


class _AfterPaint(QObject):
    """Calls the window's start as soon as it has been painted for the first time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(window.start)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._timer.start(0)
        return False


def _loaded() -> None:
    """Collect garbage again, leaving out what was loaded by now: it would be looked through in vain each time."""
    gc.freeze()
    gc.enable()


def open_window(wish: WindowWish) -> int:
    """Run the window until it is closed (or its picture is taken); returns the exit code."""
    # What is made at the start stays: looking through it for garbage would cost a tenth of the time.
    gc.disable()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("annotator")
    application.setApplicationDisplayName("Annotator")
    application.setDesktopFileName("annotator")
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    application.setWindowIcon(app_icon())
    keep_log()
    qInstallMessageHandler(log_qt)
    settings = Settings()
    apply_theme(application, wanted_theme(wish.theme or str(settings.get("theme"))))
    window = MainWindow(settings, wish)
    once = Qt.ConnectionType.SingleShotConnection
    window.jobs.started.connect(lambda job: job.ended.connect(_loaded), once)
    before = sys.excepthook
    sys.excepthook = hook_for(window)
    picture = Picture(window, wish.screenshot, wish.size) if wish.screenshot is not None else None
    _AfterPaint(window)
    window.show()
    try:
        code = application.exec()
    finally:
        sys.excepthook = before
        gc.enable()
    return picture.code if picture is not None else code
