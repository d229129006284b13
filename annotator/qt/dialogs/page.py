"""A page to read in a window of its own: the guidelines, what this program is, a list of losses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

_A_LINE = 80
_AROUND = 110


class PageDialog(QDialog):
    """Plain text that can be read, selected and copied while one goes on working."""

    def __init__(self, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QPlainTextEdit(self)
        page.setReadOnly(True)
        page.setAccessibleName(title)
        page.setPlainText(words)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        box = QVBoxLayout(self)
        box.addWidget(page, 1)
        box.addWidget(buttons)
        # As tall as the words need, up to a page.
        lines = sum(1 + len(line) // _A_LINE for line in words.splitlines())
        height = lines * page.fontMetrics().lineSpacing() + _AROUND
        self.resize(640, min(480, height))
