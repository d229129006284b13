"""The field that says who a source is: Down offers the likeliest candidates first, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from annotator.core.mentions import Candidate
from annotator.qt.attributions.fields import FreeChoice

_MOST = 9


def _nobody() -> list[Candidate]:
    return []


class SourceField(FreeChoice):
    """A line for a source's name; guess finds whom the mention may mean.

    Signals:
        guessed(object): the candidate that the user chose.
    """

    guessed = Signal(object)

    def __init__(self, title: str, hint: str, parent: QWidget) -> None:
        super().__init__(title, hint, parent)
        self.guess: Callable[[], list[Candidate]] = _nobody

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        found = self.guess() if not self.text() else []
        if found:
            likely = self.tr("\u2193 {0} ({1})").format(found[0].source.name, found[0].why)
            self.setPlaceholderText(likely)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setPlaceholderText(self._hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        unchanged = self.text() == self._shown
        found = self.guess() if event.key() == Qt.Key.Key_Down and unchanged else []
        if found:
            self.menu(found).popup(self.mapToGlobal(QPoint(0, self.height())))
            return
        super().keyPressEvent(event)

    def menu(self, found: list[Candidate]) -> QMenu:
        """The candidates to choose from, and the way to all names."""
        menu = QMenu(self)
        menu.setObjectName("candidates")
        menu.setAccessibleName(self.tr("Who it may be"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width())
        for one in found[:_MOST]:
            name = one.source.name.replace("&", "&&")
            action = menu.addAction(f"{name}\t{one.why}")
            action.triggered.connect(lambda _checked=False, one=one: self.guessed.emit(one))
        menu.addSeparator()
        menu.addAction(self.tr("All names…")).triggered.connect(self.complete_all)
        menu.setActiveAction(menu.actions()[0])
        return menu

    def complete_all(self) -> None:
        """Offer every name that the project knows."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.completer().setCompletionPrefix("")
        self.completer().complete()
