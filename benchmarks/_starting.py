"""Run in a process of its own: show a window as named and print what it cost.

`bare` is the least that PySide6 can show, `bare with database` the same and the import that every project needs; `window`
is the program until its first paint, `project` until the articles of its last project can be read.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QShowEvent
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
        self._waiting = list(widgets)
        self._do = do
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched in self._waiting:
            self._waiting.remove(watched)
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


def _program(until: str) -> None:
    from annotator.__main__ import main
    from annotator.qt import app

    class Watched(app.Frame):
        """The frame, with a bell at the moment that is waited for."""

        def showEvent(self, event: QShowEvent) -> None:
            if until == "window":
                _Painted([self], _done)
            super().showEvent(event)

        def take(self, content: Any, patience: int) -> None:
            if until == "project":
                content.session.articlesChanged.connect(lambda: self._watch(content))
            super().take(content, patience)

        def _watch(self, content: Any) -> None:
            panels = list(content.desk.panels.values())
            if not panels or not any(panel.opened().marks for panel in panels):
                raise RuntimeError("the project shows no marks")
            _Painted([panel.view.viewport() for panel in panels], _done)

    app.Frame = Watched  # type: ignore[misc]
    sys.argv = ["annotator"]
    main()


if __name__ == "__main__":
    match sys.argv[1]:
        case "bare":
            _bare(_done)
        case "bare with database":
            _bare(_with_database)
        case until:
            _program(until)
