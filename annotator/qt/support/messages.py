"""Words for people: a bar that says what happened, what was kept, and goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QToolButton, QWidget

from annotator.qt.support.wearing import wear

_SHORT, _LONG = 6000, 20000


class MessageBar(QFrame):
    """One sentence below the desk; errors stay longer, and all can be closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self._words = QLabel(self)
        self._words.setObjectName("messageWords")
        self._words.setAccessibleName(self.tr("Message text"))
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # A bar that goes away by itself must not take the keyboard with it.
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close = QToolButton(self)
        close.setText("×")
        close.setAutoRaise(True)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.setToolTip(self.tr("Close message"))
        close.setAccessibleName(self.tr("Close message"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self._words, 1)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str) -> None:
        """Show a sentence for a while."""
        self._show(words, "info", _SHORT)

    def warn(self, words: str) -> None:
        """Show what went wrong."""
        self._show(words, "error", _LONG)

    def words(self) -> str:
        """What the bar says now, or last said."""
        return self._words.text()

    def _show(self, words: str, tone: str, lasting: int) -> None:
        self._words.setText(words)
        wear(self, "tone", tone)
        self.show()
        self._timer.start(lasting)


def ask(parent: QWidget, title: str, question: str, yes: str) -> bool:
    """Ask before something that a key press should not do by accident."""
    box = QMessageBox(QMessageBox.Icon.Question, title, question, QMessageBox.StandardButton.Cancel, parent)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setAccessibleName(title)
    box.exec()
    return box.clickedButton() is accept
