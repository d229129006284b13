"""Run in a process of its own: show a window as named, print what it cost until it was painted, and leave.

`bare` is the least that PySide6 can show, `bare with database` the same and the import that every project needs, `window`
the program until its first paint, `project` the program until the articles of its last project can be read.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


def _done() -> None:
    """Print CPU and clock seconds since the process was asked for."""
    began = float(os.environ["ANNOTATOR_BENCH_BEGAN"])
    print(json.dumps({"cpu": time.process_time(), "clock": time.time() - began}), flush=True)
    os._exit(0)


def _soon(do: Callable[[], None]) -> None:
    """Call when the events that wait now, the rest of a paint among them, are done."""
    timer = QTimer(QApplication.instance())
    timer.setSingleShot(True)
    timer.timeout.connect(do)
    timer.start(0)


class _Painted(QObject):
    """Calls once all of some widgets were painted."""

    def __init__(self, widgets: list[QObject], do: Callable[[], None]) -> None:
        super().__init__(QApplication.instance())
        self._waiting = set(map(id, widgets))
        self._do = do
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and id(watched) in self._waiting:
            self._waiting.discard(id(watched))
            if not self._waiting:
                _soon(self._do)
        return False


def _bare(do: Callable[[], None]) -> None:
    application = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Ready", window))
    window.resize(1440, 900)
    _Painted([window], do)
    window.show()
    application.exec()


def _with_database() -> None:
    import sqlalchemy.orm  # noqa: F401  what is measured

    _done()


def _program(*, until_read: bool) -> None:
    from annotator.__main__ import main
    from annotator.qt import app
    from annotator.qt.main_window.window import MainWindow

    class Watched(MainWindow):
        """The window, and a bell at its first paint or when its articles are painted."""

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not until_read:
                _soon(_done)

        def start(self) -> None:
            if until_read:
                self.session.articlesChanged.connect(self._watch)
            super().start()

        def _watch(self) -> None:
            panels = list(self.desk.panels.values())
            if not panels or not any(panel.opened().marks for panel in panels):
                raise RuntimeError("the project shows no marks")
            _Painted([panel.view.viewport() for panel in panels], _done)

    app.MainWindow = Watched  # type: ignore[misc]
    sys.argv = ["annotator"]
    main()


if __name__ == "__main__":
    match sys.argv[1]:
        case "bare":
            _bare(_done)
        case "bare with database":
            _bare(_with_database)
        case "window":
            _program(until_read=False)
        case "project":
            _program(until_read=True)
