"""The frame: the first thing on the screen, which the main window fills as soon as it is woken."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPalette
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedLayout, QWidget


class Frame(QWidget):
    """A window in the theme's colours, where it stood last time; it needs nothing that takes long to import."""

    def __init__(self, kept: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("frame")
        self.setWindowTitle("Annotator")
        self._content: QMainWindow | None = None
        self._opening = QLabel(self.tr("Opening…"), self)
        self._opening.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._box = QStackedLayout(self)
        self._box.setStackingMode(QStackedLayout.StackingMode.StackAll)
        self._box.addWidget(self._opening)
        self._cover = QTimer(self)
        self._cover.setSingleShot(True)
        self._cover.timeout.connect(self.uncover)
        screen = self.screen().availableSize()
        self.resize(min(1440, screen.width() - 40), min(900, screen.height() - 80))
        self.restoreGeometry(QByteArray(base64.b64decode(kept.get("geometry", ""))))

    def take(self, content: QMainWindow, patience: int) -> None:
        """Show the main window inside, once it is uncovered or this many milliseconds from now.

        It closes together with the frame.
        """
        self._content = content
        content.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(content.windowTitle())
        content.setUpdatesEnabled(False)
        self._opening.setAutoFillBackground(True)
        self._box.addWidget(content)
        content.show()
        content.setFocus()
        self._cover.start(patience)

    def uncover(self) -> None:
        """Paint what is inside: nobody needs to see it come together."""
        self._cover.stop()
        if self._content is not None and not self._opening.isHidden():
            self._content.setUpdatesEnabled(True)
            self._box.setCurrentWidget(self._content)
            self._opening.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._content is not None and not self._content.close():
            event.ignore()
