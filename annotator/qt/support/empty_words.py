"""What an empty list says in place of rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel


class EmptyWords(QLabel):
    """A sentence in the middle of a view that has no rows; it lies over the view and lets the mouse through."""

    def __init__(self, view: QAbstractItemView, name: str) -> None:
        super().__init__(view.viewport())
        self.setAccessibleName(name)
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._viewport = view.viewport()
        self._viewport.installEventFilter(self)

    def say(self, words: str) -> None:
        """Show this sentence; nothing, when there are rows."""
        self.setText(words)
        self.setGeometry(self._viewport.rect())
        self.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._viewport.rect())
        return False
