"""The attributions of the open articles as a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

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
from annotator.core.claims import Claim
from annotator.core.outlets import Outlet
from annotator.core.sources import Source
from annotator.core.spans import words
from annotator.qt.support.icons import swatch
from annotator.qt.support.session import OpenArticle, Session

Index = QModelIndex | QPersistentModelIndex
Place: TypeAlias = tuple[int, tuple[int, int, str]]
"""Where an attribution stands: the column on the desk, and the place in its text."""
Order: TypeAlias = tuple[str, int, tuple[int, int, str]]
"""Where a row stands: what it is sorted by, then its place."""
KIND, SOURCE, CONTENT, CUE, VIA, OUTLET = range(6)
_ROLE = Qt.ItemDataRole
ID_ROLE = Qt.ItemDataRole.UserRole
KIND_ROLE = Qt.ItemDataRole.UserRole + 1
_GIVEN = frozenset((_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.DecorationRole, ID_ROLE, KIND_ROLE))
_LONGEST = 300
_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """An attribution and the article in which it stands."""

    opened: OpenArticle
    mark: Attribution


class AttributionsModel(QAbstractTableModel):
    """One row an attribution of the annotator in hand, in the order of the columns and of the text, or of a column.

    The rows are kept in order by keys that are made once a row: sorting asks no cell for its words.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Row] = []
        self._orders: list[Order] = []
        self._order_of: dict[str, Order] = {}
        self._said: dict[str, str] = {}
        self._column = CONTENT
        self._backwards = False
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
        self._said.clear()
        self._arrange(
            ((at, reading_order(mark)), Row(opened, mark))
            for at, opened in enumerate(self._session.open.values())
            for mark in opened.marks.values()
        )
        self.endResetModel()

    def _arrange(self, placed: Iterable[tuple[Place, Row]]) -> None:
        keyed = sorted(((self._key(row), *place), row) for place, row in placed)
        self._orders = [order for order, _ in keyed]
        self._rows = [row for _, row in keyed]
        self._order_of = {row.mark.id: order for order, row in keyed}

    def sort_by(self, column: int, *, backwards: bool) -> None:
        """Put the rows in the order of a column's words; by CONTENT: in that of the columns and of the text."""
        if (column, backwards) == (self._column, self._backwards):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.row(index.row()).mark.id for index in before]
        again = column != self._column
        self._column, self._backwards = column, backwards
        if again:
            self._arrange([(order[1:], row) for order, row in zip(self._orders, self._rows, strict=True)])
        after = [
            self.index(self.row_of(one) or 0, index.column()) for one, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _key(self, row: Row) -> str:
        return "" if self._column == CONTENT else self._words(row, self._column).casefold()

    def _turned(self, at: int) -> int:
        """The row in which what stands at this place of the order is shown, and the other way round."""
        return len(self._rows) - 1 - at if self._backwards else at

    def _hear(self, news: ChangeSet) -> None:
        if len(news.changes) > _AT_ONCE:
            self.rebuild()
            return
        for change in news.of(Attribution):
            mark = change.thing
            if isinstance(mark, Attribution):
                self._replace(mark)
        renamed = {
            change.thing.id
            for change in news.changes
            if isinstance(change.thing, Source | Outlet) and change.before is not None
        }
        if renamed:
            self._tell_renamed(renamed)
        if any(True for _ in news.of(Claim)):
            self._said.clear()

    def _tell_renamed(self, ids: set[str]) -> None:
        touched = [
            row.mark
            for row in self._rows
            if not ids.isdisjoint((row.mark.source_id, row.mark.via_id, row.opened.article.outlet_id))
        ]
        if len(touched) > _AT_ONCE:
            self.rebuild()
            return
        for mark in touched:
            self._replace(mark)

    def _replace(self, mark: Attribution) -> None:
        self._said.pop(mark.id, None)
        at = self._place_of(mark.id)
        opened = self._session.article_of(mark)
        stands = opened is not None and mark.id in opened.marks
        row = Row(opened, opened.marks[mark.id]) if stands and opened is not None else None
        order = self._order(row) if row is not None else None
        if at is not None and row is not None and order is not None:
            self._keep(at, row, order)
            return
        if at is not None:
            shown = self._turned(at)
            self.beginRemoveRows(QModelIndex(), shown, shown)
            del self._rows[at], self._orders[at], self._order_of[mark.id]
            self.endRemoveRows()
        if row is not None and order is not None:
            to = bisect_left(self._orders, order)
            shown = len(self._rows) - to if self._backwards else to
            self.beginInsertRows(QModelIndex(), shown, shown)
            self._rows.insert(to, row)
            self._orders.insert(to, order)
            self._order_of[mark.id] = order
            self.endInsertRows()

    def _keep(self, at: int, row: Row, order: Order) -> None:
        """Show what a row says now, at its place; a row that moves stays the one that is chosen."""
        to = bisect_left(self._orders, order)
        moves = to not in (at, at + 1)
        if moves:
            shown = self._turned(at)
            before = len(self._rows) - to if self._backwards else to
            self.beginMoveRows(QModelIndex(), shown, shown, QModelIndex(), before)
        del self._rows[at], self._orders[at]
        there = to - 1 if to > at else to
        self._rows.insert(there, row)
        self._orders.insert(there, order)
        self._order_of[row.mark.id] = order
        if moves:
            self.endMoveRows()
        shown = self._turned(there)
        self.dataChanged.emit(self.index(shown, 0), self.index(shown, OUTLET))

    def _order(self, row: Row) -> Order:
        at_column = list(self._session.open).index(row.opened.article.id)
        return self._key(row), at_column, reading_order(row.mark)

    def _place_of(self, attribution_id: str) -> int | None:
        order = self._order_of.get(attribution_id)
        return bisect_left(self._orders, order) if order is not None else None

    def row_of(self, attribution_id: str) -> int | None:
        """The row of an attribution."""
        at = self._place_of(attribution_id)
        return self._turned(at) if at is not None else None

    def said(self, at: int) -> str:
        """All the words of a row and of its claims, in small letters: what the filter looks at."""
        row = self.row(at)
        said = self._said.get(row.mark.id)
        if said is None:
            claims = self._session.project.registry.names(Claim, row.mark.claims)
            cells = (self._words(row, column) for column in range(OUTLET + 1))
            said = self._said[row.mark.id] = " ".join((*claims, *cells)).casefold()
        return said

    def row(self, at: int) -> Row:
        """What stands in a row."""
        return self._rows[self._turned(at)]

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
        # Views ask for many roles that are not given here, in every cell that they paint.
        if role not in _GIVEN or not index.isValid():
            return None
        row = self.row(index.row())
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return self._words(row, index.column())
        if role == _ROLE.DecorationRole:
            if index.column() != KIND:
                return None
            kind = self._session.project.scheme.kind(row.mark.kind)
            return swatch(kind.colour_dark if self._dark else kind.colour, kind.glyph) if kind else None
        if role == ID_ROLE:
            return row.mark.id
        return row.mark.kind if role == KIND_ROLE else None

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
    """Rows whose words hold what was typed, of the kind that was chosen; in the order of the model."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed: list[str] = []
        self._kind: str | None = None
        self._any_kind = True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Have the model put its rows in order: comparing them here would ask for each one's words many times."""
        model = self.sourceModel()
        if isinstance(model, AttributionsModel):
            model.sort_by(max(column, 0), backwards=order == Qt.SortOrder.DescendingOrder)

    def look_for(self, typed: str) -> None:
        """Keep rows that hold all these words."""
        self._typed = typed.casefold().split()
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
        return not self._typed or all(word in model.said(at) for word in self._typed)
