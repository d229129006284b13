"""The suggestions that wait in the open articles as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.attributions import Attribution, reading_order
from annotator.core.spans import words
from annotator.qt.support.icons import swatch
from annotator.qt.support.session import OpenArticle, Session

SURE, KIND, SOURCE, CONTENT, RULE, OUTLET = range(6)
BY_PLACE, UNSURE_FIRST, SUREST_FIRST = range(3)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A suggestion and the article in which it waits."""

    opened: OpenArticle
    mark: Attribution


class SuggestionsModel(QAbstractTableModel):
    """One row a suggestion, in the order of the text or of how sure the suggester is."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Row] = []
        self._order = BY_PLACE
        self._dark = False

    def set_dark(self, *, dark: bool) -> None:
        """Draw the kinds' signs for a dark or a light ground."""
        self._dark = dark
        self.rebuild()

    def set_order(self, order: int) -> None:
        """BY_PLACE, UNSURE_FIRST or SUREST_FIRST."""
        self._order = order
        self.rebuild()

    def rebuild(self) -> None:
        """Read all rows anew."""
        self.beginResetModel()
        self._rows = [
            Row(opened, mark) for opened in self._session.open.values() for mark in opened.waiting.values()
        ]
        if self._order == UNSURE_FIRST:
            self._rows.sort(key=lambda row: (abs(_share(row.mark) - 0.5), reading_order(row.mark)))
        elif self._order == SUREST_FIRST:
            self._rows.sort(key=lambda row: (-_share(row.mark), reading_order(row.mark)))
        self.endResetModel()

    def row(self, at: int) -> Row:
        """What stands in a row."""
        return self._rows[at]

    def row_of(self, suggestion_id: str) -> int | None:
        """The row of a suggestion."""
        return next((at for at, row in enumerate(self._rows) if row.mark.id == suggestion_id), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return (
                self.tr("Sure"),
                self.tr("Kind"),
                self.tr("Source"),
                self.tr("Content"),
                self.tr("Found by"),
                self.tr("Outlet"),
            )[section]
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._words(row, column)
        if role == _Role.TextAlignmentRole and column == SURE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _Role.DecorationRole and column == KIND:
            kind = self._session.project.scheme.kind(row.mark.kind)
            return swatch(kind.colour_dark if self._dark else kind.colour, kind.glyph) if kind else None
        return None

    def _words(self, row: Row, column: int) -> str:
        mark, opened = row.mark, row.opened
        match column:
            case 0:
                return "" if mark.confidence is None else f"{round(100 * mark.confidence)} %"
            case 1:
                kind = self._session.project.scheme.kind(mark.kind)
                return kind.name if kind else self.tr("No kind yet")
            case 2:
                return " ".join(words(mark.source, opened.text).split())
            case 3:
                return " ".join(words(mark.content, opened.text)[:_LONGEST].split())
            case 4:
                return str(mark.provenance.get("rule") or mark.origin)
            case _:
                return self._session.project.outlet_name(opened.article)


def _share(mark: Attribution) -> float:
    return 0.5 if mark.confidence is None else mark.confidence
