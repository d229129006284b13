"""What two desks changed at once: each thing with its versions, for a person to decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.qt.support.empty_words import EmptyWords
from annotator.qt.support.room import roomy
from annotator.qt.support.tables import make_plain
from annotator.workspace.conflicts import Undecided

_DATA = Qt.ItemDataRole.UserRole


class ConflictsDialog(QDialog):
    """The conflicts at the left, the versions of the one in hand side by side at the right.

    Signals:
        decided(str, str): a conflict's id, and the number of the version to keep, from 1.
        placeWanted(str): the id of the article in which the thing is.
    """

    decided = Signal(str, str)
    placeWanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Conflicts"))
        self.setAccessibleName(self.tr("Conflicts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(roomy(parent, 860, 480))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("What two desks changed at once"))
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self._empty = EmptyWords(self.list, self.tr("No conflicts"))
        self.table = QTableWidget(self)
        self.table.setAccessibleName(self.tr("The versions, side by side"))
        make_plain(self.table)
        self.table.setWordWrap(True)
        self._keep = QHBoxLayout()
        self._keep.addStretch(1)
        right = QWidget(self)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table, 1)
        inside.addLayout(self._keep)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self.list)
        both.addWidget(right)
        both.setSizes([300, 560])
        close = QPushButton(self.tr("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        box = QVBoxLayout(self)
        box.addWidget(both, 1)
        box.addLayout(foot)

    def show_conflicts(self, found: Sequence[Undecided]) -> None:
        """Show these; the first is in hand."""
        self.list.clear()
        for one in found:
            item = QListWidgetItem(one.what)
            item.setData(_DATA, one)
            self.list.addItem(item)
        self._empty.say(
            "" if found else self.tr("Nothing waits: no two desks have changed the same thing at once.")
        )
        if found:
            self.list.setCurrentRow(0)
        self._show()

    def _show(self) -> None:
        while self._keep.count() > 1:
            taken = self._keep.takeAt(1)
            widget = taken.widget() if taken is not None else None
            if isinstance(widget, QPushButton):
                widget.deleteLater()
        one = self._in_hand()
        if one is None:
            self.table.setRowCount(0)
            self.table.setColumnCount(0)
            return
        heads = [self._head(one, at) for at in range(len(one.choices))]
        self.table.setColumnCount(1 + len(heads))
        self.table.setHorizontalHeaderLabels(["", *heads])
        self.table.setRowCount(max(1, len(one.differences)))
        if not one.differences:
            for at, choice in enumerate(one.choices, 1):
                words = self.tr("removed") if choice.value is None else self.tr("kept")
                self.table.setItem(0, at, QTableWidgetItem(words))
        for row, difference in enumerate(one.differences):
            self.table.setItem(row, 0, QTableWidgetItem(difference.field.replace("_", " ")))
            for at, value in enumerate(difference.values, 1):
                self.table.setItem(row, at, QTableWidgetItem(value))
        self.table.resizeColumnsToContents()
        for at, words in enumerate(heads, 1):
            button = QPushButton(self.tr("Keep: {0}").format(words), self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, at=at, key=one.id: self.decided.emit(key, str(at)))
            self._keep.addWidget(button)
        if one.article_id:
            self.placeWanted.emit(one.article_id)

    def _in_hand(self) -> Undecided | None:
        chosen = self.list.selectedItems()
        found = chosen[0].data(_DATA) if chosen else None
        return found if isinstance(found, Undecided) else None

    def _head(self, one: Undecided, at: int) -> str:
        choice = one.choices[at]
        who = choice.by or self.tr("nobody")
        return self.tr("{0}, as it stands").format(who) if choice.stands else who
