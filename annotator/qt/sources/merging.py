"""The page that says what merging the chosen sources will do, and does it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.core.sources import Source

_MOST_NAMES = 8


class MergePage(QWidget):
    """Which name stays, what moves, and the button.

    Signals:
        mergeWanted(str, object): the id of the source that stays and those of the others.
    """

    mergeWanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sources: list[tuple[Source, int]] = []
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        label = QLabel(self.tr("Keep the name"), self)
        label.setProperty("role", "muted")
        self.kept = QComboBox(self)
        self.kept.setAccessibleName(self.tr("The name that stays"))
        self.kept.currentIndexChanged.connect(self._tell)
        label.setBuddy(self.kept)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAccessibleName(self.tr("What merging does"))
        self.button = QPushButton(self.tr("Merge"), self)
        self.button.setProperty("role", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._merge)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        for widget in (self._title, label, self.kept, self.words):
            box.addWidget(widget)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)

    def show_sources(self, sources: Sequence[tuple[Source, int]]) -> None:
        """Offer to merge these sources (each with its number of mentions); the one mentioned most stays."""
        if list(sources) == self._sources:
            return
        before = self.kept.currentData()
        self._sources = list(sources)
        self._title.setText(self.tr("Make one source of these {0}").format(len(sources)))
        self.kept.blockSignals(True)
        self.kept.clear()
        for source, _ in sources:
            self.kept.addItem(source.name, source.id)
        most = max(range(len(sources)), key=lambda at: sources[at][1])
        again = self.kept.findData(before)
        self.kept.setCurrentIndex(again if again >= 0 else most)
        self.kept.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        kept_id = self.kept.currentData()
        gone = [(source, count) for source, count in self._sources if source.id != kept_id]
        names = ", ".join(self.tr("“{0}”").format(source.name) for source, _ in gone[:_MOST_NAMES])
        if len(gone) > _MOST_NAMES:
            names = self.tr("{0} and {1} more").format(names, len(gone) - _MOST_NAMES)
        self.words.setText(
            self.tr(
                "No longer a source: {0}.\n\nMentions that move to “{2}”: {1}. It also learns the other names as "
                "aliases and fills its empty fields.\n\nUndo takes all of it back in one step."
            ).format(names, sum(count for _, count in gone), self.kept.currentText())
        )

    def _merge(self) -> None:
        kept_id = str(self.kept.currentData())
        self.mergeWanted.emit(kept_id, tuple(one.id for one, _ in self._sources if one.id != kept_id))
