"""The comparison below the columns: matrix, drift, proposals, passages, quotations, the graph."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QTableView,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.compare.comparison import Comparison
from annotator.compare.drawing import Drawing
from annotator.compare.matrix import (
    ANOTHER_KIND,
    DISAGREEMENT,
    DRIFT,
    NAME,
    ORDER,
    SHORTER_CHAIN,
    SPREAD,
    UNATTRIBUTED,
    Filter,
    Row,
)
from annotator.core.claims import Claim
from annotator.qt.compare import telling
from annotator.qt.compare.findings import Finding, FindingsTree, Spot
from annotator.qt.compare.graph import GraphView
from annotator.qt.compare.matrix import MARKS, MatrixModel
from annotator.qt.support.empty_words import EmptyWords
from annotator.qt.support.tables import make_plain


class ComparePanel(QWidget):
    """What holding the outlets against each other brings out.

    Signals:
        spotsWanted(tuple): places in articles to show, side by side.
        passagesWanted(): the shared passages came into view, or went out of it.
    """

    spotsWanted = Signal(tuple)
    passagesWanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Comparison of the outlets"))
        self.found: Comparison | None = None
        self.model = MatrixModel(self)
        self.table = QTableView(self)
        self.table.setAccessibleName(self.tr("Claims by outlets"))
        self.table.setModel(self.model)
        make_plain(self.table)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.table.selectionModel().currentChanged.connect(self._cell_chosen)
        self.table.clicked.connect(self._cell_pressed)
        self.table.activated.connect(self._cell_pressed)
        self._empty = EmptyWords(self.table, self.tr("No claims yet"))
        self.order = QComboBox(self)
        self.order.setAccessibleName(self.tr("Order of the claims"))
        for words, value in (
            (self.tr("In their order"), ORDER),
            (self.tr("Most carried first"), SPREAD),
            (self.tr("Most at odds first"), DISAGREEMENT),
            (self.tr("By name"), NAME),
        ):
            self.order.addItem(words, value)
        self.signs = QComboBox(self)
        self.signs.setAccessibleName(self.tr("Which claims are listed"))
        for words, value in (
            (self.tr("All claims"), ""),
            (self.tr("Stated as a fact somewhere"), UNATTRIBUTED),
            (self.tr("A shorter chain"), SHORTER_CHAIN),
            (self.tr("Another kind of source"), ANOTHER_KIND),
            (self.tr("Drift"), DRIFT),
        ):
            self.signs.addItem(f"{MARKS.get(value, '')} {words}".strip(), value)
        self.words = QLineEdit(self)
        self.words.setAccessibleName(self.tr("Filter claims by words"))
        self.words.setPlaceholderText(self.tr("Filter by words"))
        self.words.setClearButtonEnabled(True)
        self.order.currentIndexChanged.connect(self._arrange)
        self.signs.currentIndexChanged.connect(self._arrange)
        self.words.textChanged.connect(self._arrange)
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._told.setAccessibleName(self.tr("The cell in words"))
        nothing = self.tr("Nothing to show yet.")
        self.drift = self._tree(
            self.tr("Drift"), [self.tr("Between"), self.tr("Flags")], self.tr("No drift on this claim.")
        )
        self.proposals = self._tree(
            self.tr("Proposed claims"),
            [self.tr("Claim"), self.tr("Carried by"), self.tr("Likeness")],
            self.tr("No further attributions look like one claim."),
        )
        self.dropped = self._tree(
            self.tr("Dropped attributions"),
            [self.tr("Stated as a fact"), self.tr("In"), self.tr("What others attribute")],
            self.tr("No sentence states as a fact what others attribute."),
        )
        self.passages = self._tree(
            self.tr("Shared passages"),
            [self.tr("Passage"), self.tr("In"), self.tr("Words")],
            self.tr("The articles share no passage."),
        )
        self.quotations = self._tree(
            self.tr("Quotations"),
            [self.tr("Words"), self.tr("In"), self.tr("First published")],
            self.tr("No quotation stands in several articles."),
        )
        self.shares = self._tree(
            self.tr("Sourcing"),
            [
                self.tr("Outlet"),
                self.tr("Marks"),
                self.tr("Anonymous"),
                self.tr("Second-hand"),
                self.tr("Unattributed"),
            ],
            nothing,
        )
        self.graph = GraphView(self)
        self.graph.marksChosen.connect(self._marks_chosen)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _at: self.passagesWanted.emit())

    def _tree(self, name: str, columns: list[str], nothing: str) -> FindingsTree:
        tree = FindingsTree(name, columns, nothing, self)
        tree.spotsWanted.connect(self.spotsWanted)
        return tree

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setContentsMargins(8, 6, 8, 0)
        for widget in (self.order, self.signs):
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            widget.setMinimumContentsLength(12)
            self._row.addWidget(widget)
        self._row.addWidget(self.words, 1)
        side = QWidget(self)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(6, 0, 0, 0)
        beside.addWidget(self._told)
        beside.addWidget(self.drift, 1)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self.table)
        both.addWidget(side)
        both.setSizes([760, 420])
        claims = QWidget(self)
        box = QVBoxLayout(claims)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(self._row)
        box.addWidget(both, 1)
        cited = QSplitter(Qt.Orientation.Horizontal, self)
        cited.addWidget(self.graph)
        cited.addWidget(self.shares)
        cited.setSizes([700, 420])
        self._proposing = QHBoxLayout()
        self._proposing.setContentsMargins(8, 6, 8, 0)
        self._proposing.addStretch(1)
        proposing = QWidget(self)
        inside = QVBoxLayout(proposing)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._proposing)
        inside.addWidget(self.proposals, 1)
        for page, words in (
            (claims, self.tr("Claims")),
            (proposing, self.tr("Proposed")),
            (self.dropped, self.tr("Dropped")),
            (self.quotations, self.tr("Quotations")),
            (self.passages, self.tr("Passages")),
            (cited, self.tr("Who cites whom")),
        ):
            self.tabs.addTab(page, words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.tabs)

    def set_actions(self, claims: list[QAction], proposals: list[QAction]) -> None:
        """Have buttons for these actions beside the matrix, and above the proposed claims."""
        for row, actions in ((self._row, claims), (self._proposing, proposals)):
            for action in actions:
                button = QToolButton(self)
                button.setObjectName("step")
                button.setDefaultAction(action)
                button.setAccessibleName(action.text())
                row.addWidget(button)

    def show_comparison(self, found: Comparison | None, drawing: Drawing | None, claims: list[Claim]) -> None:
        """Show what was found; nothing where there is nothing to compare."""
        kept = self.chosen()
        column = max(1, self.table.currentIndex().column())
        self.found = found
        self.model.show(found.matrix if found is not None else None)
        by_id = {one.id: one for one in claims}
        for tree, rows in (
            (self.proposals, telling.proposals(found, by_id) if found else []),
            (self.dropped, telling.dropped(found, by_id) if found else []),
            (self.passages, telling.passages(found) if found else []),
            (self.quotations, telling.quotations(found) if found else []),
            (self.shares, telling.shares(found) if found else []),
        ):
            tree.show_findings(rows)
        for at, tree in ((1, self.proposals), (2, self.dropped)):
            self._count(at, tree.topLevelItemCount())
        if drawing is not None:
            self.graph.show_graph(drawing)
        self._fit_columns()
        row = (self.model.row_of(kept.claim.id) if kept is not None else None) or 0
        if row < self.model.rowCount() and column < self.model.columnCount():
            self.table.setCurrentIndex(self.model.index(row, column))
        self._say_empty()
        self._tell()

    def _count(self, tab: int, count: int) -> None:
        words = self.tabs.tabText(tab).partition(" (")[0]
        self.tabs.setTabText(tab, f"{words} ({count})" if count else words)

    def _fit_columns(self) -> None:
        self.table.setColumnWidth(0, 190)
        for at in range(1, self.model.columnCount()):
            self.table.setColumnWidth(at, 168)

    def _say_empty(self) -> None:
        if self.model.rowCount():
            self._empty.say("")
        elif self.found is not None and self.found.matrix.rows:
            self._empty.say(self.tr("No claim fits the filter."))
        else:
            self._empty.say(
                self.tr(
                    "No claims yet. Link attributions of several outlets with L, or take what is proposed in the next tab."
                )
            )

    def _arrange(self) -> None:
        sign = str(self.signs.currentData())
        wanted = Filter(words=self.words.text(), signs=(sign,) if sign else ())
        self.model.arrange(str(self.order.currentData()), wanted)
        self._say_empty()
        self._tell()

    def chosen(self) -> Row | None:
        """The claim in hand."""
        index = self.table.currentIndex()
        return self.model.claim(index.row()) if 0 <= index.row() < self.model.rowCount() else None

    def _cell_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell()

    def _tell(self) -> None:
        row = self.chosen()
        if row is None or self.found is None:
            self._told.setText("")
            self.drift.show_findings([])
            return
        cell = self.model.cell(self.table.currentIndex())
        lines = [row.claim.name]
        if cell is not None:
            lines = [f"{row.claim.name} – {cell.outlet}", cell.words, *(sign.words for sign in cell.signs)]
        if row.strength:
            lines.append(self.tr("Sourcing: {0}").format(row.strength))
        self._told.setText("\n".join(lines))
        self.drift.show_findings(telling.drifts(self.found, row))

    def _cell_pressed(self, index: QModelIndex) -> None:
        row = self.model.claim(index.row())
        cell = self.model.cell(index)
        cells = row.cells if cell is None else (cell,)
        spots = tuple(Spot(one.article, one.entries[0].id) for one in cells if one.entries)
        if spots:
            self.spotsWanted.emit(spots)

    def _marks_chosen(self, marks: tuple[str, ...]) -> None:
        if self.found is not None:
            spots = [spot for mark in marks for spot in telling.spot_of(self.found, mark)]
            first: dict[str, Spot] = {}
            for spot in spots:
                first.setdefault(spot.article, spot)
            self.spotsWanted.emit(tuple(first.values()))

    def bands(self) -> dict[str, list[Spot]]:
        """The shared passages by article, while their tab is open."""
        if self.found is None or self.tabs.currentWidget() is not self.passages:
            return {}
        found: dict[str, list[Spot]] = {}
        for one in self.found.texts.passages:
            for side in (one.one, one.other):
                found.setdefault(side.article, []).append(Spot(side.article, "", side.span))
        return found

    def proposal(self) -> Finding | None:
        """The proposed claim in hand."""
        return self.proposals.finding()
