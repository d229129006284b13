"""Find words in one article: in the text itself, never in what the widget holds."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from annotator.core.spans import Span

MOST = 5000
"""How many hits are looked for; more help nobody."""


def find_all(text: str, words: str) -> list[Span]:
    """Every place of the words, whatever their case; white space between words matches any."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    found = []
    for match in re.finditer(r"\s+".join(parts), text, re.IGNORECASE):
        found.append(Span(*match.span()))
        if len(found) >= MOST:
            break
    return found


class FindBar(QFrame):
    """A line to type in, with the number of hits and ways to the next and the previous one.

    Signals:
        hitsChanged(list, object): the spans found, and the index of the one to show (None: none).
        closed(): the reader is done.
    """

    hitsChanged = Signal(list, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Find in article"))
        self._text = ""
        self._hits: list[Span] = []
        self._at: int | None = None
        self._from = 0
        self._words = QLineEdit(self)
        self._words.setPlaceholderText(self.tr("Find in this article"))
        self._words.setAccessibleName(self.tr("Words to find"))
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self._look)
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        self._count.setAccessibleName(self.tr("Number of hits"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        row.addWidget(self._count)
        for sign, name, step in (("‹", self.tr("Previous hit"), -1), ("›", self.tr("Next hit"), 1)):
            row.addWidget(self._button(sign, name, step))
        row.addWidget(self._button("×", self.tr("Close find"), 0))
        self.hide()

    def _button(self, sign: str, name: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        if step:
            button.clicked.connect(lambda: self.step(step))
        else:
            button.clicked.connect(self.close_bar)
        return button

    def open_bar(self, text: str, near: int, words: str = "") -> None:
        """Show the bar for this text; the first hit shown is the next one after a place."""
        self._text, self._from = text, near
        if words:
            self._words.setText(words)
        self.show()
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()
        self._look()

    def close_bar(self) -> None:
        """Hide the bar and its hits."""
        self.hide()
        self.hitsChanged.emit([], None)
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go on to the next hit, or back."""
        if self._hits:
            self._at = ((self._at if self._at is not None else -by) + by) % len(self._hits)
            self._tell()

    def _look(self) -> None:
        self._hits = find_all(self._text, self._words.text())
        self._at = (
            next((i for i, hit in enumerate(self._hits) if hit.start >= self._from), 0)
            if self._hits
            else None
        )
        self._tell()

    def _tell(self) -> None:
        if not self._words.text().strip():
            self._count.setText("")
        elif self._at is None:
            self._count.setText(self.tr("not found"))
        else:
            self._count.setText(self.tr("{0} of {1}").format(self._at + 1, len(self._hits)))
        self.hitsChanged.emit(self._hits, self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
