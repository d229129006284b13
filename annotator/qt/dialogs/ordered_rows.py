"""Lists and tables whose rows are put in order: by dragging, with buttons, with Alt and the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_HANDLE = 26


def step_of(event: QKeyEvent) -> int:
    """How far Alt with an arrow moves a row; 0 for other keys."""
    held = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return _STEPS.get(Qt.Key(event.key()), 0) if held else 0


class OrderedList(QListWidget):
    """A list whose rows can be moved.

    Signals:
        moved(int, int): the row that was moved, and the row where it stands now.
    """

    moved = Signal(int, int)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.tr("Alt with the arrows moves a row"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.model().rowsMoved.connect(self._dragged)

    def _dragged(self, _from: QModelIndex, start: int, _end: int, _to: QModelIndex, before: int) -> None:
        self.moved.emit(start, before - 1 if before > start else before)

    def move_by(self, step: int) -> None:
        """Move the chosen row up or down."""
        at = self.currentRow()
        if at >= 0 and 0 <= at + step < self.count():
            self.model().moveRow(QModelIndex(), at, QModelIndex(), at + step + (step > 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = step_of(event)
        if step:
            self.move_by(step)
        else:
            super().keyPressEvent(event)


class _Table(QTableWidget):
    """Signals: stepWanted(int): the chosen row shall move up or down."""

    stepWanted = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = step_of(event)
        if step:
            self.stepWanted.emit(step)
        else:
            super().keyPressEvent(event)


class OrderedTable(QWidget):
    """Rows of words to edit, to add, to remove and to put in order.

    Signals:
        changed(): a word, a row or the order is another one now.
    """

    changed = Signal()

    def __init__(self, title: str, heads: Sequence[str], blank: Sequence[str], parent: QWidget) -> None:
        """`blank` is what a new row says."""
        super().__init__(parent)
        self.table = _Table(0, len(heads), self)
        self.table.setAccessibleName(title)
        self.table.setAccessibleDescription(self.tr("Alt with the arrows moves a row"))
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.stepWanted.connect(self.move_by)
        self.table.itemChanged.connect(self._item_changed)
        head = self.table.horizontalHeader()
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(0, 150)
        self.table.setColumnWidth(1, 170)
        side = self.table.verticalHeader()
        side.setSectionsMovable(True)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setFixedWidth(_HANDLE)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        side.setCursor(Qt.CursorShape.OpenHandCursor)
        side.setToolTip(self.tr("Drag to move the row"))
        side.sectionMoved.connect(lambda *_: self.changed.emit())
        add = self._button(self.tr("Add"), lambda: self._append(blank))
        remove = self._button(self.tr("Remove"), self.remove)
        row = QHBoxLayout()
        for widget in (add, remove, *step_buttons(self.move_by, self)):
            row.addWidget(widget)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.addWidget(self.table, 1)
        box.addLayout(row)

    def _button(self, words: str, do: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _item_changed(self) -> None:
        self.changed.emit()

    def _append(self, words: Sequence[str]) -> None:
        self.table.blockSignals(True)
        at = self.table.rowCount()
        self.table.insertRow(at)
        # A handle to drag by; numbers would not stay in order.
        self.table.setVerticalHeaderItem(at, QTableWidgetItem("⋮"))
        for column, one in enumerate(words):
            self.table.setItem(at, column, QTableWidgetItem(one))
        self.table.blockSignals(False)
        self.changed.emit()

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self.table.setRowCount(0)
        for row in rows:
            self._append(row)
        if rows:
            self.table.setCurrentCell(0, 0)

    def rows(self) -> list[list[str]]:
        """What the rows say, in their order."""
        side = self.table.verticalHeader()
        order = [side.logicalIndex(at) for at in range(self.table.rowCount())]
        return [[self._cell(row, column) for column in range(self.table.columnCount())] for row in order]

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def remove(self) -> None:
        """Take the chosen row out."""
        self.table.removeRow(self.table.currentRow())
        self.changed.emit()

    def move_by(self, step: int) -> None:
        """Move the chosen row up or down."""
        side = self.table.verticalHeader()
        at = side.visualIndex(self.table.currentRow()) if self.table.currentRow() >= 0 else -1
        if at >= 0 and 0 <= at + step < self.table.rowCount():
            side.moveSection(at, at + step)


def step_buttons(move: object, parent: QWidget) -> list[QToolButton]:
    """Two buttons that move the chosen row up and down by calling move(-1) and move(1)."""
    found = []
    for sign, words, step in (
        ("↑", parent.tr("Move up (Alt+Up)"), -1),
        ("↓", parent.tr("Move down (Alt+Down)"), 1),
    ):
        button = QToolButton(parent)
        button.setObjectName("step")
        button.setText(sign)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False, step=step: move(step) if callable(move) else None)
        found.append(button)
    return found
