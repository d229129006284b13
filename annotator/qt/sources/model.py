"""The rows of the sources window: name, type, number of mentions; filtered by words and type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from annotator.core.sources import Source

NAME, TYPE, MENTIONS = range(3)
ID_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
ANONYMOUS = "anonymous"
_Index = QModelIndex | QPersistentModelIndex


class SourcesModel(QAbstractTableModel):
    """All sources of the project, with how many mentions each has (None: still being counted)."""

    def __init__(self, words_of_type: dict[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self._words_of_type = words_of_type
        self._sources: list[Source] = []
        self._count: Callable[[str], int | None] = lambda _id: None

    def show_sources(self, sources: list[Source], count: Callable[[str], int | None]) -> None:
        """Show these sources."""
        self.beginResetModel()
        self._sources, self._count = sources, count
        self.endResetModel()

    def counts_changed(self) -> None:
        """The numbers of mentions are others now."""
        if self._sources:
            self.dataChanged.emit(self.index(0, MENTIONS), self.index(len(self._sources) - 1, MENTIONS))

    def source(self, row: int) -> Source:
        """The source in a row."""
        return self._sources[row]

    def row_of(self, source_id: str) -> int | None:
        """The row of a source, or None."""
        return next((at for at, one in enumerate(self._sources) if one.id == source_id), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._sources)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Source"), self.tr("Type"), self.tr("Mentions"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        source, column = self._sources[index.row()], index.column()
        if role == ID_ROLE:
            return source.id
        if role == Qt.ItemDataRole.ToolTipRole and column == NAME:
            return "\n".join((source.name, *source.aliases))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == MENTIONS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == SORT_ROLE and column == MENTIONS:
            return self._count(source.id) or 0
        if role not in (Qt.ItemDataRole.DisplayRole, SORT_ROLE):
            return None
        if column == MENTIONS:
            count = self._count(source.id)
            return "…" if count is None else str(count)
        return source.name if column == NAME else self._type(source)

    def _type(self, source: Source) -> str:
        said = self._words_of_type[source.type] if source.type else ""
        return ", ".join(part for part in (said, self.tr("anonymous") if source.anonymous else "") if part)


class SourcesFilter(QSortFilterProxyModel):
    """Those sources that have all the words and are of the type."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._type: str | None = None
        self.setSortRole(SORT_ROLE)
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def look_for(self, typed: str) -> None:
        """Keep the sources in whose names, office, organisation or description all the words occur."""
        self._words = typed.casefold().split()
        self.invalidate()

    def keep_type(self, wanted: str | None) -> None:
        """Keep the sources of one type, or the anonymous ones; None keeps all."""
        self._type = wanted
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        model = self.sourceModel()
        if not isinstance(model, SourcesModel):
            return True
        source = model.source(source_row)
        if self._type == ANONYMOUS and not source.anonymous:
            return False
        if self._type not in (None, ANONYMOUS) and source.type != self._type:
            return False
        said = " ".join(
            (source.name, *source.aliases, source.office, source.organisation, source.description)
        ).casefold()
        return all(word in said for word in self._words)
