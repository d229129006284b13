"""The claim matrix as a table: claims by outlets, who is credited and what is amiss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from annotator.compare.matrix import (
    ABSENT,
    ANOTHER_KIND,
    DRIFT,
    SHORTER_CHAIN,
    UNATTRIBUTED,
    UNKNOWN,
    Cell,
    Filter,
    Matrix,
    Row,
    in_order,
)

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
MARKS = {UNATTRIBUTED: "!", SHORTER_CHAIN: "⤴", ANOTHER_KIND: "≠", DRIFT: "~"}
"""The sign of each thing that is pointed out; its words stand in the tip and below the table."""

_SHADES = {
    UNATTRIBUTED: (200, 60, 60),
    SHORTER_CHAIN: (205, 120, 20),
    ANOTHER_KIND: (150, 90, 190),
    DRIFT: (60, 120, 200),
}
_ALPHA = 46


class MatrixModel(QAbstractTableModel):
    """Claims by outlets; the first column is the claim."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._matrix: Matrix | None = None
        self._rows: list[Row] = []
        self._order = ""
        self._filter = Filter()

    def show(self, matrix: Matrix | None) -> None:
        """Show another matrix, in the order and with the filter chosen before."""
        self.beginResetModel()
        self._matrix = matrix
        self._arrange()
        self.endResetModel()

    def arrange(self, order: str, wanted: Filter) -> None:
        """Show the rows that are wanted, in this order."""
        self.beginResetModel()
        self._order, self._filter = order, wanted
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        rows: Sequence[Row] = self._matrix.rows if self._matrix is not None else ()
        self._rows = [one for one in in_order(rows, self._order) if self._filter.takes(one)]

    def claim(self, row: int) -> Row:
        """The claim of a row."""
        return self._rows[row]

    def cell(self, index: _Index) -> Cell | None:
        """The cell at an index; None for the claim's own column."""
        if not index.isValid() or index.column() == 0:
            return None
        return self._rows[index.row()].cells[index.column() - 1]

    def row_of(self, claim_id: str) -> int | None:
        """The row of a claim."""
        return next((at for at, row in enumerate(self._rows) if row.claim.id == claim_id), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid() or self._matrix is None:
            return 0
        return 1 + len(self._matrix.articles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or self._matrix is None:
            return None
        if role == _Role.DisplayRole:
            return self.tr("Claim") if section == 0 else self._matrix.articles[section - 1][1]
        if role == _Role.ToolTipRole and section:
            return self._matrix.articles[section - 1][2]
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell = self.cell(index)
        if cell is None:
            if role == _Role.DisplayRole:
                return row.claim.name
            return (
                "\n".join(part for part in (row.claim.text, row.strength) if part)
                if role == _Role.ToolTipRole
                else None
            )
        if role == _Role.DisplayRole:
            return in_short(cell)
        if role == _Role.ToolTipRole:
            return "\n".join([cell.words, *(sign.words for sign in cell.signs)])
        if role == _Role.BackgroundRole and cell.signs:
            return QColor(*_SHADES[cell.signs[0].what], _ALPHA)
        return None


def in_short(cell: Cell) -> str:
    """A cell in a few words: its signs, and whom it credits."""
    if cell.status == UNKNOWN:
        return "–"
    if cell.status == ABSENT:
        return "∅"
    signs = "".join(MARKS[sign.what] for sign in cell.signs)
    told = next((one.words for one in cell.entries if not one.inside), "")
    if cell.status == UNATTRIBUTED:
        told = ""
    more = f" +{cell.count - 1}" if cell.count > 1 else ""
    return f"{signs} {told}{more}".strip()
