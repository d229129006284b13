"""Which column of a table holds what: one box for each field of an article."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QGroupBox, QLabel, QWidget

from annotator.core.ports import TableHead

_FIELDS = ("text", "title", "outlet", "published", "story", "url", "author", "language", "id")
_IN_A_ROW = 3


class ColumnsBox(QGroupBox):
    """Shows the columns of a table with their first values, and takes another choice.

    Signals:
        changed(dict): another column was chosen for a field; all fields with their columns ("" is none).
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Columns of the table"))
        self._boxes: dict[str, QComboBox] = {}
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        words = {
            "text": self.tr("Text"),
            "title": self.tr("Title"),
            "outlet": self.tr("Outlet"),
            "published": self.tr("Date"),
            "story": self.tr("Story"),
            "url": self.tr("Address"),
            "author": self.tr("Author"),
            "language": self.tr("Language"),
            "id": self.tr("Id"),
        }
        for at, name in enumerate(_FIELDS):
            row, place = divmod(at, _IN_A_ROW)
            box = QComboBox(self)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
            box.setAccessibleName(self.tr("Column of: {0}").format(words[name]))
            box.activated.connect(lambda _at: self.changed.emit(self.chosen()))
            grid.addWidget(QLabel(words[name], self), row, 2 * place)
            grid.addWidget(box, row, 2 * place + 1)
            grid.setColumnStretch(2 * place + 1, 1)
            self._boxes[name] = box
        self.hide()

    def show_head(self, head: TableHead | None, chosen: Mapping[str, str]) -> None:
        """Offer the columns of a table; what was chosen before counts more than what is guessed. None hides the box."""
        self.setVisible(head is not None)
        if head is None:
            return
        first = head.rows[0] if head.rows else ()
        for name, box in self._boxes.items():
            box.clear()
            box.addItem(self.tr("none"), "")
            for at, column in enumerate(head.columns):
                sample = " ".join(first[at].split())[:40] if at < len(first) else ""
                box.addItem(f"{column}  ({sample})" if sample else column, column)
            box.setCurrentIndex(max(0, box.findData(chosen.get(name, head.guessed.get(name, "")))))

    def chosen(self) -> dict[str, str]:
        """The column of each field."""
        return {name: str(box.currentData() or "") for name, box in self._boxes.items()}
