"""The rows of the import dialog: one a record that was read, with what can still be said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.clock import shown
from annotator.core.records import Record
from annotator.workspace.commands.importing import RecordsOfFile
from annotator.workspace.importing import Prepared

TITLE, OUTLET, PUBLISHED, STORY, MARKS, FILE = range(6)
FIELDS = {TITLE: "title", OUTLET: "outlet", PUBLISHED: "published", STORY: "story"}
_Index = QModelIndex | QPersistentModelIndex


class IncomingModel(QAbstractTableModel):
    """Records about to come in; title, outlet, date and story can be edited, and a row can be left out."""

    def __init__(self, prepared: Prepared, parent: QObject) -> None:
        super().__init__(parent)
        self._prepared = prepared
        self._rows = [(file, record) for file in prepared.files for record in file.records]
        self._said: dict[tuple[int, str], str] = {}
        self._out: set[int] = set()
        self._for_all: dict[str, str] = {}

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Title"),
                self.tr("Outlet"),
                self.tr("Date"),
                self.tr("Story"),
                self.tr("Marks"),
                self.tr("File"),
            )[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TITLE:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() in FIELDS and FIELDS[index.column()] not in self._for_all:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TITLE:
            return Qt.CheckState.Unchecked if row in self._out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._rows[row][1].assumed or self._value(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            value = self._value(row, column)
            return shown(value) if column == PUBLISHED else value
        if role == Qt.ItemDataRole.EditRole:
            return self._value(row, column)
        return None

    def _value(self, row: int, column: int) -> str:
        file, record = self._rows[row]
        if column == FILE:
            return file.name
        if column == MARKS:
            if record.attributions is None:
                return ""
            return self.tr("{0} by {1}").format(
                len(record.attributions), record.annotator or self.tr("unknown")
            )
        return self._said_of(row, FIELDS[column])

    def _said_of(self, row: int, name: str) -> str:
        known = self._for_all.get(name) or self._said.get((row, name))
        return known if known is not None else str(getattr(self._rows[row][1], name))

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TITLE:
            taken = Qt.CheckState(value) == Qt.CheckState.Checked
            (self._out.discard if taken else self._out.add)(row)
        elif role == Qt.ItemDataRole.EditRole and column in FIELDS:
            self._said[row, FIELDS[column]] = str(value).strip()
        else:
            return False
        self.dataChanged.emit(index, index)
        return True

    def say_of_all(self, name: str, value: str) -> None:
        """Let every record have this story or outlet; nothing: what is said of each."""
        if value:
            self._for_all[name] = value
        else:
            self._for_all.pop(name, None)
        self._all_changed()

    def say_of_some(self, name: str, values: Mapping[int, str]) -> None:
        """Say something of several rows at once."""
        self._said.update({(row, name): value for row, value in values.items()})
        self._all_changed()

    def unsay(self, name: str) -> None:
        """Go back to what the files say."""
        self._said = {key: value for key, value in self._said.items() if key[1] != name}
        self._all_changed()

    def _all_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, FILE))

    def record(self, row: int) -> Record:
        """The record of a row, as its file has it."""
        return self._rows[row][1]

    def chosen(self) -> Prepared:
        """What was read, without the rows left out and with what was said about the others."""
        files: dict[str, list[Record]] = {file.name: [] for file in self._prepared.files}
        for row, (file, record) in enumerate(self._rows):
            if row not in self._out:
                said: dict[str, Any] = {name: self._said_of(row, name) for name in FIELDS.values()}
                files[file.name].append(replace(record, **said))
        return replace(
            self._prepared,
            files=[RecordsOfFile(name, tuple(own)) for name, own in files.items() if own],
        )
