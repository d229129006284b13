"""Before a training set goes out: format, choice, cut and place, with first rows and losses in sight."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.ports import Format
from annotator.core.scheme import LabelScheme
from annotator.qt.dialogs.buttons import accept_buttons
from annotator.qt.dialogs.export_choice import ExportChoice
from annotator.qt.support.room import roomy
from annotator.workspace.exporting import ExportWish
from annotator.workspace.previewing import Preview

_WAIT = 300
"""Milliseconds of rest before the preview is made anew."""


class ExportDialog(QDialog):
    """Asks what to write and where; the preview follows each choice.

    Signals:
        previewWanted(ExportWish): the choice is another one; show_preview or show_refusal is the answer.
    """

    previewWanted = Signal(object)

    def __init__(
        self,
        formats: list[Format],
        stories: list[str],
        annotators: list[str],
        hand: str,
        scheme: LabelScheme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export training set"))
        self.setAccessibleName(self.tr("Export training set"))
        self.resize(roomy(parent, 1040, 680))
        self.choice = ExportChoice(formats, stories, annotators, hand, scheme, self)
        self._out = QLineEdit(self)
        self._out.setAccessibleName(self.tr("Place to write"))
        self._out.textChanged.connect(self._check)
        choose = QPushButton(self.tr("Choose…"), self)
        choose.setAccessibleName(self.tr("Choose the place to write"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.addWidget(self._out, 1)
        place.addWidget(choose)
        self._where = QLabel(self.tr("File"), self)
        self._where.setBuddy(self._out)
        below = QFormLayout()
        below.addRow(self._where, place)
        self._sum = QLabel(self)
        self._sum.setAccessibleName(self.tr("What would be written"))
        self._sum.setWordWrap(True)
        self._sum.setTextFormat(Qt.TextFormat.PlainText)
        self._rows = self._page(self.tr("First rows"))
        self._rows.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._rows.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._lost = self._page(self.tr("Not carried"))
        self._tabs = QTabWidget(self)
        self._tabs.setAccessibleName(self.tr("Preview"))
        self._tabs.addTab(self._rows, self.tr("First rows"))
        self._tabs.addTab(self._lost, self.tr("Not carried"))
        self._buttons = accept_buttons(self, self.tr("Export"))
        self._lay_out(below)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT)
        self._wait.timeout.connect(lambda: self.previewWanted.emit(self.choice.wish()))
        self.choice.changed.connect(self._changed)
        self._changed()

    def _page(self, name: str) -> QPlainTextEdit:
        page = QPlainTextEdit(self)
        page.setReadOnly(True)
        page.setAccessibleName(name)
        page.setTabChangesFocus(True)
        return page

    def _lay_out(self, below: QFormLayout) -> None:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.choice)
        scroll.setMinimumWidth(400)
        scroll.setAccessibleName(self.tr("What to write"))
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self._sum)
        column.addWidget(self._tabs, 1)
        split = QSplitter(self)
        split.addWidget(scroll)
        split.addWidget(right)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setSpacing(14)
        box.addWidget(split, 1)
        box.addLayout(below)
        box.addWidget(self._buttons)

    def _changed(self) -> None:
        folder = self.choice.writes_folder()
        self._where.setText(self.tr("Folder") if folder else self.tr("File"))
        if self._out.text():
            path = Path(self._out.text())
            self._out.setText(str(path.with_suffix("") if folder else path.with_suffix(self.choice.suffix())))
        self._check()
        self._wait.start()

    def show_preview(self, found: Preview) -> None:
        """Show the first rows, and what would be lost."""
        words = self.tr("{0} attributions in {1} articles.")
        if not found.complete:
            words = self.tr(
                "The first {1} articles, with {0} attributions; the rest follows when you export."
            )
        cut = self.tr(" The cut into parts is made when you export.") if self.choice.wish().split else ""
        self._sum.setText(words.format(found.attributions, found.articles) + cut)
        self._rows.setPlainText(found.words)
        self._lost.setPlainText(self._losses(found.losses.sentences()))
        count = sum(loss.count for loss in found.losses)
        title = self.tr("Not carried")
        self._tabs.setTabText(1, f"{title} ({count})" if count else title)

    def _losses(self, lines: list[str]) -> str:
        here = "\n".join(f"• {line}" for line in lines) or self.tr("Nothing is lost in this export.")
        never = "\n".join(f"• {phrase}" for phrase in self.choice.cannot_carry())
        if not never:
            return f"{here}\n\n" + self.tr("This format carries everything.")
        return f"{here}\n\n" + self.tr("What this format never carries:") + f"\n{never}"

    def show_refusal(self, words: str) -> None:
        """Say why nothing would be written."""
        self._sum.setText(words)
        self._rows.clear()
        self._lost.clear()
        self._tabs.setTabText(1, self.tr("Not carried"))

    def _choose(self) -> None:
        if self.choice.writes_folder():
            start = self._out.text() or str(Path.home() / "training")
            name, _ = QFileDialog.getSaveFileName(self, self.tr("Folder to write"), start)
        else:
            suffix = self.choice.suffix()
            start = self._out.text() or str(Path.home() / f"training{suffix}")
            name, _ = QFileDialog.getSaveFileName(self, self.tr("File to write"), start, f"*{suffix}")
        if name:
            self._out.setText(name)

    def set_out(self, out: Path) -> None:
        """Suggest a place to write."""
        folder = self.choice.writes_folder()
        self._out.setText(str(out.with_suffix("") if folder else out.with_suffix(self.choice.suffix())))

    def _check(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self._out.text().strip()) and self.choice.refusal() == "")

    def wish(self) -> ExportWish:
        """What was chosen."""
        return self.choice.wish()

    def out(self) -> Path:
        """Where to write it."""
        return Path(self._out.text().strip()).expanduser()
