"""A page to read in a window of its own: the guidelines, what this program is, a list of losses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget


class PageDialog(QDialog):
    """Plain text that can be read, selected and copied while one goes on working."""

    def __init__(self, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 480)
        page = QPlainTextEdit(self)
        page.setReadOnly(True)
        page.setAccessibleName(title)
        page.setPlainText(words)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        box = QVBoxLayout(self)
        box.addWidget(page, 1)
        box.addWidget(buttons)
