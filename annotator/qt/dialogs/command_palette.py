"""Every action by its words: type a few letters, press Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.qt.support.actions import Actions

_DATA = Qt.ItemDataRole.UserRole


def rank(typed: str, words: str) -> int | None:
    """How well words fit what was typed (less is better); None when they do not.

    All parts typed must occur; the beginning of a word counts most, then anywhere in it, then letters in order.
    """
    text, score = words.casefold(), 0
    for part in typed.casefold().split():
        at = text.find(part)
        if at == 0 or (at > 0 and not text[at - 1].isalnum()):
            score += at
        elif at > 0:
            score += 100 + at
        elif _in_order(part, text):
            score += 300
        else:
            return None
    return score


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


class CommandPalette(QDialog):
    """A line and a list; the action chosen is done where the keyboard was before."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Command palette"))
        self._actions = actions
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self.tr("What do you want to do?"))
        self._line.setAccessibleName(self.tr("Words of an action"))
        self._line.textChanged.connect(self._fill)
        self._line.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Actions"))
        self._list.setUniformItemSizes(True)
        self._list.itemClicked.connect(self._do)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        box.addWidget(self._line)
        box.addWidget(self._list, 1)

    def open_over(self, window: QWidget) -> None:
        """Show the palette at the top of a window, with all actions."""
        width = min(640, max(360, window.width() - 200))
        self.resize(width, min(460, window.height() - 120))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, 70)))
        self._line.clear()
        self._fill("")
        self.show()
        self._line.setFocus()

    def shown(self) -> list[str]:
        """The ids of the actions in the list, in their order."""
        return [str(self._list.item(at).data(_DATA)) for at in range(self._list.count())]

    def _fill(self, typed: str) -> None:
        found = []
        for at, spec in enumerate(self._actions.specs()):
            action = self._actions[spec.id]
            group = spec.menu.replace("/", " › ")
            score = rank(typed, f"{action.text().rstrip('…')} {group} {spec.tip}")
            if score is not None:
                found.append((not action.isEnabled(), score, at, spec.id, group))
        self._list.clear()
        for disabled, _score, _at, action_id, group in sorted(found):
            action = self._actions[action_id]
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            words = action.text().rstrip("…")
            item = QListWidgetItem(action.icon(), f"{words}   {key}" if key else words)
            item.setData(_DATA, action_id)
            item.setToolTip(group)
            if disabled:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _do(self, item: QListWidgetItem | None) -> None:
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        self.hide()
        self._actions[str(item.data(_DATA))].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if step is not None:
                self._list.setCurrentRow(min(max(0, self._list.currentRow() + step), self._list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self._list.currentItem())
                return True
        return False
