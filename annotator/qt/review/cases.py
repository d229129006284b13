"""The cases of one article as a table: where, what differs, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.spans import words
from annotator.qt.review.wording import Named, decided, told, what_differs
from annotator.workspace.adjudicating import CaseToReview
from annotator.workspace.workspace import Workspace

STATE, PLACE, DIFFERS, DECIDED = range(4)
ALL, DIFFERENT, OPEN = "all", "different", "open"
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LONGEST = 160


class CasesModel(QAbstractTableModel):
    """One row a case, in reading order, of those that the filter keeps."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._every: Sequence[CaseToReview] = ()
        self._rows: list[CaseToReview] = []
        self._text = ""
        self._project: Workspace | None = None
        self._named: Named = str
        self._filter = DIFFERENT

    def show(self, cases: Sequence[CaseToReview], text: str, project: Workspace, named: Named) -> None:
        """Show these cases."""
        self.beginResetModel()
        self._every, self._text, self._project, self._named = cases, text, project, named
        self._rows = [one for one in cases if self._kept(one)]
        self.endResetModel()

    def keep(self, wanted: str) -> None:
        """ALL cases, those that are DIFFERENT, those that are OPEN, or those with one kind of difference."""
        self.beginResetModel()
        self._filter = wanted
        self._rows = [one for one in self._every if self._kept(one)]
        self.endResetModel()

    def _kept(self, case: CaseToReview) -> bool:
        if self._filter == ALL:
            return True
        if self._filter == DIFFERENT:
            return not case.agreed
        if self._filter == OPEN:
            return case.is_open
        return any(one.what == self._filter for one in case.differences)

    def case(self, at: int) -> CaseToReview:
        """The case in a row."""
        return self._rows[at]

    def row_of(self, attribution_id: str) -> int | None:
        """The row of the case in which an attribution stands."""
        for at, one in enumerate(self._rows):
            if attribution_id in one.case.ids or any(mark.id == attribution_id for mark in one.gold):
                return at
        return None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return ("", self.tr("Content"), self.tr("Differs in"), self.tr("Decision"))[section]
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        case, column = self._rows[index.row()], index.column()
        if role == _Role.ToolTipRole:
            return self.told(case)
        if role != _Role.DisplayRole:
            return None
        match column:
            case 0:
                return "○" if case.is_open else "✓" if not case.stale else "!"
            case 1:
                mark = next(iter(case.case.candidates.values()))
                return " ".join(words(mark.content or mark.cue, self._text)[:_LONGEST].split())
            case 2:
                return what_differs(case)
            case _:
                return decided(case, self._named)

    def told(self, case: CaseToReview) -> str:
        """All differences of a case, a line each."""
        if self._project is None:
            return ""
        project = self._project
        return "\n".join(told(one, self._text, project, self._named) for one in case.differences)
