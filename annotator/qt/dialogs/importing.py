"""Before files come in: what was recognised, what will happen, and what can still be said about it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.core.plugins import load_format
from annotator.core.ports import TableHead
from annotator.qt.dialogs.buttons import accept_buttons
from annotator.qt.dialogs.columns import ColumnsBox
from annotator.qt.dialogs.incoming import FILE, MARKS, OUTLET, PUBLISHED, STORY, TITLE, IncomingModel
from annotator.qt.support.room import roomy
from annotator.qt.support.tables import make_plain
from annotator.workspace.importing import ImportWish, Prepared
from annotator.workspace.previewing import Outlook

_WIDTHS = {TITLE: 280, OUTLET: 120, PUBLISHED: 142, STORY: 150, MARKS: 110}


class ImportDialog(QDialog):
    """Shows what was read; nothing is in the project before Import is pressed.

    Signals:
        columnsChanged(dict): the tables are to be read again with these columns for these fields.
        groupingWanted(): stories are to be proposed for the rows.
    """

    columnsChanged = Signal(object)
    groupingWanted = Signal()

    def __init__(self, wish: ImportWish, stories: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self.setAccessibleName(self.tr("Import"))
        self.resize(roomy(parent, 980, 640))
        self._wish = wish
        self._head = QLabel(self)
        self._head.setProperty("role", "heading")
        self._head.setWordWrap(True)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._outlook = QLabel(self)
        self._outlook.setWordWrap(True)
        self._outlook.setTextFormat(Qt.TextFormat.PlainText)
        self._outlook.setAccessibleName(self.tr("What will happen"))
        self._story = QComboBox(self)
        self._story.setEditable(True)
        self._story.addItems(["", *stories])
        self._story.setAccessibleName(self.tr("Story of all"))
        self._story.setSizePolicy(
            self._story.sizePolicy().Policy.Expanding, self._story.sizePolicy().verticalPolicy()
        )
        line = self._story.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("as in the table"))
        self._outlet = self._line(self.tr("Outlet of all"), self.tr("as in the table"))
        self._annotator = self._line(self.tr("Annotator of all marks"), self.tr("as the files say"))
        self.group = QCheckBox(self.tr("Put articles that tell of one event into one story"), self)
        self.columns = ColumnsBox(self)
        self.table = QTableView(self)
        self.table.setAccessibleName(self.tr("Articles"))
        self._notes = QPlainTextEdit(self)
        self._notes.setReadOnly(True)
        self._notes.setAccessibleName(self.tr("What to know about these files"))
        self._buttons = accept_buttons(self, self.tr("Import"))
        self._lay_out()
        self._story.currentTextChanged.connect(lambda words: self._say_of_all("story", words))
        self._outlet.textChanged.connect(lambda words: self._say_of_all("outlet", words))
        self.group.toggled.connect(self._grouping)
        self.columns.changed.connect(self.columnsChanged)
        self.model: IncomingModel | None = None

    def _line(self, name: str, empty: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(empty)
        return line

    def _lay_out(self) -> None:
        whole = QGridLayout()
        whole.setHorizontalSpacing(10)
        for at, (words, field) in enumerate(
            (
                (self.tr("Story"), self._story),
                (self.tr("Outlet"), self._outlet),
                (self.tr("Annotator"), self._annotator),
            )
        ):
            whole.addWidget(QLabel(words, self), 0, 2 * at)
            whole.addWidget(field, 0, 2 * at + 1)
            whole.setColumnStretch(2 * at + 1, 1)
        make_plain(self.table, many=True)
        self.table.setEditTriggers(
            QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed
            | QTableView.EditTrigger.AnyKeyPressed
        )
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._notes.setMaximumHeight(72)
        box = QVBoxLayout(self)
        box.setSpacing(12)
        box.addWidget(self._head)
        box.addWidget(self.columns)
        box.addLayout(whole)
        box.addWidget(self.group)
        box.addWidget(self.table, 1)
        box.addWidget(self._outlook)
        box.addWidget(self._notes)
        box.addWidget(self._buttons)

    def show_prepared(self, prepared: Prepared, outlook: Outlook) -> None:
        """Show what was read, and what taking it in would do."""
        self.model = IncomingModel(prepared, self)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        header.setSectionResizeMode(FILE, QHeaderView.ResizeMode.Stretch)
        marked = any(record.attributions is not None for record in prepared.records)
        self.table.setColumnHidden(MARKS, not marked)
        self._annotator.setEnabled(marked)
        self._head.setText(self._said_of(prepared))
        self._outlook.setText(self._foreseen(outlook))
        lines = [message for _, message in prepared.errors]
        lines += [f"{where}: {words}" for where, words in prepared.notes]
        lines += prepared.losses.sentences()
        self._notes.setPlainText("\n".join(lines))
        self._notes.setVisible(bool(lines))
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(prepared.records))
        self.group.setVisible(len(prepared.records) > 1)
        for name, words in (("story", self._story.currentText()), ("outlet", self._outlet.text())):
            self._say_of_all(name, words)
        self._grouping(self.group.isChecked())

    def show_columns(self, head: TableHead | None, chosen: Mapping[str, str]) -> None:
        """Offer to say which column of the tables holds what."""
        self.columns.show_head(head, chosen)

    def _said_of(self, prepared: Prepared) -> str:
        kinds = [
            self.tr("{0} × {1}").format(count, load_format(name).title)
            for name, count in prepared.formats.items()
        ]
        if prepared.errors:
            kinds.append(self.tr("{0} that cannot be read").format(len(prepared.errors)))
        return self.tr("Read: {0}").format("; ".join(kinds)) if kinds else self.tr("Nothing could be read.")

    def _foreseen(self, outlook: Outlook) -> str:
        parts = [self.tr("New articles: {0}").format(outlook.new)]
        if outlook.joined:
            parts.append(self.tr("here already and joined: {0}").format(outlook.joined))
        if outlook.marked:
            parts.append(
                self.tr("attributions: {0}, in {1} of them").format(outlook.attributions, outlook.marked)
            )
        return "; ".join(parts) + "."

    def _say_of_all(self, name: str, words: str) -> None:
        if self.model is not None:
            self.model.say_of_all(name, words.strip())

    def _grouping(self, wanted: bool) -> None:
        if self.model is None:
            return
        if wanted:
            self.groupingWanted.emit()
        else:
            self.model.unsay("story")

    def show_stories(self, stories: Mapping[int, str]) -> None:
        """Show the stories that were proposed, by row."""
        if self.model is not None and self.group.isChecked():
            self.model.say_of_some("story", stories)

    def chosen(self) -> tuple[Prepared, ImportWish]:
        """What to take in, and whose marks these are."""
        prepared = self.model.chosen() if self.model is not None else Prepared()
        return prepared, ImportWish(annotator=self._annotator.text().strip())
