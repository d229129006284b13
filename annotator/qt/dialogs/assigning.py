"""Who annotates what: how far everybody is, and articles given to annotators."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.qt.support.room import roomy
from annotator.qt.support.tables import make_plain
from annotator.workspace.reviewing import Assigned


class AssigningDialog(QDialog):
    """A table of articles by annotators, and a form that gives the articles of a story to some of them.

    Signals:
        wanted(tuple, int, int): annotators' names, how many get each article, the seed of the draw.
    """

    wanted = Signal(tuple, int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Assign articles"))
        self.setAccessibleName(self.tr("Assign articles"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(roomy(parent, 760, 480))
        self.table = QTableWidget(self)
        self.table.setAccessibleName(self.tr("How far everybody is"))
        make_plain(self.table)
        self.names = QLineEdit(self)
        self.names.setAccessibleName(self.tr("Annotators"))
        self.names.setPlaceholderText(self.tr("maria, olena, …"))
        self.overlap = QSpinBox(self)
        self.overlap.setRange(1, 20)
        self.overlap.setValue(2)
        self.overlap.setAccessibleName(self.tr("Annotators for each article"))
        self.seed = QSpinBox(self)
        self.seed.setRange(0, 999_999)
        self.seed.setValue(1)
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("Decides what chance decides: the same seed gives the same"))
        form = QFormLayout()
        form.addRow(self.tr("Annotators"), self.names)
        numbers = QHBoxLayout()
        numbers.addWidget(self.overlap)
        numbers.addWidget(QLabel(self.tr("Seed"), self))
        numbers.addWidget(self.seed)
        numbers.addStretch(1)
        form.addRow(self.tr("For each article"), numbers)
        assign = QPushButton(self.tr("Assign"), self)
        assign.setProperty("role", "primary")
        assign.clicked.connect(self._assign)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(assign)
        foot.addWidget(close)
        box = QVBoxLayout(self)
        box.addWidget(self.table, 1)
        box.addLayout(form)
        box.addLayout(foot)

    def show_assigned(self, articles: Sequence[tuple[str, str]], assigned: Sequence[Assigned]) -> None:
        """Show articles (id, words) and who is how far with them."""
        names = sorted({one.annotator for one in assigned})
        if not self.names.text() and names:
            self.names.setText(", ".join(names))
        states = {(one.article_id, one.annotator): one for one in assigned}
        self.table.setColumnCount(1 + len(names))
        self.table.setHorizontalHeaderLabels([self.tr("Article"), *names])
        self.table.setRowCount(len(articles))
        for row, (article_id, words) in enumerate(articles):
            self.table.setItem(row, 0, QTableWidgetItem(words))
            for column, name in enumerate(names, 1):
                one = states.get((article_id, name))
                said = "" if one is None else self._state(one)
                self.table.setItem(row, column, QTableWidgetItem(said))
        self.table.setColumnWidth(0, 360)

    def _state(self, one: Assigned) -> str:
        return {
            "not_started": self.tr("assigned") if one.assigned else self.tr("not started"),
            "in_progress": self.tr("◐ in progress"),
            "finished": self.tr("✓ finished"),
            "reopened": self.tr("↺ reopened"),
        }.get(one.status, one.status)

    def _assign(self) -> None:
        names = tuple(part.strip() for part in self.names.text().split(",") if part.strip())
        self.wanted.emit(names, self.overlap.value(), self.seed.value())
