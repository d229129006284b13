"""Draw the window, save it as a picture, quit."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from annotator.core.attributions import Attribution
from annotator.qt.main_window.window import MainWindow
from annotator.qt.support.crash import worded

_SETTLE = 60
_TRIES = 200


class Picture(QObject):
    """Waits until the articles stand and their layout is at rest, then saves the window to a file.

    code is 0 when the picture was written and 2 when it could not be.
    """

    def __init__(self, window: MainWindow, out: Path, size: tuple[int, int] | None) -> None:
        super().__init__(window)
        self.code = 2
        self._window = window
        self._out = out
        self._tries = 0
        window.resize(*(size or (1600, 1000)))
        window.jobs.broke.connect(self._broke)
        window.session.projectChanged.connect(self._opened)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self._look)

    def _opened(self) -> None:
        if self._window.session.workspace is not None:
            self._timer.start()

    def _look(self) -> None:
        self._tries += 1
        if self._window.jobs.busy() and self._tries < _TRIES:
            self._timer.start()
            return
        if self._tries == 1:
            self._take_one_in_hand()
            self._timer.start()
            return
        self._save()

    def _take_one_in_hand(self) -> None:
        """Choose the first attribution that has everything, so that the picture shows the form as well."""
        for article_id, opened in self._window.session.open.items():
            full = next((one for one in opened.in_order() if _is_full(one)), None)
            if full is not None:
                self._window.session.set_current((article_id, full.id))
                return

    def _save(self) -> None:
        picture = self._window.grab()
        if picture.save(str(self._out), "PNG"):
            self.code = 0
        else:
            sys.stderr.write(f"annotator: {self._out} cannot be written.\n")
        self._window.close()

    def _broke(self, wrong: object) -> None:
        if isinstance(wrong, BaseException):
            sys.stderr.write(f"annotator: {worded(wrong)}\n")
        self._window.close()


def _is_full(mark: Attribution) -> bool:
    return bool(mark.source and mark.cue and mark.content and mark.source_id)
