"""A button whose menu takes several of some values; none chosen stands for all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget


class Several(QPushButton):
    """Says what is chosen; the menu stays open while values are checked.

    Signals:
        changed(): other values are chosen.
    """

    changed = Signal()

    def __init__(self, name: str, values: list[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self.setStyleSheet("text-align: left")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(name)
        self._menu.installEventFilter(self)
        for words, value in values:
            action = self._menu.addAction(words)
            action.setData(value)
            action.setCheckable(True)
            action.toggled.connect(self._toggled)
        self.setMenu(self._menu)
        self._say()

    def chosen(self) -> tuple[str, ...]:
        """The values that are checked, in their order; none when all count."""
        return tuple(str(one.data()) for one in self._menu.actions() if one.isChecked())

    def choose(self, values: tuple[str, ...]) -> None:
        """Check these values and no others."""
        for action in self._menu.actions():
            action.setChecked(action.data() in values)

    def _toggled(self, _on: bool) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        words = [one.text() for one in self._menu.actions() if one.isChecked()]
        self.setText(", ".join(words) if words else self.tr("All"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._menu and isinstance(event, QMouseEvent):
            action = self._menu.actionAt(event.position().toPoint())
            if event.type() == QEvent.Type.MouseButtonRelease and action is not None:
                action.toggle()
                return True
        return super().eventFilter(watched, event)
