"""The table of hits: each between what is before and after it; keys for jumping and checking."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.qt.concordance.model import LEFT, LEFTWARD_ROLE, OUTLET, RIGHT, STATE, WORDS, HitsModel
from annotator.qt.support.columns import Share
from annotator.qt.support.tables import make_plain

_STATE_WIDTH = 64
_OUTLET = Share(0.15, 80, 220)
_LEAST_WORDS = 90


class _Context(QStyledItemDelegate):
    """Cuts what stands before the hit at its far end, and shows the hit in bold."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.column() in (LEFT, RIGHT):
            # What is farthest from the hit is cut: the beginning of what is before it, the end of what is after it.
            leftward, at_left = bool(index.data(LEFTWARD_ROLE)), index.column() == LEFT
            before = at_left != leftward
            option.textElideMode = Qt.TextElideMode.ElideLeft if before else Qt.TextElideMode.ElideRight
            option.direction = Qt.LayoutDirection.RightToLeft if leftward else Qt.LayoutDirection.LeftToRight
            side = Qt.AlignmentFlag.AlignRight if at_left else Qt.AlignmentFlag.AlignLeft
            option.displayAlignment = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        elif index.column() == WORDS:
            font = QFont(option.font)
            font.setBold(True)
            option.font = font
            option.displayAlignment = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class HitsTable(QTableView):
    """Many hits; only those in view cost anything.

    Signals:
        jumpWanted(int, bool): the row to show in its article, and whether the article shall have the keyboard.
        toggleWanted(): check the selected rows, or take their checks away.
    """

    jumpWanted = Signal(int, bool)
    toggleWanted = Signal()

    def __init__(self, model: HitsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Hits"))
        self.setModel(model)
        self._hits = model
        self.setItemDelegate(_Context(self))
        make_plain(self, many=True)
        head = self.horizontalHeader()
        # A line of text needs no headings; screen readers still hear them.
        head.hide()
        head.setMinimumSectionSize(40)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(LEFT, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(RIGHT, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(STATE, _STATE_WIDTH)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda index: self.jumpWanted.emit(index.row(), True))
        self._longest = 0
        model.modelReset.connect(self._fit)
        model.rowsInserted.connect(self._fit_new)

    def selected_rows(self) -> list[int]:
        """The selected rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def choose(self, row: int) -> None:
        """Select one row alone, whatever keys are still held down."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._hits.index(row, WORDS), flags)

    def _fit(self) -> None:
        self._longest = 0
        self._set_words_width()

    def _fit_new(self, _parent: QModelIndex, first: int, last: int) -> None:
        metrics = self.fontMetrics()
        widest = max(
            metrics.horizontalAdvance(line.words) for line in self._hits.lines(range(first, last + 1))
        )
        if widest > self._longest:
            self._longest = widest
            self._set_words_width()

    def _set_words_width(self) -> None:
        most = max(_LEAST_WORDS, self.viewport().width() * 2 // 5)
        self.setColumnWidth(WORDS, min(most, max(_LEAST_WORDS, int(self._longest * 1.15) + 24)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(OUTLET, _OUTLET.of(self.viewport().width()))
        self._set_words_width()

    def _clicked(self, index: QModelIndex) -> None:
        if len(self.selected_rows()) == 1 and not (index.column() == STATE and self._hits.checkable):
            self.jumpWanted.emit(index.row(), False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.jumpWanted.emit(self.currentIndex().row(), True)
        elif event.key() == Qt.Key.Key_Space and self._hits.checkable:
            self.toggleWanted.emit()
        else:
            super().keyPressEvent(event)
