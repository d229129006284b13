"""A list of findings, each with the places that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from annotator.core.spans import Span
from annotator.qt.support.columns import Share, SharedWidth
from annotator.qt.support.empty_words import EmptyWords

_DATA = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to show: an article, a mark in it or none, a span or none."""

    article: str
    mark: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A row: its words, a column each, the places it leads to, and what else it stands for."""

    words: tuple[str, ...]
    spots: tuple[Spot, ...] = ()
    value: object = None
    inside: tuple[Finding, ...] = ()


class FindingsTree(QTreeWidget):
    """Findings, perhaps with further ones inside.

    Signals:
        spotsWanted(tuple): the places of the finding that was chosen.
    """

    spotsWanted = Signal(tuple)

    def __init__(self, name: str, columns: Sequence[str], nothing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderLabels(list(columns))
        self.setUniformRowHeights(True)
        self.header().setStretchLastSection(False)
        part = (0.5 if len(columns) < 4 else 0.72) / max(1, len(columns) - 1)
        shares = {at: Share(part, 72, 420) for at in range(1, len(columns))}
        SharedWidth(self, self.header(), shares, 0)
        self._nothing = nothing
        self._empty = EmptyWords(self, name)
        self.itemClicked.connect(self._chosen)
        self.itemActivated.connect(self._chosen)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show these; the row that was chosen stays so, where it can."""
        row = self._row()
        self.clear()
        deep = any(one.inside for one in found)
        self.setRootIsDecorated(deep)
        for one in found:
            item = self._item(one)
            self.addTopLevelItem(item)
            for inner in one.inside:
                item.addChild(self._item(inner))
            item.setExpanded(True)
        self._empty.say("" if found else self._nothing)
        again = self.topLevelItem(row)
        if again is not None:
            self.setCurrentItem(again)

    def _row(self) -> int:
        item = self.currentItem()
        return self.indexOfTopLevelItem(item) if item is not None else -1

    def _item(self, one: Finding) -> QTreeWidgetItem:
        item = QTreeWidgetItem([" ".join(part.split()) for part in one.words])
        item.setData(0, _DATA, one)
        item.setToolTip(0, one.words[0])
        return item

    def finding(self) -> Finding | None:
        """The finding in hand."""
        item = self.currentItem()
        found = item.data(0, _DATA) if item is not None else None
        return found if isinstance(found, Finding) else None

    def step(self, by: int) -> None:
        """Go to the next or previous row."""
        count = self.topLevelItemCount()
        if count:
            item = self.topLevelItem((self._row() + by) % count)
            if item is not None:
                self.setCurrentItem(item)
                self._chosen(item)

    def _chosen(self, item: QTreeWidgetItem) -> None:
        one = item.data(0, _DATA)
        if isinstance(one, Finding) and one.spots:
            self.spotsWanted.emit(one.spots)
