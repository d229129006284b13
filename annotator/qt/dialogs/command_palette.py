"""Every action by its words: type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.qt.support.action_table import ActionSpec
from annotator.qt.support.actions import Actions

_DATA = Qt.ItemDataRole.UserRole
_KEY_ROLE, _GROUP_ROLE = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_RECENT = 8
_WORD, _BEGINNING, _INSIDE, _LETTERS, _AROUND = 0, 1_000, 10_000, 100_000, 1_000_000
"""What it costs a part of what was typed to be found as a whole word, as the beginning of one, inside one, as letters in
order, and in what is said around the action's own words."""

_KEY_WIDTH, _EDGE = 130, 12
_ICON = QSize(18, 18)


def rank(typed: str, words: str, around: str = "") -> int | None:
    """How well words fit what was typed (less is better); None when they do not.

    Every part typed must occur: whole words count most, then beginnings of words, then anything inside them, then
    letters in order from the beginning of a word; what is said around the words counts last.
    """
    score = 0
    for part in typed.casefold().split():
        own = _cost(part, words.casefold())
        other = _cost(part, around.casefold()) if own is None else None
        if own is not None:
            score += own
        elif other is not None and other < _LETTERS:
            score += _AROUND + other
        else:
            return None
    return score


def _cost(part: str, text: str) -> int | None:
    best: int | None = None
    at = text.find(part)
    while at >= 0:
        begins = at == 0 or not text[at - 1].isalnum()
        ends = at + len(part) == len(text) or not text[at + len(part)].isalnum()
        cost = at + (_INSIDE if not begins else _WORD if ends else _BEGINNING)
        best = cost if best is None else min(best, cost)
        at = text.find(part, at + 1)
    if best is None and _in_order(part, text):
        best = _LETTERS
    return best


def _in_order(letters: str, text: str) -> bool:
    """Whether all letters come in this order, the first of them at the beginning of a word."""
    starts = [at for at in range(len(text)) if at == 0 or not text[at - 1].isalnum()]
    return any(text[at] == letters[0] and _follow(letters, text[at:]) for at in starts)


def _follow(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


class _Row(QStyledItemDelegate):
    """An action's words at the left, its menu and its key at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        right = option.rect.adjusted(0, 0, -_EDGE, 0)
        painter.drawText(right, side, str(index.data(_KEY_ROLE)))
        painter.drawText(right.adjusted(0, 0, -_KEY_WIDTH, 0), side, str(index.data(_GROUP_ROLE)))
        painter.restore()


class CommandPalette(QDialog):
    """A line and a list; the action chosen is done where the keyboard was before.

    Signals:
        used(object): the ids of the actions that were done from here, the last one first.
    """

    used = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget, recent: Callable[[], Sequence[str]]) -> None:
        """`recent` tells the ids of the actions that were done last from here."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Command palette"))
        self._actions = actions
        self._recent = recent
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self.tr("What do you want to do?"))
        self._line.setAccessibleName(self.tr("Words of an action"))
        self._line.textChanged.connect(self._fill)
        self._line.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Actions"))
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(_Row(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._do)
        self._nothing = QLabel(self.tr("No action has these words."), self)
        self._nothing.setProperty("role", "empty")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._nothing.setAccessibleName(self.tr("Nothing found"))
        self._list.setIconSize(_ICON)
        blank = QPixmap(_ICON)
        blank.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(blank)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        box.addWidget(self._line)
        box.addLayout(self._stack, 1)

    def open_over(self, window: QWidget) -> None:
        """Show the palette at the top of a window, with all actions."""
        width = min(680, max(360, window.width() - 200))
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
        recent = {action_id: at for at, action_id in enumerate(self._recent())}
        found = []
        for at, spec in enumerate(self._actions.specs()):
            action = self._actions[spec.id]
            group = _group(spec)
            around = f"{group} {spec.tip} {spec.id.replace('.', ' ').replace('_', ' ')}"
            score = rank(typed, action.text().rstrip("…"), around)
            if score is not None:
                # What was used lately comes first among equals: at the top while nothing is typed.
                last = recent.get(spec.id, len(recent))
                found.append((not action.isEnabled(), score // _BEGINNING, last, score, at, spec))
        self._list.clear()
        for disabled, *_order, spec in sorted(found, key=lambda one: one[:-1]):
            self._list.addItem(self._item(spec, disabled=disabled))
        self._list.setCurrentRow(0)
        self._stack.setCurrentWidget(self._list if found else self._nothing)

    def _item(self, spec: ActionSpec, *, disabled: bool) -> QListWidgetItem:
        action = self._actions[spec.id]
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = action.text().rstrip("…")
        item = QListWidgetItem(self._blank if action.icon().isNull() else action.icon(), words)
        item.setData(_DATA, spec.id)
        item.setData(_KEY_ROLE, key)
        item.setData(_GROUP_ROLE, _group(spec))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {key}" if key else words)
        item.setToolTip(spec.tip)
        if disabled:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        return item

    def _do(self, item: QListWidgetItem | None) -> None:
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        self.hide()
        action_id = str(item.data(_DATA))
        self.used.emit([action_id, *(one for one in self._recent() if one != action_id)][:_RECENT])
        self._actions[action_id].trigger()

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


def _group(spec: ActionSpec) -> str:
    return spec.menu.replace("/", " › ")
