"""Columns that share a table's width, each between a least and a most; one takes what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QHeaderView


@dataclass(frozen=True, slots=True)
class Share:
    """What a column takes of the width, as a part of one, and between how many pixels that stays."""

    part: float
    least: int
    most: int

    def of(self, width: int) -> int:
        """The column's width in a table of this width."""
        return min(self.most, max(self.least, int(width * self.part)))


class SharedWidth(QObject):
    """Gives a table's columns their shares whenever it is resized; columns that the user dragged stay as they are."""

    def __init__(
        self, view: QAbstractItemView, head: QHeaderView, shares: Mapping[int, Share], rest: int
    ) -> None:
        """`rest` is the column that takes what the others leave."""
        super().__init__(view)
        self._view = view
        self._head = head
        self._shares = shares
        self._own: set[int] = set()
        self._sharing = False
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(rest, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(40)
        head.sectionResized.connect(self._resized)
        view.viewport().installEventFilter(self)

    def _resized(self, column: int) -> None:
        if not self._sharing and column in self._shares and self._view.isVisible():
            self._own.add(column)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            width = self._view.viewport().width()
            self._sharing = True
            for column, share in self._shares.items():
                if column not in self._own:
                    self._head.resizeSection(column, share.of(width))
            self._sharing = False
        return False
