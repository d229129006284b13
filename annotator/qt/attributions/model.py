"""The attributions of the open articles as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from annotator.core.attributions import Attribution, reading_order
from annotator.core.changes import ChangeSet
from annotator.core.outlets import Outlet
from annotator.core.sources import Source
from annotator.core.spans import words
from annotator.qt.support.icons import swatch
from annotator.qt.support.session import OpenArticle, Session

Index = QModelIndex | QPersistentModelIndex
KIND, SOURCE, CONTENT, CUE, VIA, OUTLET = range(6)
_ROLE = Qt.ItemDataRole
ID_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
KIND_ROLE = Qt.ItemDataRole.UserRole + 2
_LONGEST = 300
_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """An attribution and the article in which it stands."""

    opened: OpenArticle
    mark: Attribution


class AttributionsModel(QAbstractTableModel):
    """One row an attribution of the annotator in hand, in the order of the columns and of the text."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Row] = []
        self._dark = False
        session.projectChanged.connect(self.rebuild)
        session.handChanged.connect(self.rebuild)
        session.articlesChanged.connect(self.rebuild)
        session.changed.connect(self._hear)

    def set_dark(self, *, dark: bool) -> None:
        """Draw the kinds' signs for a dark or a light ground."""
        self._dark = dark
        self.rebuild()

    def rebuild(self) -> None:
        """Read all rows anew."""
        self.beginResetModel()
        self._rows = [
            Row(opened, mark) for opened in self._session.open.values() for mark in opened.in_order()
        ]
        self.endResetModel()

    def _hear(self, news: ChangeSet) -> None:
        if len(news.changes) > _AT_ONCE:
            self.rebuild()
            return
        for change in news.of(Attribution):
            mark = change.thing
            if isinstance(mark, Attribution):
                self._replace(mark)
        if any(isinstance(change.thing, Source | Outlet) for change in news.changes) and self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, OUTLET))

    def _replace(self, mark: Attribution) -> None:
        at = self.row_of(mark.id)
        opened = self._session.article_of(mark)
        stands = opened is not None and mark.id in opened.marks
        if at is not None and stands and opened is not None and self._fits(at, opened.marks[mark.id]):
            self._rows[at] = Row(opened, opened.marks[mark.id])
            self.dataChanged.emit(self.index(at, 0), self.index(at, OUTLET))
            return
        if at is not None:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._rows[at]
            self.endRemoveRows()
        if stands and opened is not None:
            row = Row(opened, opened.marks[mark.id])
            order = self._order(row)
            to = next(
                (i for i, other in enumerate(self._rows) if self._order(other) > order), len(self._rows)
            )
            self.beginInsertRows(QModelIndex(), to, to)
            self._rows.insert(to, row)
            self.endInsertRows()

    def _fits(self, at: int, mark: Attribution) -> bool:
        return reading_order(self._rows[at].mark) == reading_order(mark)

    def _order(self, row: Row) -> tuple[int, tuple[int, int, str]]:
        articles = list(self._session.open)
        return articles.index(row.opened.article.id), reading_order(row.mark)

    def row_of(self, attribution_id: str) -> int | None:
        """The row of an attribution."""
        return next((at for at, row in enumerate(self._rows) if row.mark.id == attribution_id), None)

    def row(self, at: int) -> Row:
        """What stands in a row."""
        return self._rows[at]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else OUTLET + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return [
                self.tr("Kind"),
                self.tr("Source"),
                self.tr("Content"),
                self.tr("Cue"),
                self.tr("Via"),
                self.tr("Outlet"),
            ][section]
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return self._words(row, index.column())
        if role == _ROLE.DecorationRole and index.column() == KIND:
            kind = self._session.project.scheme.kind(row.mark.kind)
            return swatch(kind.colour_dark if self._dark else kind.colour, kind.glyph) if kind else None
        if role == ID_ROLE:
            return row.mark.id
        if role == KIND_ROLE:
            return row.mark.kind
        if role == SORT_ROLE:
            return index.row() if index.column() == CONTENT else self._words(row, index.column()).casefold()
        return None

    def _words(self, row: Row, column: int) -> str:
        mark, text = row.mark, row.opened.text
        project = self._session.project
        match column:
            case 0:
                kind = project.scheme.kind(mark.kind)
                return kind.name if kind else self.tr("No kind yet")
            case 1:
                return project.registry.name(Source, mark.source_id) or _short(words(mark.source, text))
            case 2:
                return _short(words(mark.content, text))
            case 3:
                return _short(words(mark.cue, text))
            case 4:
                return project.registry.name(Outlet, mark.via_id)
            case _:
                return project.outlet_name(row.opened.article)


def _short(said: str) -> str:
    return said[:_LONGEST].replace("\n", " ")


class AttributionsFilter(QSortFilterProxyModel):
    """Rows whose words hold what was typed, of the kind that was chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._kind: str | None = None
        self._any_kind = True
        self.setSortRole(SORT_ROLE)

    def look_for(self, typed: str) -> None:
        """Keep rows that hold all these words."""
        self._typed = typed.casefold()
        self._again()

    def keep_kind(self, kind: str | None, *, any_kind: bool) -> None:
        """Keep rows of a kind (None: of none yet), or of any."""
        self._kind, self._any_kind = kind, any_kind
        self._again()

    def _again(self) -> None:
        self.beginFilterChange()
        self.endFilterChange()

    def filterAcceptsRow(self, at: int, parent: Index) -> bool:
        model = self.sourceModel()
        if not isinstance(model, AttributionsModel):
            return True
        if not self._any_kind and model.row(at).mark.kind != self._kind:
            return False
        if not self._typed:
            return True
        said = " ".join(
            str(model.data(model.index(at, column, QModelIndex()))) for column in range(OUTLET + 1)
        ).casefold()
        return all(word in said for word in self._typed.split())
