"""Start the program's window: a frame at once, then what stands in it, then the project."""

from __future__ import annotations

import sys

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from annotator.qt.main_window.frame import Frame
from annotator.qt.support import garbage
from annotator.qt.support.after_paint import AfterPaint
from annotator.qt.support.crash import keep_log, log_qt
from annotator.qt.support.themes import apply_colours, wanted_theme
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish


def open_window(wish: WindowWish) -> int:
    """Run the window until it is closed (or its picture is taken); returns the exit code."""
    garbage.hold_off()
    _spare_sources()
    application = _application()
    settings = Settings()
    apply_colours(application, wanted_theme(wish.theme or str(settings.get("theme"))))
    before = sys.excepthook
    try:
        if wish.screenshot is not None:
            return _draw(settings, wish)
        frame = Frame(settings.get("window"))
        AfterPaint(frame, lambda: _fill(frame, settings, wish))
        frame.show()
        return application.exec()
    finally:
        sys.excepthook = before
        garbage.resume()


def _spare_sources() -> None:
    """Keep PySide6 from reading the source of every module that is imported from now on.

    It looks there for the use of its own optional spelling of names, which nothing here uses; that takes a tenth of the
    start. A plug-in that asks for it gets it all the same.
    """
    for name in ("shibokensupport.feature", "PySide6.support.feature"):
        feature = sys.modules.get(name)
        if feature is not None:
            vars(feature)["_mod_uses_pyside"] = lambda _module: False


def _application() -> QApplication:
    existing = QApplication.instance()
    # Asking an application for its style wakes every list of Qt's that has to do with styles; an argument costs nothing.
    own = [*sys.argv[:1], "-style", "fusion"]
    application = existing if isinstance(existing, QApplication) else QApplication(own)
    application.setApplicationName("annotator")
    application.setApplicationDisplayName("Annotator")
    application.setDesktopFileName("annotator")
    keep_log()
    qInstallMessageHandler(log_qt)
    return application


def _fill(frame: Frame, settings: Settings, wish: WindowWish) -> None:
    try:
        from annotator.qt.main_window.waking import fill  # noqa: PLC0415  the window is woken late

        fill(frame, settings, wish)
    except BaseException:
        # An empty frame is of no use to anybody.
        QApplication.exit(1)
        raise


def _draw(settings: Settings, wish: WindowWish) -> int:
    from annotator.qt.main_window.waking import draw  # noqa: PLC0415  the window is woken late

    return draw(settings, wish)
