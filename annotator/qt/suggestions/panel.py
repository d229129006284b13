"""The suggestions panel: what waits in the open articles, how sure it is, and the buttons that decide."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSpinBox,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.qt.suggestions.model import (
    BY_PLACE,
    CONTENT,
    KIND,
    OUTLET,
    RULE,
    SOURCE,
    SURE,
    SUREST_FIRST,
    UNSURE_FIRST,
    SuggestionsModel,
)
from annotator.qt.support.columns import Share, SharedWidth
from annotator.qt.support.empty_words import EmptyWords
from annotator.qt.support.fact import Fact
from annotator.qt.support.session import Session
from annotator.qt.support.tables import make_plain

_SHARES = {
    SURE: Share(0.05, 62, 70),
    KIND: Share(0.14, 120, 190),
    SOURCE: Share(0.18, 84, 340),
    RULE: Share(0.14, 90, 220),
    OUTLET: Share(0.12, 70, 200),
}


class SuggestionsPanel(QWidget):
    """The table of suggestions.

    Signals:
        jumpWanted(str, str): the ids of an article and of the suggestion to take in hand.
        counted(int): how many wait.
    """

    jumpWanted = Signal(str, str)
    counted = Signal(int)

    def __init__(self, session: Session, least: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        self._stale = True
        self._in_sight = False
        self.model = SuggestionsModel(session, self)
        self.who = QComboBox(self)
        self.who.setAccessibleName(self.tr("What finds suggestions"))
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.who.setMinimumContentsLength(9)
        self._order = QComboBox(self)
        self._order.setAccessibleName(self.tr("Order of the suggestions"))
        for order, words in (
            (BY_PLACE, self.tr("By place in the text")),
            (UNSURE_FIRST, self.tr("Unsure ones first")),
            (SUREST_FIRST, self.tr("Surest first")),
        ):
            self._order.addItem(words, order)
        self._order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._order.setMinimumContentsLength(9)
        self._order.currentIndexChanged.connect(self._reorder)
        self.least = QSpinBox(self)
        self.least.setRange(0, 100)
        self.least.setSuffix(" %")
        self.least.setValue(round(100 * least))
        self.least.setAccessibleName(self.tr("Confidence from which all suggestions are taken"))
        self._count = Fact(self)
        self._count.setProperty("role", "muted")
        self._count.setAccessibleName(self.tr("Number of suggestions that wait"))
        self.table = QTableView(self)
        self.table.setAccessibleName(self.tr("Suggestions"))
        self.table.setModel(self.model)
        make_plain(self.table)
        SharedWidth(self.table, self.table.horizontalHeader(), _SHARES, CONTENT)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.activated.connect(self._jump)
        self.table.clicked.connect(self._jump)
        self._empty = EmptyWords(self.table, self.tr("No suggestions wait"))
        self._row = QHBoxLayout()
        self._row.setContentsMargins(8, 6, 8, 0)
        self._row.addWidget(self.who)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(self._row)
        box.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        for signal in (
            session.projectChanged,
            session.handChanged,
            session.articlesChanged,
            session.schemeChanged,
        ):
            signal.connect(self._anew)
        session.changed.connect(lambda _news: self._anew())
        session.currentChanged.connect(self._follow)

    def set_buttons(self, find: QAction, sure: QAction) -> None:
        """Have buttons for these actions: find, and take all from the confidence on."""
        self._row.addWidget(self._button(find, self.tr("Find")))
        self._row.addWidget(self._order)
        self._row.addStretch(1)
        self._row.addWidget(self._count)
        self._row.addWidget(self._button(sure, self.tr("Take all from")))
        self._row.addWidget(self.least)

    def _button(self, action: QAction, words: str) -> QToolButton:
        """A button with fewer words than the action has in the menu."""
        action.setIconText(words)
        button = QToolButton(self)
        button.setObjectName("step")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        return button

    def set_in_sight(self, seen: bool) -> None:
        """Whether the panel can be seen; one behind another tab is filled when it comes to the front."""
        self._in_sight = seen
        if seen and self._stale:
            self._fill()

    def _anew(self) -> None:
        self._stale = True
        if self._in_sight:
            self._fill()
        self.counted.emit(self.waiting())

    def waiting(self) -> int:
        """How many suggestions wait in the open articles."""
        return sum(len(opened.waiting) for opened in self._session.open.values())

    def _fill(self) -> None:
        self._stale = False
        self.model.rebuild()
        there = self.model.rowCount()
        self._count.say(self.tr("1 waits") if there == 1 else self.tr("{0} wait").format(there))
        self._empty.say(
            ""
            if there
            else self.tr("No suggestions wait in the open articles. “Find suggestions” (F9) looks for some.")
        )
        self._follow()

    def _reorder(self) -> None:
        self.model.set_order(int(self._order.currentData()))
        self._follow()

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following and self.table.hasFocus():
            self._jump(index)

    def _jump(self, index: QModelIndex) -> None:
        if index.isValid():
            row = self.model.row(index.row())
            self.jumpWanted.emit(row.opened.article.id, row.mark.id)

    def _follow(self) -> None:
        if not self._in_sight:
            return
        current = self._session.current
        at = self.model.row_of(current[1]) if current is not None else None
        self._following = True
        if at is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        else:
            index = self.model.index(at, SURE)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
        self._following = False
