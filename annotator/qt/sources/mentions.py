"""The mentions of one source: each a click from its place, some of them to be split off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.workspace.mentions import Mention

_DATA = Qt.ItemDataRole.UserRole
_LONGEST = 160


class MentionsList(QWidget):
    """Where a source is mentioned.

    Signals:
        placeWanted(object): the mention to show.
        splitWanted(object, str): the ids of attributions, and the name of the source that they shall have.
    """

    placeWanted = Signal(object)
    splitWanted = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(self.tr("Mentions"))
        self.tree.setHeaderLabels(
            [self.tr("Words"), self.tr("Content"), self.tr("Article"), self.tr("Annotator")]
        )
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 170), (2, 200), (3, 90)):
            self.tree.setColumnWidth(column, width)
        self.tree.itemClicked.connect(self._clicked)
        self.tree.itemActivated.connect(self._show)
        self.tree.itemSelectionChanged.connect(self._look)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Name of the new source"))
        self.name.setPlaceholderText(self.tr("These mean another source: choose them, type its name"))
        self.name.textChanged.connect(self._look)
        self.name.returnPressed.connect(self._split)
        self.button = QPushButton(self.tr("Split off"), self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._split)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 12)
        box.setSpacing(6)
        box.addWidget(self._title)
        box.addWidget(self.tree, 1)
        box.addLayout(row)
        self.show_mentions([], 0)

    def show_mentions(self, mentions: Sequence[Mention], count: int | None) -> None:
        """Show these mentions, of so many that there are (None: they are still being counted)."""
        chosen = set(self.chosen())
        self.tree.clear()
        for mention in mentions:
            cells = (
                mention.said or self.tr("(not named)"),
                mention.content,
                mention.article,
                mention.annotator,
            )
            item = QTreeWidgetItem(self.tree, [one.replace("\n", " ")[:_LONGEST] for one in cells])
            item.setData(0, _DATA, mention)
            item.setToolTip(1, mention.content)
            item.setSelected(mention.attribution_id in chosen)
        self._title.setText(self._counted(count, len(mentions)))
        self._look()

    def _counted(self, count: int | None, shown: int) -> str:
        if count is None:
            return self.tr("Counting mentions…")
        words = self.tr("{0} mentions") if count != 1 else self.tr("{0} mention")
        more = self.tr(", the first {0} shown").format(shown) if shown < count else ""
        return words.format(count) + more

    def chosen(self) -> list[str]:
        """The attributions that are chosen."""
        return [item.data(0, _DATA).attribution_id for item in self.tree.selectedItems()]

    def _look(self) -> None:
        self.button.setEnabled(bool(self.name.text().strip()) and bool(self.tree.selectedItems()))

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if len(self.tree.selectedItems()) == 1:
            self._show(item)

    def _show(self, item: QTreeWidgetItem) -> None:
        self.placeWanted.emit(item.data(0, _DATA))

    def _split(self) -> None:
        if self.button.isEnabled():
            self.splitWanted.emit(tuple(self.chosen()), self.name.text().strip())
