"""The list of attributions: filter, sort, jump."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.qt.attributions.model import (
    CONTENT,
    CUE,
    ID_ROLE,
    KIND,
    OUTLET,
    SOURCE,
    VIA,
    AttributionsFilter,
    AttributionsModel,
)
from annotator.qt.support.columns import Share, SharedWidth
from annotator.qt.support.empty_words import EmptyWords
from annotator.qt.support.fact import Fact
from annotator.qt.support.session import Session
from annotator.qt.support.tables import make_plain

_SHARES = {
    KIND: Share(0.24, 120, 190),
    SOURCE: Share(0.16, 84, 340),
    CUE: Share(0.10, 60, 190),
    VIA: Share(0.11, 60, 170),
    OUTLET: Share(0.12, 70, 200),
}
_ANY, _NONE = "any", "none"


class AttributionsPanel(QWidget):
    """The table at the bottom.

    Signals:
        filtered(): other rows are shown or left out.
        jumpWanted(str, str): the ids of an article and of the attribution to show in it.
    """

    jumpWanted = Signal(str, str)
    filtered = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        self.model = AttributionsModel(session, self)
        self._shown = AttributionsFilter(self)
        self._shown.setSourceModel(self.model)
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText(self.tr("Filter by words"))
        self._filter.setAccessibleName(self.tr("Filter attributions by words"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._shown.look_for)
        self._kind = QComboBox(self)
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._kind.setAccessibleName(self.tr("Filter attributions by kind"))
        self._kind.currentIndexChanged.connect(self._keep_kind)
        self._sort = QComboBox(self)
        self._sort.setAccessibleName(self.tr("Sort attributions by"))
        for column, words in (
            (CONTENT, self.tr("Sort by place in the text")),
            (KIND, self.tr("Sort by kind")),
            (SOURCE, self.tr("Sort by source")),
            (VIA, self.tr("Sort by via")),
            (OUTLET, self.tr("Sort by outlet")),
        ):
            self._sort.addItem(words, column)
        self._sort.currentIndexChanged.connect(self._sort_chosen)
        self._count = Fact(self)
        self._count.setProperty("role", "muted")
        self._count.setAccessibleName(self.tr("Number of attributions shown"))
        self.table = self._make_table()
        self._empty = EmptyWords(self.table, self.tr("No attributions are shown"))
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 0)
        row.addWidget(self._filter, 1)
        row.addWidget(self._kind)
        row.addWidget(self._sort)
        row.addWidget(self._count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(row)
        box.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        for signal in (
            self._shown.rowsInserted,
            self._shown.rowsRemoved,
            self._shown.modelReset,
            self._shown.layoutChanged,
        ):
            signal.connect(self._tell_count)
        session.projectChanged.connect(self._fill_kinds)
        session.schemeChanged.connect(self._fill_kinds)
        session.currentChanged.connect(self._follow)
        self._tell_count()
        if session.workspace is not None:
            self._fill_kinds()
            self.model.rebuild()
            self._follow()

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setAccessibleName(self.tr("Attributions"))
        table.setModel(self._shown)
        make_plain(table)
        table.setSortingEnabled(True)
        table.sortByColumn(CONTENT, Qt.SortOrder.AscendingOrder)
        SharedWidth(table, table.horizontalHeader(), _SHARES, CONTENT)
        table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        table.selectionModel().currentRowChanged.connect(self._row_chosen)
        table.activated.connect(self._jump)
        table.clicked.connect(self._jump)
        return table

    def _fill_kinds(self) -> None:
        self._kind.blockSignals(True)
        self._kind.clear()
        self._kind.addItem(self.tr("All kinds"), _ANY)
        if self._session.workspace is not None:
            for kind in self._session.workspace.scheme.kinds:
                self._kind.addItem(kind.name, kind.id)
        self._kind.addItem(self.tr("No kind yet"), _NONE)
        self._kind.blockSignals(False)
        self._keep_kind()

    def _keep_kind(self) -> None:
        chosen = self._kind.currentData()
        self._shown.keep_kind(None if chosen in (_ANY, _NONE) else chosen, any_kind=chosen in (_ANY, None))
        self._tell_count()

    def _sort_chosen(self) -> None:
        self.table.sortByColumn(int(self._sort.currentData()), Qt.SortOrder.AscendingOrder)

    def _sorted(self, column: int) -> None:
        at = self._sort.findData(column)
        if at >= 0:
            self._sort.blockSignals(True)
            self._sort.setCurrentIndex(at)
            self._sort.blockSignals(False)

    def left_out(self) -> frozenset[str]:
        """The attributions that the filter leaves out."""
        shown = {str(self._shown.index(at, KIND).data(ID_ROLE)) for at in range(self._shown.rowCount())}
        every = {self.model.row(at).mark.id for at in range(self.model.rowCount())}
        return frozenset(every - shown)

    def _tell_count(self) -> None:
        self.filtered.emit()
        shown, there = self._shown.rowCount(), self.model.rowCount()
        self._count.say(str(there) if shown == there else self.tr("{0} of {1}").format(shown, there))
        if shown:
            self._empty.say("")
        elif there:
            self._empty.say(self.tr("No attribution fits the filter."))
        else:
            self._empty.say(self.tr("What you mark in the open articles is listed here."))

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following and self.table.hasFocus():
            self._jump(index)

    def _jump(self, index: QModelIndex) -> None:
        source = self._shown.mapToSource(index)
        if source.isValid():
            row = self.model.row(source.row())
            self.jumpWanted.emit(row.opened.article.id, row.mark.id)

    def _follow(self) -> None:
        current = self._session.current
        at = self.model.row_of(current[1]) if current is not None else None
        self._following = True
        if at is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        else:
            index = self._shown.mapFromSource(self.model.index(at, KIND))
            if index.isValid() and index.data(ID_ROLE):
                self.table.setCurrentIndex(index)
                self.table.scrollTo(index)
        self._following = False
